"""Numbers that people read out: `K7M-4XQ-9PC`, eight random symbols and a check symbol.

The alphabet has no vowels (so no words) and neither 0 nor 1. Its size, 29, is prime, which is what
makes a weighted sum notice every single wrong symbol and every swap of two neighbours.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable

ALPHABET = "23456789BCDFGHJKLMNPQRSTVWXYZ"
_PRIME = len(ALPHABET)
_RANDOM_SYMBOLS = 8
_LEAST_OF_ENDING = 4
ENDING_CHARACTERS = 5
"""So much of the end of a number is kept by itself, to be looked up: of `K7M-4XQ-9PC` it is `Q-9PC`."""
# All different and none zero; none equals -1, the weight that the check symbol itself has.
_WEIGHTS = (9, 12, 15, 18, 21, 24, 27, 1)
# 1 and I are read as L, the only one of the three in use. O and 0 could be D or Q: not guessed.
# A Cyrillic keyboard has these letters, which look the same as ours.
_LOOK_ALIKES = str.maketrans("1IКМХТСРВНУІ", "LLKMXTCPBHYL")
_GAPS = re.compile(r"[\s\-\u2010-\u2015.]+")
_CANDIDATE = re.compile(
    r"(?<![^\W_])(?=([^\W_]{3}[\s\-\u2010-\u2015.]?[^\W_]{3}[\s\-\u2010-\u2015.]?[^\W_]{3})(?![^\W_]))"
)


def _check_symbol(symbols: str) -> str:
    total = sum(w * ALPHABET.index(s) for w, s in zip(_WEIGHTS, symbols, strict=True))
    return ALPHABET[total % _PRIME]


def new(random: Callable[[int], int] = secrets.randbelow) -> str:
    """Return a fresh number; `random(n)` gives a whole number from 0 up to, not including, n.

    There are 29**8 (5e11) of them, so one cannot be guessed; uniqueness is for the table to hold.
    """
    symbols = "".join(ALPHABET[random(_PRIME)] for _ in range(_RANDOM_SYMBOLS))
    return _grouped(symbols + _check_symbol(symbols))


def _grouped(symbols: str) -> str:
    return f"{symbols[:3]}-{symbols[3:6]}-{symbols[6:]}"


def parse(text: str) -> str | None:
    """Return the number that `text` is, as we write it; None when it is not one of ours."""
    symbols = _GAPS.sub("", text).upper().translate(_LOOK_ALIKES)
    if len(symbols) != _RANDOM_SYMBOLS + 1 or not set(symbols) <= set(ALPHABET):
        return None
    if _check_symbol(symbols[:-1]) != symbols[-1]:
        return None
    return _grouped(symbols)


def ending(text: str) -> str | None:
    """Return the last four symbols of a number, or more of them, as we write them; None when it is not that.

    What could be a word is one: blanks stand only beside a digit, and I is no L here.
    """
    said = text.strip().upper()
    symbols = _GAPS.sub("", said)
    is_word = "I" in symbols or (any(map(str.isspace, said)) and not any(map(str.isdigit, said)))
    symbols = symbols.translate(_LOOK_ALIKES)
    if (
        is_word
        or not _LEAST_OF_ENDING <= len(symbols) <= _RANDOM_SYMBOLS
        or not set(symbols) <= set(ALPHABET)
    ):
        return None
    return "-".join(filter(None, (symbols[:-6], symbols[-6:-3], symbols[-3:])))


def find(text: str) -> str | None:
    """Return the first number inside a sentence; None when there is none."""
    candidates = (parse(match.group(1)) for match in _CANDIDATE.finditer(text))
    return next((number for number in candidates if number), None)
