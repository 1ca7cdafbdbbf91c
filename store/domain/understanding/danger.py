"""Plain signs of danger in six languages: each adds a safety card, whatever the model says.

Written without accents, as people type. A sign may be wrong: a card too many does little harm.
"""

from __future__ import annotations

import re

from store.domain.understanding.text import folded

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
            r"smoke (?:is )?(?:coming|pouring|billowing)|smell(?:s|ing)? (?:of )?gas|help me|please hurry",
            r"pls hurry|call the police|(?:going|gonna|about) to jump",
            r"(?:on|over) the (?:edge|cliff|railing)s?(?: \w+){0,3} (?:jump|climb)|drowning",
            r"in the sea (?:\w+ ){0,3}(?:cant|help)|hostage",
            r"set (?:\w+ ){0,2}(?:himself|herself|themselves) on fire|pali sie|ratunku|pomocy|ma noz",
            r"z nozem|nie oddycha|krwawi|wlamuj\w+ sie|wyważa drzwi|wywaza drzwi|bija go",
            r"bije (?:mnie|ja|go)|dzwoncie|dym z|arde|ia foc|in flacari|ajutor|are (?:un )?cutit",
            r"cu cutit\w*|nu respira|sangereaza|sparge usa|forteaza usa|ma bate|o bate|il bate|iese fum",
            r"hori|pomoc|ma nuz|s nozem|nedycha|krvaci|vylamuj\w+|vykopava\w* dvere|bije me|bije ju",
            r"bije ho|vali se kour|vali sa dym|s nozom|krvaca|пожежа|горить|рятуйте|допоможіть|допоможіт",
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
        ),
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
_SHAPES = tuple((card, re.compile(rf"(?<![^\W_])(?:{'|'.join(said)})(?![^\W_])")) for card, said in _SIGNS)
_BLANKS = re.compile(r"[^\w]+")


def signs_of(text: str) -> set[str]:
    """Return the codes of the safety cards that the words of a text plainly call for."""
    said = _BLANKS.sub(" ", folded(text))
    return {card for card, shape in _SHAPES if shape.search(said)}
