"""Words brought to one form, so that spelling habits do not hide what is meant."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[^\W_]+")
_APOSTROPHES = dict.fromkeys(map(ord, "'\u2018\u2019\u02bc`"))
# Letters that Unicode does not take apart into a plain one and its mark.
_PLAIN = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ґ": "г"})
SHORTEST_PLURAL = 5
"""Words of fewer letters keep their last s: "bus" is no plural."""


def folded(text: str) -> str:
    """Return the words in lower case, without accents, apostrophes and plural s, one space around each.

    Both sides of a comparison are folded, so it does no harm that "Broadstairs" loses its s as well.
    """
    bare = unicodedata.normalize("NFD", text.casefold().translate(_APOSTROPHES).translate(_PLAIN))
    plain = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return f" {' '.join(map(_singular, _WORD.findall(plain)))} "


def _singular(word: str) -> str:
    plural = len(word) >= SHORTEST_PLURAL and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if plural else word
