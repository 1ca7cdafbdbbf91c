"""What a model sees of a text: folded words and pieces of words, hashed into buckets.

People leave out accents, double letters and mistype: pieces of words still match. Everything here
must be the same when a model is trained and when it reads.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import pairwise
from zlib import crc32

BUCKETS = 1 << 17
PIECES = (3, 4, 5)
"""Lengths of the pieces of words, in characters, with the blanks around a word."""
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


def buckets(text: str) -> list[int]:
    """Return the buckets of a text's features, each once, in order."""
    words = words_of(text)
    found = {f"={word}" for word in words}
    found.update(f"{a}_{b}" for a, b in pairwise(words))
    found.update(f"{a}__{b}" for a, b in zip(words, words[2:], strict=False))
    for word in set(words):
        padded = f" {word} "
        for length in PIECES:
            found.update(padded[i : i + length] for i in range(len(padded) - length + 1))
    return sorted({crc32(feature.encode("utf-8", "replace")) % BUCKETS for feature in found})


def folded_pattern(said: Sequence[str], after: str = "") -> re.Pattern[str]:
    """Return the pattern that finds one of these expressions as whole words of a folded text."""
    either = "|".join(said).translate(_CYRILLIC)
    return re.compile(rf"(?<![^\W_])(?:{either})(?![^\W_]){after}")
