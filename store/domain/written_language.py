"""Which of our languages a text is written in, where that is sure: else nobody is asked about it."""

from __future__ import annotations

from store.domain.folded import folded

FEWEST_WORDS = 5
LEAST_SIGNS = 3
LEAST_SHARE = 0.2
"""Of the words of a text, so many must be signs of its language."""
LEAST_OWN, LEAD = 2, 3
"""So many signs must set it apart from each other language, and so many times as many as for that one."""
_UKRAINIAN, _NOT_UKRAINIAN = frozenset("іїєґ"), frozenset("ыэъё")
_LETTERS = {
    "pl": frozenset("łąęśźżćń"),
    "ro": frozenset("ăâîșțşţ"),
    "cs": frozenset("řěů"),
    "sk": frozenset("ľĺŕô"),
}
"""Letters that no other of the languages has."""
_CZECH_OR_SLOVAK = frozenset("áéíýúčďňšťž")
# Words that hold a sentence together, folded; a word of two languages stands with both.
_WORDS = {
    "en": (
        "the and is are was were they them there this that with from have has had been not my our your his "
        "her we you he she it of to in on at for but all every when what who some people can get got i a do "
        "me no so by up off out if as am be just about take please over near again too or an now stop"
    ),
    "pl": (
        "w z i a o u na do po za ze jest sa sie nie to od przez przy pod nad ktos ktory ktorzy ktora jak "
        "tam tutaj tu mi mnie moj moja mojej nasz nasza naszym nas juz oni ich jego jej co dzien dni kazdej "
        "kazdy noc nocy ale tak tylko gdzie bez ten ta mam mamy zawsze duzo rano nam teraz stoi przed obok "
        "kolo domu sasiad sasiedzi dzieci wczoraj dzisiaj prosze pomoc bardzo albo lub oraz gdy kiedy czy "
        "byl byla bylo byli maja ma moge boje znowu ciagle ulicy ulica ludzie jakis jakies dobry"
    ),
    "ro": (
        "a si este sunt nu la pe din cu de in un o care ca sa mai am au are lor lui ei eu noi foarte langa "
        "dupa cand acum aici acolo fac face vecinul vecinii strada noaptea seara tot toata fiecare iar dar "
        "pentru unde cineva cine mea meu nostru aceasta asta"
    ),
    "cs": (
        "a v z toho noc den o u na do po pod za od je jsou jsem jsme se ze ve ktery ktera nebo kdyz jeste "
        "uz tady tam nas mne me nejaky nejaci nekdo neco porad kazdy kazdou kazdej lide take protoze dnes "
        "vcera byl byla bylo byli maji ma nemuzu bojim to co jak dobry prosim pani tu stoji pred pri ulici "
        "okno i vecer noci uplne cely celou zase mi jejich jeho ale tak jen kde mezi bez ten ta tento mame "
        "mam vzdy hodne moc soused sousedi deti rano znovu nam vam pres nasi nasem aby az"
    ),
    "sk": (
        "a v z toho noc den o u na do po pod za od je su som sme sa ze vo ktory ktora alebo ked este uz tu "
        "tam nas mna ma niekto nieco stale kazdy kazdu ludia tiez pretoze dnes vcera bol bola bolo boli "
        "maju nemozem bojim to co ako dobry prosim nejaky nejaki pani stoji pred pri ulici i vecer noci "
        "uplne cely celu zase mi ich jeho aj ale tak len kde medzi bez ten ta tento mame mam vzdy vela "
        "velmi sused susedia deti rano znova nam vam cez nasi nasom nasej aby az dole hore"
    ),
}
_NEIGHBOURS = frozenset({"cs", "sk"})
_KNOWN = {language: frozenset(words.split()) for language, words in _WORDS.items()}


def written_in(text: str) -> str | None:
    """Return the language of a text, one of ours; None for a short or mixed one, and for any other."""
    words = text.casefold().split()
    if len(words) < FEWEST_WORDS:
        return None
    if _is_cyrillic(text):
        letters = set(text.casefold())
        return "uk" if letters & _UKRAINIAN and not letters & _NOT_UKRAINIAN else None
    signs = [_signs_in(word) for word in words]
    best = max(_KNOWN, key=lambda language: _count(signs, language))
    enough = _count(signs, best) >= max(LEAST_SIGNS, LEAST_SHARE * len(words))
    others = (language for language in _KNOWN if language != best)
    return best if enough and all(_leads(signs, best, other) for other in others) else None


def _is_cyrillic(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    return 2 * sum("\u0400" <= letter <= "\u04ff" for letter in letters) > len(letters)


def _signs_in(word: str) -> frozenset[str]:
    """Return the languages of which a word is a sign."""
    plain = folded(word).strip()
    telling = {language for language, letters in _LETTERS.items() if not letters.isdisjoint(word)}
    if telling:
        return frozenset(telling)
    known = frozenset(language for language, words in _KNOWN.items() if plain in words)
    if _CZECH_OR_SLOVAK.isdisjoint(word):
        return known
    return (known & _NEIGHBOURS) or _NEIGHBOURS


def _count(signs: list[frozenset[str]], language: str, beside: str = "") -> int:
    return sum(language in found and beside not in found for found in signs)


def _leads(signs: list[frozenset[str]], best: str, other: str) -> bool:
    return _count(signs, best, other) >= max(LEAST_OWN, LEAD * _count(signs, other, best))
