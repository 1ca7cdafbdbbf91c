"""Plain signs of danger in six languages: each adds a safety card, whatever the model says.

Written without accents, as people type. A sign may be wrong: a card too many does little harm. A cry
for help alone is one only where nothing else is said, or with a second sign: people also ask for
help with their bins.
"""

from __future__ import annotations

import re

from store.domain.understanding.text import folded, folded_pattern

_SIGNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (
        "emergency",
        (
            (
                r"(?:is|are|r|he|she|they|hes|shes|theyre|got|has|with|holding|waving|swinging) (?:\w+ ){0,4}"
                r"(?:knife|machete|axe|gun|sword|bat|hammer|crowbar)"
                r"(?: \w+){0,4} (?:now|at me|at us|at my|outside|here)"
            ),
            r"(?:stabbed|stabbing|shot) (?:\w+ ){0,3}(?:now|bleeding|help)",
            r"being (?:stabbed|attacked|beaten|robbed|followed)",
            r"(?:not|isnt|stopped) (?:breathing|waking up|responding)|unconscious|unresponsive",
            r"passed out and|bleeding (?:badly|out|everywhere|a lot)",
            r"(?:kicking|smashing|breaking|booting|bashing) (?:\w+ ){0,3}door (?:in|down)",
            r"trying to (?:get|break) in(?:to)?",
            (
                r"(?:house|flat|building|car|shed|roof|kitchen|bin|bins|hall|stairs|stairwell)s? "
                r"(?:is |are |s )?(?:on fire|in flames)"
            ),
            r"smoke (?:is )?(?:coming|pouring|billowing)|smell(?:s|ing)? (?:of )?gas|please hurry",
            r"pls hurry|call the police|(?:going|gonna|about) to jump",
            r"(?:on|over) the (?:edge|cliff|railing)s?(?: \w+){0,3} (?:jump|climb)|drowning",
            r"in the sea (?:\w+ ){0,3}(?:cant|help)|hostage",
            r"set (?:\w+ ){0,2}(?:himself|herself|themselves) on fire|pali sie|ratunku|ma noz",
            r"z nozem|nie oddycha|krwawi|wlamuj\w+ sie|wywaza drzwi|bija go",
            r"bije (?:mnie|ja|go)|dzwoncie|dym z|arde|ia foc|in flacari|are (?:un )?cutit",
            r"cu cutit\w*|nu respira|sangereaza|sparge usa|forteaza usa|ma bate|o bate|il bate|iese fum",
            r"hori|ma nuz|s nozem|nedycha|krvaci|vylamuj\w+|vykopava\w* dvere|bije me|bije ju",
            r"bije ho|vali se kour|vali sa dym|s nozom|krvaca|пожежа|горить|рятуйте",
            r"має ніж|з ножем|не дихає|стікає кровю|кров|виламу\w+|ламає двері|бє мене|бє її|бє його|вбє",
            r"вбиває|дим із|дим з",
        ),
    ),
    (
        "suicide_selfharm",
        (
            r"kill (?:my|him|her)self|end (?:it all|my life|things)|want to die|wanna die",
            r"dont want to (?:live|be here|wake up)|suicid\w*|better off without me|better off dead",
            r"(?:taken|took|swallowed) (?:\w+ ){0,3}(?:tablets|pills|overdose)|overdose\w*|self ?harm\w*",
            r"cutting (?:my|her|him)self|no reason to live|cant go on(?: like this)?",
            r"goodbye (?:everyone|forever)|nie chce (?:mi sie )?zyc|zabi\w* sie|samoboj\w*",
            r"odebrac sobie zycie|skonczyc ze soba|polkn\w+ tabletki|sinucid\w*|nu mai vreau sa traiesc",
            r"vreau sa mor|sa ma omor|a luat (?:\w+ ){0,2}pastile|sebevra\w*|samovra\w*|nechci (?:uz )?zit",
            r"nechcem (?:uz )?zit|zabij\w* se|zabij\w* sa|chci umrit|chcem umriet|snedl\w* prasky",
            r"zjed\w+ tabletky|самогуб\w*|не хочу (?:більше )?жити|хочу померти|накласти на себе руки",
            r"покінчити (?:з собою|з життям)|наков\w+ таблет\w*",
            r"nothing to live for|nu mai am pentru ce (?:sa )?trai\w*",
            r"(?:strans|adunat) (?:\w+ ){0,2}pastile\w*",
        ),
    ),
    (
        "domestic_abuse",
        (
            (
                r"(?:my )?(?:husband|boyfriend|partner|ex|bf|wife|girlfriend|fella|stepdad) (?:\w+ ){0,3}"
                r"(?:hit|hits|beats|beat|punched|punches|strangled|choked|kicked|threatens|hurts|controls)"
            ),
            r"(?:hits|beats|hurts|chokes|strangles) me",
            r"(?:woman|girl|wife|she) (?:\w+ ){0,4}(?:crying|screaming|begging) (?:\w+ ){0,3}(?:stop|help)",
            r"scared of my (?:husband|partner|boyfriend|ex)|maz mnie bije|bije zone|bije mnie",
            r"partner mnie bije|sotul (?:meu )?ma bate|ma bate sotul|isi bate (?:sotia|nevasta)",
            r"manzel me bije|bije manzelku|manzel ma bije|чоловік (?:мене )?бє|бє (?:дружину|жінку)",
            r"boje sie (?:\w+ )?(?:meza|partnera)|frica de (?:sot\w*|iubit\w*)",
            r"bojim s[ea] (?:\w+ )?(?:manzela|partnera)",
            r"боюс[ья] (?:свого )?(?:чоловіка|партнера)",
        ),
    ),
    (
        "child_at_risk",
        (r"(?:kid|child|baby|boy|girl|toddler)s? (?:\w+ ){0,6}(?:bruise\w*|starving|left alone)",),
    ),
    (
        "missing_person",
        (
            (
                r"(?:son|daughter|mum|dad|nan|grandad|child|kid|boy|girl|husband|wife|brother|sister) "
                r"(?:\w+ ){0,4}(?:is |gone |has gone )?missing"
            ),
            r"missing person|hasnt come home|didnt come home|not come home|zagin\w+|nie wrocil\w* do domu",
            r"disparut\w*|nu s-a intors acasa|ztratil\w* se|nevratil\w* (?:se|sa)|stratil\w* sa|зник\w*",
            r"пропа\w+ (?:дитина|син|дочка|мама|батько)",
        ),
    ),
)
_SHAPES = tuple((card, folded_pattern(said)) for card, said in _SIGNS)
_CRY = (
    r"help(?: me| us)?|pomocy|pomoz(?:cie)?|pomoc|ajutor|ajuta(?:ti)? ma|pomozte(?: mi)?|pomozte",
    r"допоможіть|допоможіт|допомога",
)
_WITH_A_CRY = (
    r"please|pls|plz|now|quick(?:ly)?|urgent(?:ly)?|prosz\w*|szybko|teraz|pilne|va rog|rog|repede",
    r"acum|urgent",
    r"prosim|rychle|rychlo|ted|hned|teraz|будь ласка|прошу|швидко|швидше|зараз",
    r"i|we|really|need|here|asap|someone|potreb\w*|potrzebuj\w*|am|avem|nevoie|de|tady|tu|мені|нам",
    r"потрібна|тут",
)
_MORE = (
    r"now|quick|quickly|hurry|hurt|hurting|hurts|bleeding|blood|trapped|stuck|attack\w*|following",
    r"chasing|scared",
    r"terrified|afraid|fire|knife|gun|dying|breathe|breathing|collapsed|fell|weapon|kill\w*|beating",
    r"teraz|szybko|bije\w*|noz\w*|krew|krwi|boje sie|pali|goni\w*|umiera|uwiez\w+|nieprzytomn\w+|zabij\w+",
    r"acum|repede|bate|batut\w*|cutit\w*|sange\w*|foc|frica|moare|urmar\w+|omoar\w*|lovit\w*|inconstient\w*",
    r"ted|rychle|rychlo|hned|nuz\w*|krev|krv|krvaci\w*|bojim s[ea]|hori|honi|umira|umiera|zabije",
    r"bezvedomi\w*",
    r"зараз|швидко|швидше|ніж|ножем|кров|бє|боюс[ья]|горить|помирає|гониться|вбє|вбиває|непритомн\w+",
)
_REQUEST = (
    r"(?:can|could|would|will|may) (?:you|u|anyone|someone|somebody|i)(?: \w+){0,2} help(?: me| us)?",
    r"help(?: me| us)?(?: please| pls| out)? with",
    r"help(?: me| us)? (?:to |please )?(?:find|report|fill|understand)",
    r"(?:thanks|thank you|grateful) for (?:\w+ )?help",
    r"(?:prosz\w*|prosb\w*|prosic)(?: \w+){0,2} o pomoc|dziekuj\w* za pomoc|pomocy? (?:z|ze|w|we|przy)",
    r"(?:moze|mozecie|mozesz|moga|mozna|mogl\w+)(?: \w+){0,2} pomoc",
    r"ajutor(?:ul)? (?:cu|la|pentru|in)|(?:puteti|poti|putea)(?: \w+){0,2} ajut\w+|ajut\w+(?: ma| ne)? cu",
    r"multumesc (?:\w+ )?pentru ajutor",
    r"(?:prosim|prosil\w*|zadam|ziadam|dekuj\w*|dakuj\w*)(?: \w+){0,2} (?:o|za) pomoc",
    r"pomoci? (?:s|se|so|sa|v|ve|pri)",
    r"pomoz(?:te|cie)(?: mi| nam)? (?:s|se|so|sa|z|ze|w)",
    r"(?:muzete|muzes|mohl\w*|mozete|mozes)(?: \w+){0,3} pomoc[it]?",
    r"(?:прошу|просимо|дякую за|можете|могли б)(?: \w+){0,2} допомо\w+|допомо\w+(?: мені| нам)? (?:з|зі|із)",
    r"допомо\w+(?: мені| нам)? (?:розібрати\w*|вирішити|знайти|зрозуміти)",
)
_CRIES, _MORE_SIGNS, _REQUESTS = folded_pattern(_CRY), folded_pattern(_MORE), folded_pattern(_REQUEST)
_ONLY_A_CRY = folded_pattern((*_CRY, *_WITH_A_CRY))
_SHOUTED = folded_pattern(_CRY, r"\s*!")
_BLANKS = re.compile(r"[^\w]+")


def signs_of(text: str) -> set[str]:
    """Return the codes of the safety cards that the words of a text plainly call for."""
    said = _BLANKS.sub(" ", folded(text))
    found = {card for card, shape in _SHAPES if shape.search(said)}
    return found | {"emergency"} if _cries_for_help(text, without_requests(said)) else found


def without_requests(text: str) -> str:
    """Return the text without a polite request for help, folded; as it is where there is none.

    "Can you help me with" is not what is dangerous or not in a message, but what comes after it.
    """
    said = _BLANKS.sub(" ", folded(text))
    rest = _REQUESTS.sub(" ", said)
    return text if rest == said else rest


def _cries_for_help(text: str, said: str) -> bool:
    """Tell whether a text cries for help: says only that, shouts it first, or with a second sign."""
    if not _CRIES.search(said):
        return False
    alone = not _ONLY_A_CRY.sub(" ", said).strip()
    return alone or bool(_SHOUTED.match(folded(text).lstrip()) or _MORE_SIGNS.search(said))
