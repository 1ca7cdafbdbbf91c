"""What asks something of us: "how long will this take", "czy to jest anonimowe", in six languages."""

from __future__ import annotations

import re

from store.domain.understanding.text import folded

_LEAD_IN = frozenset(
    folded("and but so sorry also um hi hello please a ale dar si i proszę і але та").split()
)
_ALWAYS = frozenset(
    folded("how who why whose czy dlaczego czemu kto cine cum kdo proč preco prečo či чи хто чому").split()
)
"""Words that begin a question and hardly ever a place, a time or a name."""
_WITH_MARK = frozenset(
    folded(
        "what when where which is are am do does did can could will would should has have "
        "jak kiedy gdzie co ile jaki która który când unde ce cât care kdy kde kolik jak jaký "
        "ako kedy kde koľko čo aký як коли де що скільки який"
    ).split()
)
"""Words that begin a question if a question mark ends it."""
_PLAIN = re.compile(
    r"(?:what (?:happens|do|does|is|are|if|will)|(?:when|where) (?:do|does|is|are|will|can|should)"
    r"|(?:is|are|do|does|did|can|could|will|would|should|am) (?:you|u|i|we|it|this|that|they|he|she|my|the|"
    r"there|anyone|someone|anybody|somebody|police)|de ce) "
)
LONG_ENOUGH = 5
"""From so many words on a question mark alone makes a question: a shorter text doubts its own answer."""
_WORDS = re.compile(r"[^\W_]+")


def asks(text: str) -> bool:
    """Tell whether a text is a question to whoever reads it."""
    words = _WORDS.findall(folded(text))
    while words and words[0] in _LEAD_IN:
        words = words[1:]
    if len(words) < 2:  # noqa: PLR2004 - "who?" answers nothing, and asks nothing that could be answered
        return False
    marked = text.rstrip().endswith("?")
    if words[0] in _ALWAYS or _PLAIN.match(" ".join(words) + " "):
        return True
    return marked and (words[0] in _WITH_MARK or len(words) >= LONG_ENOUGH)
