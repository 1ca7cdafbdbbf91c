"""Write examples as other people would: typos, no accents, no marks, capitals, short street words."""

from __future__ import annotations

import random
import re
from dataclasses import replace

from store.domain.understanding.text import folded
from tests.training.corpus import Example

SPOILED_EACH = 2
_SHORT = {
    "road": "rd",
    "street": "st",
    "avenue": "ave",
    "gardens": "gdns",
    "square": "sq",
    "and": "n",
    "you": "u",
}
_MARKS = re.compile(r"[^\w\s]")


def spoiled(example: Example, dice: random.Random) -> Example:
    """Return the example as somebody else might type it; the place changes with it."""
    seed = dice.random()

    def type_again(text: str) -> str:
        return _typed(text, random.Random(seed))

    if example.place is None:
        return replace(example, text=type_again(example.text))
    before, _, after = example.text.partition(example.place)
    parts = [type_again(part) for part in (before, example.place, after)]
    return replace(example, text="".join(parts), place=parts[1].strip() or None)


def _typed(text: str, dice: random.Random) -> str:
    if dice.random() < 0.5:
        text = "".join(folded(c) if c.isalpha() and not c.isascii() else c for c in text)
    if dice.random() < 0.4:
        text = _MARKS.sub("", text)
    words = [_word(word, dice) for word in text.split(" ")]
    text = " ".join(words)
    case = dice.random()
    if case < 0.3:
        return text.lower()
    return text.upper() if case < 0.38 else text


def _word(word: str, dice: random.Random) -> str:
    short = _SHORT.get(word.casefold())
    if short and dice.random() < 0.4:
        return short
    if len(word) < 5 or dice.random() > 0.12:
        return word
    at = dice.randrange(1, len(word) - 2)
    match dice.randrange(3):
        case 0:
            return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        case 1:
            return word[:at] + word[at + 1 :]
        case _:
            return word[:at] + word[at] + word[at:]
