"""The words of a text as written signs look at them."""

from __future__ import annotations

import re
from functools import lru_cache

from store.domain.understanding.text import folded

_BLANKS = re.compile(r"[^\w]+")


@lru_cache(maxsize=8)
def said(text: str) -> str:
    """Return the folded words of a text with one space between; digits stay.

    A dozen rules look at each text one after the other: it is folded once.
    """
    return _BLANKS.sub(" ", folded(text))
