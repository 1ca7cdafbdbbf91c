"""British phone numbers, however somebody spaces them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_GAP = r"[\s().\-]{0,3}"
PATTERN = rf"(?<![\w+])(?:(?:\+|00)44{_GAP}0?|\(?0)(?:{_GAP}\d){{9,10}}(?!\d)"
"""Ten or eleven digits after a 0, or what follows the code of the country."""
_NUMBER = re.compile(PATTERN)
_BEFORE = re.compile(r"^(?:44|0044)0?|^0")


@dataclass(frozen=True, slots=True)
class Number:
    """A number that stands in a text: from where to where, and its digits as they are dialled here."""

    start: int
    end: int
    digits: str


def numbers_in(text: str) -> Iterator[Number]:
    """Return the numbers that stand in a text, in order."""
    for found in _NUMBER.finditer(text):
        yield Number(found.start(), found.end(), _dialled(found.group()))


def number_of(text: str) -> str | None:
    """Return the digits of a text that is a number and nothing else: "+44 7700-900123" is 07700900123."""
    said = text.strip()
    return _dialled(said) if _NUMBER.fullmatch(said) else None


def _dialled(number: str) -> str:
    return "0" + _BEFORE.sub("", re.sub(r"\D", "", number))
