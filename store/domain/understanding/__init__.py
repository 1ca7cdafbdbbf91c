"""Understanding of free text: what to offer, what to confirm, and which safety cards to show.

It decides nothing. A category, place, time or plate is offered to the person; a safety card is
only ever added, by the model or by written signs of danger.
"""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from store.domain.understanding.concepts import read_concepts
from store.domain.understanding.danger import signs_of
from store.domain.understanding.linear import Linear
from store.domain.understanding.place_words import PlaceWords
from store.domain.understanding.plates import find_plate
from store.domain.understanding.text import words_of
from store.domain.understanding.times import find_time
from store.domain.understood import NOTHING, Understood

READ_CHARACTERS = 1_500
"""Longest piece that is read at once; danger is looked for in every piece of a longer text."""
EMERGENCY = "!"
"""The label of "the emergency card comes first"."""
URGENCY = (
    "emergency",
    "suicide_selfharm",
    "domestic_abuse",
    "child_at_risk",
    "missing_person",
    "adult_at_risk",
    "modern_slavery",
    "hate_crime",
    "radicalisation",
    "crime_not_asb",
)
"""The cards, most urgent first."""
MOST_CARDS = 3
NEARLY_ALL = 0.8
"""A text of which this share says where says nothing else: only plain signs of danger count."""
SURE = ((4, 0.5), (7, -0.25))
"""In a text of fewer words a card of the model's needs at least this score: it is like nothing much."""
RANKED_FIRST = 3
NEAR = 0.8
"""A card of the model's is shown only if the text is like few other things more, and not by far."""
CONCERN, NO_REPORT = "s.", "n."
OFFERED = 5
NEVER = -1e9
ALSO_FROM = 0.0


@dataclass(frozen=True, slots=True)
class Understanding:
    """The trained parts. `thresholds` say from which score a card is shown, or an intent is believed."""

    linear: Linear
    place_words: PlaceWords
    thresholds: Mapping[str, float]
    made_of: str

    @classmethod
    def from_bytes(cls, data: bytes) -> Understanding:
        """Return what training wrote; `ValueError` for anything else."""
        return _unpacked(data)

    def read(self, text: str) -> Understood:
        """Return what a text seems to say; never more than a guess, for any text at all."""
        if not text.strip():
            return NOTHING
        first, *rest = _pieces(text)
        likely = self.linear.read(first)
        place = self.place_words.find(first)
        only_a_place = place is not None and len(place) >= NEARLY_ALL * len(first.strip())
        cards = signs_of(first) if only_a_place else self._cards(first, likely)
        for piece in rest:
            cards |= self._cards(piece, self.linear.read(piece))
        ranked = self.ranked(likely)
        intents = tuple(code for code in ranked if code.startswith(NO_REPORT))
        intent = self._intent(likely, ranked) if not rest else None
        return Understood(
            categories=tuple(c for c in ranked if not c.startswith((CONCERN, NO_REPORT)))[:OFFERED],
            cards=tuple(code for code in URGENCY if code in cards)[:MOST_CARDS],
            intent=intent,
            also=tuple(code for code in intents if code != intent and likely[code] >= ALSO_FROM),
            place=place,
            when=find_time(first),
            registration=find_plate(first),
        )

    def ranked(self, likely: Mapping[str, float]) -> list[str]:
        """Return every code, likeliest first."""
        codes = (code for code in likely if code != EMERGENCY)
        return sorted(codes, key=lambda code: -likely[code])

    def _cards(self, text: str, likely: Mapping[str, float]) -> set[str]:
        found = signs_of(text)
        count = len(words_of(text))
        least = next((score for fewer, score in SURE if count < fewer), NEVER)
        first = self.ranked(likely)[:RANKED_FIRST]
        for card in URGENCY:
            label = EMERGENCY if card == "emergency" else CONCERN + card
            score = likely.get(label, NEVER)
            believed = score >= max(least, self.thresholds.get(label, -NEVER))
            if believed and (label == EMERGENCY or (label in first and score >= likely[first[0]] - NEAR)):
                found.add(card)
        return found

    def _intent(self, likely: Mapping[str, float], ranked: list[str]) -> str | None:
        """Return what a message is that is no report; when in doubt it is one."""
        best = ranked[0]
        sure = best.startswith(NO_REPORT) and likely[best] >= self.thresholds.get(NO_REPORT, -NEVER)
        return best if sure else None


def _pieces(text: str) -> Iterator[str]:
    """Cut a long text into pieces that overlap, so that no sign is cut in two."""
    step = READ_CHARACTERS - 100
    for start in range(0, max(1, len(text) - 100), step):
        yield text[start : start + READ_CHARACTERS]


def packed(head: Mapping[str, object], parts: Mapping[str, bytes]) -> bytes:
    """Return a model as bytes: a line of JSON with the lengths of the parts, then the parts."""
    lengths = {name: len(parts[name]) for name in sorted(parts)}
    line = json.dumps({**head, "parts": lengths}, sort_keys=True, ensure_ascii=False).encode()
    return zlib.compress(b"\n".join([line, b"".join(parts[name] for name in lengths)]), 9)


def _unpacked(data: bytes) -> Understanding:
    try:
        line, _, rest = zlib.decompress(data).partition(b"\n")
        head = json.loads(line)
        take = _taker(rest)
        parts = {name: take(length) for name, length in head["parts"].items()}
        starts, weights = array("I"), array("b")
        starts.frombytes(parts["starts"])
        weights.frombytes(parts["weights"])
        linear = Linear(
            tuple(head["labels"]),
            head["biases"],
            head["scales"],
            starts,
            parts["classes"],
            weights,
            parts["rarity"],
            read_concepts(parts["concepts"].decode().splitlines()),
        )
        states = {name: tuple(w) for name, *w in json.loads(parts["states"])}
        chain = PlaceWords(states, [tuple(move) for move in head["moves"]], frozenset(head["names"]))
        return Understanding(linear, chain, head["thresholds"], head["made_of"])
    except (zlib.error, KeyError, TypeError, UnicodeDecodeError) as error:
        raise ValueError("this is no model") from error


def _taker(data: bytes) -> Callable[[int], bytes]:
    place = 0

    def take(length: int) -> bytes:
        nonlocal place
        place += length
        return data[place - length : place]

    return take
