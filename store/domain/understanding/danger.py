"""Plain signs of danger in six languages: each adds a safety card, whatever the model says.

A sign may be wrong: a card too many does little harm. A cry for help alone is one only where nothing
else is said, or with a second sign: people also ask for help with their bins. To be frightened, or a
number to call in need, is such a cry where it is all that is said.
"""

from __future__ import annotations

from functools import lru_cache

from store.domain.understanding.danger_cards import CARDS
from store.domain.understanding.danger_now import ATTACK, CRY, DANGERS
from store.domain.understanding.deeds import DEEDS, THREAT, of_another_day
from store.domain.understanding.mistaken import MISSING, mistaken
from store.domain.understanding.said import said
from store.domain.understanding.sayings import without_sayings
from store.domain.understanding.text import folded, folded_pattern

_DANGERS = {kind: folded_pattern(words) for kind, words in DANGERS.items()}
_DEEDS = {kind: folded_pattern(words) for kind, words in DEEDS.items()}
_CARDS = {card: folded_pattern(words) for card, words in CARDS.items()}
EMERGENCY, CRIME = "emergency", "crime_not_asb"
_CRIMES = frozenset({"weapon", "injury", "abduction", ATTACK, THREAT})
"""Deeds that are for the police when they are told of another day."""
_HELP = (
    r"help(?: me| us)?|pomocy|pomoz(?:cie)?|pomoc|ajutor|ajuta(?:ti)? ma|pomozte(?: mi)?|pomozte",
    r"допоможіть|допоможіт|допомога",
)
_ALONE = (
    r"999?|112|911|sos|scared|frightened|terrified|afraid|petrified|boje sie|przerazon\w*|mi e frica",
    r"mi este frica",
    r"imi e frica|imi este frica|sunt speriat\w*|bojim s[ea]|mam strach|vydesen\w*|мені (?:дуже )?страшно",
    r"боюс[ья]|боюся",
    r"налякан\w+",
)
"""What is a cry for help only where nothing else is said."""
_WITH_A_CRY = (
    r"please|pls|plz|now|quick(?:ly)?|urgent(?:ly)?|prosz\w*|szybko|teraz|pilne|va rog|rog|repede",
    r"acum|urgent",
    r"prosim|rychle|rychlo|ted|hned|teraz|будь ласка|прошу|швидко|швидше|зараз",
    r"i|we|really|need|here|asap|someone|potreb\w*|potrzebuj\w*|am|avem|nevoie|de|tady|tu|мені|нам",
    r"потрібна|тут",
    r"im|am|are|were|so|very|too|just|call|and|jestem|bardzo|strasznie|foarte|tare|sunt|som|jsem|moc|velmi",
    r"strasne",
    r"я|дуже|так|мене|ja|eu",
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
    (
        r"(?:want|need|like|wish|love) to (?:talk|speak) (?:to|with) (?:someone|somebody|anyone|you|"
        r"a \w+) (?:about|re)"
    ),
    r"(?:his|her|their|my) (?:full )?name is \w+(?: \w+)?",
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
_SOS = "\N{SQUARED SOS}"
KEPT_TEXTS = 256
"""So many texts are not read again: the lines of a queue are looked at many times a day."""
_CRIES, _MORE_SIGNS, _REQUESTS = folded_pattern(_HELP), folded_pattern(_MORE), folded_pattern(_REQUEST)
_CRIES_ALONE = folded_pattern((*_HELP, *_ALONE))
_ONLY_A_CRY = folded_pattern((*_HELP, *_ALONE, *_WITH_A_CRY))
_SHOUTED = folded_pattern(_HELP, r"\s*!")


@lru_cache(maxsize=KEPT_TEXTS)
def signs_and_dangers(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the cards that the words of a text plainly call for, and the kinds of danger now they name."""
    words = said(without_sayings(text))
    dangers = {kind for kind, shape in _DANGERS.items() if shape.search(words)}
    deeds = {kind for kind, shape in _DEEDS.items() if shape.search(words)}
    past = of_another_day(words)
    dangers |= set() if past else deeds
    if _SOS in text or _cries_for_help(text, said(without_requests(words))):
        dangers.add(CRY)
    cards = {card for card, shape in _CARDS.items() if shape.search(words)} - ({MISSING} & mistaken(words))
    cards |= {CRIME} if past and deeds & _CRIMES else set()
    return frozenset(cards | {EMERGENCY} if dangers else cards), frozenset(dangers)


def signs_of(text: str) -> frozenset[str]:
    """Return the codes of the safety cards that the words of a text plainly call for."""
    return signs_and_dangers(text)[0]


def without_requests(text: str) -> str:
    """Return the text without a polite request for help, folded; as it is where there is none.

    "Can you help me with" is not what is dangerous or not in a message, but what comes after it.
    """
    words = said(text)
    rest = _REQUESTS.sub(" ", words)
    return text if rest == words else rest


def _cries_for_help(text: str, words: str) -> bool:
    """Tell whether a text cries for help: says only that, shouts it first, or with a second sign."""
    if _CRIES_ALONE.search(words) and not _ONLY_A_CRY.sub(" ", words).strip():
        return True
    shouted = bool(_SHOUTED.match(folded(text).lstrip()) or _MORE_SIGNS.search(words))
    return shouted and bool(_CRIES.search(words))
