"""The Flesch-Kincaid grade of a text (Kincaid and others, 1975): school years needed to read it."""

from __future__ import annotations

import re

_PLACEHOLDER = re.compile(r"\{[^}]*\}")
_ADDRESS = re.compile(r"\S*(?:://|@|\.[a-z]{2,}/)\S*|/\w+|<[^>]+>")
_WORD = re.compile(r"[A-Za-z][A-Za-z'’]*")
_SENTENCE_END = re.compile(r"[.!?:;]+(?=\s|$)|\n+")


def grade(text: str) -> float:
    """Return the grade; a text without words has grade 0."""
    plain = _ADDRESS.sub(" ", _PLACEHOLDER.sub("it", text))
    sentences = [words for part in _SENTENCE_END.split(plain) if (words := _plain_words(part))]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 0.0
    syllables = sum(map(count_syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * syllables / len(words) - 15.59


def _plain_words(sentence: str) -> list[str]:
    """A sentence's words without its proper names: nobody can choose a shorter Ramsgate."""
    words = _WORD.findall(sentence)
    return [word for place, word in enumerate(words) if place == 0 or not word[0].isupper() or word == "I"]


def count_syllables(word: str) -> int:
    """Count groups of vowels, but not a silent e at the end, nor in `-ed` after most letters."""
    low = word.lower()
    low = (
        re.sub(r"(?<=[^aeiouytd])ed$|(?<=[^aeiouylcsxz])es$|(?<=[^aeiouyl])e$", "", low)
        if len(low) > 3
        else low
    )
    return max(1, len(re.findall(r"[aeiouy]+", low)))
