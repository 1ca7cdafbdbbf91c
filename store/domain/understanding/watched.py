"""Who says that others read their phone, and who only wants the chat to be gone."""

from __future__ import annotations

from store.domain.understanding.said import said
from store.domain.understanding.text import folded_pattern

_WHO = (
    r"(?:he|she|they|hes|shes|theyre|husband|wife|boyfriend|girlfriend|partner|ex|bf|gf|mum|dad|father|"
    r"mother|"
    r"brother|someone|somebody|family)"
)
_MINE = r"my (?:phone|mobile|messages|texts|chats?|whatsapp|telegram|calls)"
WATCHED_PHONE = (
    rf"{_WHO} (?:\w+ ){{0,3}}(?:goes|going|go|went|looks|looking|snoops) (?:through|at|in|on|into) {_MINE}",
    (
        rf"{_WHO} (?:\w+ ){{0,3}}(?:reads?|reading|checks?|checking|watch|watches|watching|monitors?|"
        rf"tracks|tracking|"
        rf"spies on|spying on|sees|see|controls|searches) {_MINE}"
    ),
    r"(?:my|the|this) (?:phone|mobile) is (?:being )?(?:watched|monitored|tracked|checked|bugged|not safe)",
    (
        r"(?:he|she|they) (?:might|may|could|will|can|ll|must not|mustnt|cant) (?:see|read|find) "
        r"(?:this|these|my) (?:chat|messages?|phone|texts?)"
    ),
    r"(?:if|when) (?:he|she|they) (?:sees|see|finds|find|reads|read) this|spy ?ware|stalker ?ware",
    (
        r"(?:przeglada|sprawdza|czyta|kontroluje|sledzi|podglada) (?:\w+ ){0,2}"
        r"(?:moj telefon|moja komorke|moje wiadomosci|moje smsy|mi telefon|mi wiadomosci|telefon)"
    ),
    r"(?:grzebie|szpera) (?:\w+ ){0,2}telefonie|telefon jest (?:sledzony|kontrolowany|sprawdzany)",
    (
        r"(?:imi|mi) (?:verifica|citeste|controleaza|urmareste|supravegheaza|cauta in|umbla in|umbla prin) "
        r"(?:\w+ )?(?:telefon\w*|mesaj\w*)"
    ),
    r"se uita (?:in|prin|la) telefonul meu",
    r"telefonul (?:meu )?(?:imi )?(?:e|este) (?:urmarit|verificat|supravegheat)",
    r"citeste mesajele mele|verifica telefonul meu",
    (
        r"(?:prohlizi|kontroluje|cte|sleduje|hlida|prezera|cita|strazi) (?:\w+ ){0,2}"
        r"(?:muj telefon|muj mobil|moj telefon|moj mobil|mi telefon|mi mobil|moje zpravy|moje spravy|"
        r"mi zpravy|mi spravy)"
    ),
    r"mi (?:prohlizi|kontroluje|cte|cita|sleduje|prezera) (?:\w+ )?(?:telefon|mobil|zpravy|spravy)",
    r"(?:leze|lezie|hrabe) (?:\w+ ){0,2}(?:do|v) (?:telefonu|mobilu|telefone|mobile)",
    r"(?:telefon|mobil) je sledovan\w*",
    (
        r"(?:переглядає|перевіряє|читає|контролює) (?:\w+ ){0,2}"
        r"(?:мій телефон|мої повідомлення|мою переписку|мені телефон)"
    ),
    r"(?:лазить|риється|копається|копирсається) (?:\w+ ){0,2}телефоні",
    r"(?:стежить|слідкує|стежать) за моїм телефоном",
)
"""What somebody says whose phone is watched, in six languages, folded."""
WISH_TO_HIDE = (
    (
        r"(?:hide|delete|clear|erase|remove|wipe) (?:this |the |our |my |all |of |whole |"
        r"these ){0,4}(?:chats?|conversation|messages)"
    ),
    (
        r"(?:ukryj|schowaj|usun|skasuj|wyczysc)(?:cie)? (?:ten |te |cala |moje |nasza |"
        r"wszystkie ){0,2}(?:czat\w*|rozmow\w*|wiadomosci)"
    ),
    (
        r"(?:ascunde|ascundeti|sterge|stergeti|goleste) (?:aceasta |acest |toata |tot |toate ){0,2}"
        r"(?:chat\w*|conversati\w*|mesaje\w*|discuti\w*)"
    ),
    (
        r"(?:skryj|skryjte|skryt|schovej|smaz|smazte|smazat|vymaz|vymazte|vymazat|skry|skryte|schovaj|"
        r"zmaz|zmazte|zmazat) "
        r"(?:tento |tenhle |tuto |cely |celu |vsechny |vsetky |moje ){0,2}(?:chat|cet|konverzac\w*|zpravy|"
        r"spravy)"
    ),
    (
        r"(?:сховай|сховайте|сховати|приховай|приховайте|видали|видаліть|видалити|очисти|очистіть) "
        r"(?:цей |цю |весь |всю |мої |усі |всі ){0,2}(?:чат|розмову|переписку|повідомлення)"
    ),
)
_HIDE_ALONE = (
    r"hide",
    r"ukryj(?:cie)?|ascunde(?:ti)?|skryj(?:te)?|skry(?:te)?|сховай(?:те)?|приховай(?:те)?",
)
_POLITELY = (
    r"please|pls|plz|now|quick(?:ly)?|fast|asap|right|can|could|you|u|it|this|i|need|want|to",
    r"prosz\w*|szybko|teraz|to|va|rog|repede|acum|te|asta|prosim|rychle|rychlo|hned|ted|to",
    r"будь|ласка|швидко|зараз|прошу|це",
)
_WISHES, _MANNERS = folded_pattern((*WISH_TO_HIDE, *_HIDE_ALONE)), folded_pattern(_POLITELY)


def asks_to_hide(text: str) -> bool:
    """Tell whether a text asks for nothing but that the chat be hidden."""
    words = said(text)
    rest = _WISHES.sub(" ", words)
    return rest != words and not _MANNERS.sub(" ", rest).strip()
