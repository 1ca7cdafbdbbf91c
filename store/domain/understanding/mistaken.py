"""What a text of few words only resembles: the model then is not believed."""

from __future__ import annotations

from store.domain.understanding.said import said
from store.domain.understanding.text import folded_pattern

DESPAIR, MISSING, ABUSE = "suicide_selfharm", "missing_person", "domestic_abuse"
_NOTHING_MUCH = folded_pattern(
    (
        r"sorry|now|ok|okay|yes|no|hi|hello|thanks|thank you|please|the|and|oh|hm",
        r"przepraszam|teraz|tak|nie|dziekuje|czesc|prosze|scuze|scuzati|acum|da|nu|multumesc|salut|va rog",
        r"pardon|omlouvam se|ted|ano|ne|dekuji|ahoj|prosim|prepacte|teraz|nie|dakujem|no",
        r"вибачте|зараз|так|ні|дякую|привіт|будь ласка|перепрошую",
    )
)
_SPEAKS = folded_pattern(
    (
        (
            r"(?:talk|speak|chat) (?:to|with) \w+(?: \w+){0,3} (?:about|regarding) (?:(?:the|a|an|this|our|"
            r"your|some)"
            r"(?! (?:way|pain|thoughts|voices|feelings|dark))|my (?:report|case|complaint|neighbours?|bins?|"
            r"street|"
            r"road|application|ticket|reference))"
        ),
        r"(?:make|raise|put in|lodge|file) an? (?:\w+ )?complaint|(?:want|like|need|wish) to complain",
        r"(?:porozmawiac|pogadac|rozmawiac) z \w+ o (?:hala\w+|zgloszeni\w*|sprawie|sasia\w*)|zlozyc skarge",
        (
            r"(?:vorbesc|discut) cu \w+ despre (?:zgomot\w*|sesizar\w*|vecin\w*|caz\w*)|depun o (?:plangere|"
            r"reclamatie)"
        ),
        r"(?:mluvit|promluvit|hovorit|porozpravat) s \w+ o (?:hluk\w*|hlaseni|hlaseni\w*|soused\w*|sused\w*)",
        r"podat (?:stiznost|staznost)|поговорити з \w+ про (?:шум|сусід\w*|заяв\w*|звернення)|подати скаргу",
    )
)
_NO_PERSON = folded_pattern(
    (
        (
            r"cats?|kitten|dogs?|puppy|rabbit|parrot|tortoise|hamster|pet|horse|bikes?|bin|bins|parcel|"
            r"phone|wallet|"
            r"kot\w*|pies|ps[ay]|rower\w*|pisic\w*|cain\w*|bicicleta|kock\w*|mack\w*|pes|kolo|bicykel|"
            r"кіт|кішка|кота|собака|пес|велосипед"
        ),
    )
)
_PERSON = folded_pattern(
    (
        (
            r"son|daughter|mum|mother|dad|father|nan|grandad|child|kid|boy|girl|husband|wife|brother|sister|"
            r"friend|"
            r"man|woman|lady|neighbour|people|teenager|year old|uncle|aunt|grandma|grandmother|partner"
        ),
        (
            r"syn\w*|cork\w*|mam\w*|tat\w*|dziec\w*|maz|zona|brat|siostr\w*|fiu\w*|fiic\w*|copil\w*|sot\w*|"
            r"frate\w*"
        ),
        (
            r"dcer\w*|dite|dieta|manzel\w*|bratr|sestr\w*|син|дочка|донька|дитина|чоловік|дружина|брат|"
            r"сестра|мати"
        ),
        (
            r"babci\w*|dziad\w*|bunic\w*|babick\w*|dedecek|dedko|бабуся|дідусь|osob\w*|person\w*|осob\w*|"
            r"людин\w*"
        ),
    )
)
_STRANGER = folded_pattern(
    (
        (
            r"neighbours?|burglars?|intruders?|strangers?|(?:lad|man|bloke|guy|woman|tenant|"
            r"drunk) (?:upstairs|"
            r"downstairs|next door|opposite|outside)|gang|\A ?hes in ?\Z|sasiad\w*|wlamywacz\w*|"
            r"vecin\w*|hot|soused\w*|"
            r"sused\w*|zlodej\w*|сусід\w*|злоді\w*"
        ),
    )
)
_TO_ME = folded_pattern((r"me|my|us|\A ?hes in ?\Z|mnie|mi|nas|ma|m|ne|imi|me|nas|мене|мені|нас|нам",))
_PARTNER = folded_pattern(
    (
        r"husband|wife|boyfriend|girlfriend|partner|ex|bf|gf|fella|missus|her|step ?dad|couple|domestic",
        r"maz|meza|zon[aey]|partner\w*|chlopak\w*|dziewczyn\w*|sot\w*|iubit\w*|nevast\w*|manzel\w*|pritel\w*",
        r"priatel\w*|frajer\w*|(?:мій|свого|її) (?:чоловік\w*|хлопець)|дружин\w*|жінк\w*|партнер\w*",
    )
)


def says_nothing(text: str) -> bool:
    """Tell whether a text is only "sorry", "now" or the like."""
    return not _NOTHING_MUCH.sub(" ", said(text)).strip()


def mistaken(text: str) -> frozenset[str]:
    """Return the cards that a text is only like: another word of it says what it is about."""
    words = said(text)
    unlike = set()
    if _SPEAKS.search(words):
        unlike.add(DESPAIR)
    if _NO_PERSON.search(words) and not _PERSON.search(words):
        unlike.add(MISSING)
    if _STRANGER.search(words) and _TO_ME.search(words) and not _PARTNER.search(words):
        unlike.add(ABUSE)
    return frozenset(unlike)
