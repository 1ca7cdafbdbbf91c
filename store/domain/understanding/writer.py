"""Who writes: somebody in despair about themselves or for another, a child about their own home.

The cards are then theirs: nothing comes between them and the words that are for them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from store.domain.concern import CHILD, WATCHED
from store.domain.kept_form import STAFF_THREAT
from store.domain.safety_text import CHILD_WRITES, SEXUAL_ASSAULT
from store.domain.understanding.danger import EMERGENCY
from store.domain.understanding.danger_now import ATTACK, CRY, HEIGHT
from store.domain.understanding.harm import ADULT, CHILD_SAYS
from store.domain.understanding.said import said
from store.domain.understanding.text import folded_pattern

_ANOTHER = folded_pattern(
    (
        r"he|hes|she|shes|him|her|they|theyre|bloke|man|woman|guy|girl|lad|boy|someone|somebody|mate",
        r"friend|son",
        r"daughter|brother|sister|mum|dad|nan|husband|wife|neighbour|kid|teenager|person|partner|boyfriend",
        r"girlfriend|(?:on|ona) (?:\w+ )?(?:chce|mowi|pisze|se|sa|rika|hovori|grozi)|ktos|syn|corka|brat",
        r"siostra|maz|zona|sasiad\w*|mama|tata|kolega|przyjaciel\w*",
        r"el|ea|cineva|fiul|fiica|fratele|sora|sotul|sotia|vecin\w*|prieten\w*|un barbat|o femeie",
        r"nekdo|niekto|dcera|bratr|sestra|manzel\w*|soused\w*|sused\w*|kamarad\w*|muz|zena",
        r"він|вона|хтось|син|дочка|донька|брат|сестра|чоловік|дружина|сусід\w*|друг|подруга|мама|тато",
    )
)
_WISHES = r"(?:die|be dead|live|be here|wake up|go on|end it|jump|overdose|kill myself|end my life)"
_ONESELF = folded_pattern(
    (
        r"(?:kill|killing|hurt|hurting|cut|cutting|hang|hanging|harm|harming) my ?self|end(?:ing)? my life",
        r"my own life",
        (
            rf"without me|(?:i|im|ive) (?:(?:just|really|so|dont|do not|cant|cannot|want|wanna|to|feel|like|"
            rf"going|gonna|"
            rf"about|ready|wish|was|could|should|will) ){{0,6}}{_WISHES}"
        ),
        r"(?:i|ive) (?:have |just )?(?:taken|took|swallowed)",
        r"ja|mnie|mi|mna|eu|imi|mne|мені|мене|мною|я",
        r"vreau sa mor|nu mai vreau|chci (?:umrit|zemrit)|nechci|nechcem|chcem (?:umriet|zomriet)",
        r"хочу (?:померти|вмерти)|не хочу",
    )
)
DESPAIR = "suicide_selfharm"
_HARMFUL = frozenset({DESPAIR, WATCHED, CHILD, SEXUAL_ASSAULT})
_AGE = r"(?:[5-9]|1[0-7])"
_CHILD = folded_pattern(
    (
        (
            rf"(?:im|i am) (?:only |just )?(?:{_AGE}|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|"
            rf"fifteen|"
            r"sixteen|seventeen)(?: years? old| yrs? old| yo)?"
            r"(?= ?\Z| (?:years?|yrs?|yo|and|my|i|im|but|please|pls|he|she|they|help|because|a girl|a boy|"
            r"from) )"
        ),
        rf"(?:im|i am) a {_AGE} year old|(?:im|i am) (?:only )?in (?:year|yr) (?:[2-9]|1[0-2])",
        r"(?:im|i am) in (?:primary|secondary|junior) school",
        r"(?:im|i am) (?:just |only )?a (?:kid|child|schoolgirl|schoolboy)",
        rf"mam (?:tylko |dopiero )?(?:{_AGE}|siedem|osiem|dziewiec|dziesiec|\w+nascie) lat",
        r"jestem (?:dzieckiem|uczniem|uczennica|w \w+ klasie)|chodze do (?:\w+ klasy|podstawowki)",
        rf"am (?:doar |numai )?(?:{_AGE}|sapte|opt|noua|zece|\w+sprezece) (?:de )?ani(?! de)",
        r"sunt (?:copil|elev|eleva)",
        r"sunt (?:in|la) clasa|je mi (?:teprve |jen )?(?:[5-9]|1[0-7]|sedm|osm|devet|deset|\w+nact)(?: let)?",
        rf"mam (?:iba |len |este )?(?:{_AGE}|sedem|osem|devat|desat|\w+nast) (?:rokov|let)",
        r"(?:jsem|som) (?:jeste |este )?(?:dite|dieta|v \w+ tride|ve \w+ tride|v \w+ triede)",
        r"chodim do \w+ (?:tridy|triedy)",
        rf"мені (?:лише |тільки )?(?:{_AGE}|сім|вісім|девять|десять|\w+надцять)(?: рок\w+)?",
        r"я (?:ще )?(?:дитина|школяр\w*)|я (?:в|у) \w+ класі|(?:ходжу|навчаюс[ья]) (?:в|у|до) \w+ клас\w*",
    )
)
_SAYS, _ADULT = folded_pattern(CHILD_SAYS), folded_pattern((ADULT,))
_HARM = folded_pattern(
    (
        r"hits?|hitting|beats?|beating|hurts?|hurting|punch\w*|slap\w*|kick\w*|touch\w*|scared|afraid",
        r"frightened",
        r"threat\w*|locks?|hungry|batter\w*|bull(?:y|ied|ies|ying)|abus\w*|rape\w*|shouts at me",
        r"screams at me|nudes",
        r"bij\w*|bil|bila|uderz\w*|krzywdz\w*|dotyka\w*|boje sie|grozi\w*|kopie|glodn\w*|zamyka\w*",
        r"przesladuj\w*",
        r"bate|bat|batut\w*|loveste|lovit\w*|atinge|frica|ameninta\w*|raneste|inchide|foame|jigneste|abuz\w*",
        r"mlati|biji|biju|udri\w*|ubliz\w*|saha|chyta|bojim s[ea]|vyhroz\w*|vyhraza\w*|kope|sikan\w*|hlad\w*",
        r"бє|бють|бив|била|вдарив|вдарила|кривдить|чіпає|торкається|боюс[ья]|погрожує|знущ\w*|голодн\w*",
        r"замикає",
    )
)


def about_oneself(text: str) -> bool:
    """Tell whether a text about despair is about who writes it; in doubt it is."""
    words = said(text)
    return not _ANOTHER.search(words) or bool(_ONESELF.search(words))


def is_child(text: str) -> bool:
    """Tell whether the writer says that they are a child, or speaks of a grown-up as only a child does."""
    words = said(text)
    return bool(_CHILD.search(words)) or bool(_SAYS.search(words) and not _ADULT.search(words))


def names_harm(text: str) -> bool:
    """Tell whether a text names what may be done to a child."""
    return bool(_HARM.search(said(text)))


def cards_for(
    text: str, seen: Mapping[str, bool], signs: Collection[str], dangers: Collection[str]
) -> tuple[dict[str, bool], tuple[str, ...]]:
    """Return the cards for who writes, of those `seen` in a text, and the texts that are worded for them.

    Each card says whether it is plain; `signs` and `dangers` are what is written out. In despair about
    oneself the crisis card needs no other before it: it names 999 itself, and only what is written out
    besides stays, or surely is about abuse. To a child speaks the card with Childline.
    """
    if is_child(text) and (names_harm(text) or not _HARMFUL.isdisjoint(seen)):
        stays = {DESPAIR, *({EMERGENCY} if {*dangers} - {ATTACK, CRY, HEIGHT} else ())}
        return {**_only(stays, seen), CHILD: True}, (CHILD_WRITES,)
    worded = (SEXUAL_ASSAULT,) if SEXUAL_ASSAULT in signs else ()
    if not seen.get(DESPAIR) or not about_oneself(text):
        return dict(seen), worded
    stays = {*signs, DESPAIR, *({WATCHED} if seen.get(WATCHED) else ())}
    return _only(stays if {*dangers} - {CRY, HEIGHT} else stays - {EMERGENCY}, seen), worded


def _only(stays: Collection[str], seen: Mapping[str, bool]) -> dict[str, bool]:
    """Return what stays, and a threat to staff, which is no card."""
    return {code: plain for code, plain in seen.items() if code in stays or code == STAFF_THREAT}
