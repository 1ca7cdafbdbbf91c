"""The training examples: what residents write, with what it is about.

A line is `CODE[+CODE...] | WHEN[!] | text with [[the place]] marked`; `!` says that the emergency
card comes first. The files lie beside this one, in `examples/`; `lexicon/` holds
words and short phrases by code, so that the model knows more words than the examples use.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from store.domain import understanding
from store.domain.understanding.text import folded

FOLDER = Path(__file__).with_name("examples")
HELD_OUT = Path(__file__).with_name("held_out")
"""Labelled messages by other writers: never trained on; the written rules were tried on them."""
LEXICON = Path(__file__).with_name("lexicon")
CONCEPTS = Path(__file__).with_name("concepts")
PLACES = Path(__file__).with_name("places")
"""Nouns of spots in six languages, in the forms in which they follow a preposition."""
FITTED_BY = tuple(Path(__file__).with_name(f"{name}.py") for name in ("fit", "spoiled"))
READ_BY = tuple(
    Path(understanding.__file__).with_name(f"{name}.py")
    for name in (
        "text",
        "concepts",
        "features",
        "linear",
        "place_words",
        "place_features",
        "place_edges",
        "place_kinds",
    )
)
_LINE = re.compile(r"(?P<codes>[a-z_.+]+) \| (?P<when>[a-z]+)(?P<danger>!?) \| (?P<text>.+)")
_PLACE = re.compile(r"\[\[(.+?)\]\]")


ALWAYS = frozenset({"s.emergency", "s.suicide_selfharm"})
PERHAPS = frozenset({"s.domestic_abuse", "s.child_at_risk", "s.adult_at_risk", "s.missing_person"})


class ExampleError(ValueError):
    """A line that is no example; says which."""


@dataclass(frozen=True, slots=True)
class Example:
    """One message. `codes` begins with what it is about most; `place` is an exact piece of `text`.

    `emergency` is None for words of the lexicon that do not tell.
    """

    text: str
    codes: tuple[str, ...]
    emergency: bool | None
    place: str | None
    language: str
    source: str


def parse(line: str, language: str, source: str) -> Example:
    """Return the example of a line; `ExampleError` for a line that is none."""
    match = _LINE.fullmatch(line.strip())
    if match is None:
        raise ExampleError(f"{source}: no example: {line[:60]!r}")
    marked = match["text"]
    places = _PLACE.findall(marked)
    text = _PLACE.sub(r"\1", marked)
    if len(places) > 1 or "[[" in text or "]]" in text:
        raise ExampleError(f"{source}: brackets do not fit: {line[:60]!r}")
    place = places[0].strip() if places else None
    codes = tuple(match["codes"].split("+"))
    return Example(text, codes, bool(match["danger"]), place, language, source)


def examples() -> Iterator[Example]:
    """Return every example, file by file."""
    for path in sorted(FOLDER.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                yield parse(line, path.stem.partition("-")[0], path.stem)


def lexicon() -> Iterator[Example]:
    """Return every word and phrase of the lexicon as a small example."""
    for path in sorted(LEXICON.glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            code, _, phrases = line.partition(" | ")
            for phrase in filter(None, map(str.strip, phrases.split(";"))):
                yield Example(
                    phrase, (code.strip(),), _may_be_emergency(code.strip()), None, path.stem[:2], "lexicon"
                )


def _may_be_emergency(code: str) -> bool | None:
    return None if code in PERHAPS else code in ALWAYS


def spots() -> frozenset[str]:
    """Return the folded nouns of spots."""
    said = (path.read_text(encoding="utf-8") for path in sorted(PLACES.glob("*.txt")))
    return frozenset(word for text in said for word in folded(text).split())


def concept_lines() -> list[str]:
    """Return the lines that say which words of six languages mean the same."""
    files = sorted(CONCEPTS.glob("*.txt"))
    return [line for path in files for line in path.read_text(encoding="utf-8").splitlines()]


def fingerprint() -> str:
    """Return what a model is made of: the examples, and the code that reads and fits them."""
    said = (path for folder in (FOLDER, LEXICON, CONCEPTS, PLACES) for path in sorted(folder.glob("*.txt")))
    made_of = (*said, *READ_BY, *FITTED_BY)
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in made_of)).hexdigest()
