"""Texts as people type them, made alike: lower case, without accents, apostrophes and letters said thrice."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

MOST_WORDS = 400
"""Words of one text that are looked at; a story is told in fewer."""
_WORD = re.compile(r"[^\W_]+|[\U0001F300-\U0001FAFF\u2600-\u27BF]")
_REPEATED = re.compile(r"(.)\1{2,}")
_DIGIT = re.compile(r"\d")
_CYRILLIC = str.maketrans("йїё", "иіе")
_APOSTROPHES = str.maketrans("", "", "'\u2019\u02bc`")


def folded(text: str) -> str:
    """Return the text in lower case, without accents, apostrophes and letters said thrice."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_APOSTROPHES))
    bare = "".join(c for c in plain if not unicodedata.combining(c)).replace("ł", "l")
    return _REPEATED.sub(r"\1\1", bare)


def words_of(text: str) -> list[str]:
    """Return the folded words (and pictures) of a text, digits as zeros."""
    return _WORD.findall(_DIGIT.sub("0", folded(text)))[:MOST_WORDS]


def folded_pattern(said: Sequence[str], after: str = "") -> re.Pattern[str]:
    """Return the pattern that finds one of these expressions as whole words of a folded text."""
    either = "|".join(said).translate(_CYRILLIC)
    return re.compile(rf"(?<![^\W_])(?:{either})(?![^\W_]){after}")
