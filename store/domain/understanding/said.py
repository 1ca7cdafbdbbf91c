"""The words of a text as written signs look at them."""

from __future__ import annotations

import re

from store.domain.understanding.text import folded

_BLANKS = re.compile(r"[^\w]+")


def said(text: str) -> str:
    """Return the folded words of a text with one space between; digits stay."""
    return _BLANKS.sub(" ", folded(text))
