"""Understanding of free text: what to offer, what to confirm, and which safety cards to show.

It decides nothing. A category, place, time or plate is offered to the person; a safety card is
only ever added, by the model or by written signs of danger.
"""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from store.domain.place import postcode_words
from store.domain.understanding.concepts import read_concepts
from store.domain.understanding.danger import signs_and_dangers, without_requests
from store.domain.understanding.deeds import of_another_day
from store.domain.understanding.linear import Linear
from store.domain.understanding.mistaken import mistaken, says_nothing
from store.domain.understanding.place_features import Known
from store.domain.understanding.place_words import PlaceWords
from store.domain.understanding.plates import find_plate
from store.domain.understanding.said import said
from store.domain.understanding.sayings import without_sayings
from store.domain.understanding.staff import threatens
from store.domain.understanding.text import words_of
from store.domain.understanding.times import find_time
from store.domain.understanding.writer import cards_for
from store.domain.understood import NOTHING, Understood

READ_CHARACTERS = 1_500
"""Longest piece that is read at once; danger is looked for in every piece of a longer text."""
EMERGENCY, EMERGENCY_CARD = "!", "emergency"
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
MOST_CARDS, MOST_GUESSED = 3, 2
"""At most so many cards are shown; fewer where no word of the text plainly calls for one."""
NEARLY_ALL = 0.8
"""A text of which this share says where says nothing else: only plain signs of danger count."""
Bars = tuple[tuple[int, float], ...]
SURE: Bars = ((8, 0.5), (11, 0.0))
"""In a text of fewer words the model's emergency needs at least this score: it is like nothing much."""
SURE_OF_A_CONCERN: Bars = ((4, 0.5), (9, 0.2), (12, -0.25))
"""The same for every other card of the model's, which nobody's life hangs on at this very moment."""
PLAIN_FROM = -0.2
"""From this score the model is as sure of a card as a plain sign: somebody may be alerted."""
RANKED_FIRST = 3
NEAR = 0.8
"""A card of the model's is shown only if the text is like few other things more, and not by far."""
CONCERN, NO_REPORT = "s.", "n."
STAFF_THREAT, SMALL_TALK, ENQUIRY = "n.staff_threat", "n.chitchat", "n.enquiry_other"
AS_LIKELY = -0.6
"""From this score a complaint about staff that threatens nobody is taken for the next likely question."""
DESPAIR = CONCERN + "suicide_selfharm"
CLEARLY = 0.1
"""By how much a text must be more like a report or a question than like despair to be taken for it."""
LEAD = 0.15
"""By how much a text must be more like no report than like any report to be taken for none."""
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
        place = self.place_words.find(first) or postcode_words(first)
        only_a_place = place is not None and len(place) >= NEARLY_ALL * len(first.strip())
        signs, dangers = signs_and_dangers(text)
        seen = dict.fromkeys(signs, True)
        for piece in rest if only_a_place else (first, *rest):
            for code, plain in self._seen(
                piece, likely if piece is first else self.linear.read(piece)
            ).items():
                seen[code] = plain or seen.get(code, False)
        seen, worded = cards_for(text, seen, signs, dangers)
        ranked = self.ranked(likely)
        intents = tuple(code for code in ranked if code.startswith(NO_REPORT))
        intent = self._intent(likely, ranked) if not rest else None
        if intent == STAFF_THREAT and STAFF_THREAT not in seen:
            asked = (code for code in intents if code not in (STAFF_THREAT, SMALL_TALK))
            intent = next((code for code in asked if likely[code] >= AS_LIKELY), ENQUIRY)
        return Understood(
            categories=tuple(c for c in ranked if not c.startswith((CONCERN, NO_REPORT)))[:OFFERED],
            cards=_most(seen, likely, signs),
            plain=tuple(code for code in (*URGENCY, STAFF_THREAT) if seen.get(code)),
            intent=intent,
            also=tuple(code for code in intents if code != intent and likely[code] >= ALSO_FROM),
            place=place,
            when=find_time(first),
            registration=find_plate(first),
            dangers=dangers,
            worded=worded,
        )

    def ranked(self, likely: Mapping[str, float]) -> list[str]:
        """Return every code, likeliest first."""
        codes = (code for code in likely if code != EMERGENCY)
        return sorted(codes, key=lambda code: -likely[code])

    def _seen(self, text: str, likely: Mapping[str, float]) -> dict[str, bool]:
        """Return the cards that the model sees, and a threat to staff, each with whether it is sure."""
        if says_nothing(text):
            return {}
        told = without_sayings(text)
        if told != text:
            text, likely = told, _least_of(likely, self.linear.read(told))
        ranked = self.ranked(likely)
        found = {"emergency": True} if self._is_emergency(text, likely) else {}
        found |= self._concerns(text, likely, ranked)
        threat = likely.get(STAFF_THREAT, NEVER)
        likely_so = threat >= ALSO_FROM or self._intent(likely, ranked) == STAFF_THREAT
        if likely_so and threat >= _least(text, SURE_OF_A_CONCERN) and threatens(text):
            found[STAFF_THREAT] = True
        return found

    def _concerns(self, text: str, likely: Mapping[str, float], ranked: list[str]) -> dict[str, bool]:
        """Return every other card that the model sees, of those that the text is not only like."""
        found: dict[str, bool] = {}
        least, unlike = _least(text, SURE_OF_A_CONCERN), mistaken(text)
        for card in URGENCY[1:]:
            score = likely.get(CONCERN + card, NEVER)
            near = CONCERN + card in ranked[:RANKED_FIRST] and score >= likely[ranked[0]] - NEAR
            sure = score >= max(least, self.thresholds.get(CONCERN + card, -NEVER))
            if near and sure and card not in unlike:
                found[card] = score >= PLAIN_FROM
        other = next((code for code in ranked if not code.startswith(CONCERN)), DESPAIR)
        if likely.get(other, NEVER) >= likely.get(DESPAIR, NEVER) + CLEARLY:
            found.pop(DESPAIR.removeprefix(CONCERN), None)
        return found

    def _is_emergency(self, text: str, likely: Mapping[str, float]) -> bool:
        if of_another_day(said(text)):
            return False
        asked = without_requests(text)
        if asked != text:
            likely = _least_of(likely, self.linear.read(asked))
        least = _least(asked, SURE)
        return likely.get(EMERGENCY, NEVER) >= max(least, self.thresholds.get(EMERGENCY, -NEVER))

    def _intent(self, likely: Mapping[str, float], ranked: list[str]) -> str | None:
        """Return what a message is that is no report; when in doubt it is one."""
        best = ranked[0]
        report = next((code for code in ranked if not code.startswith(NO_REPORT)), best)
        leads = likely[best] - likely[report] >= LEAD
        sure = best.startswith(NO_REPORT) and likely[best] >= self.thresholds.get(NO_REPORT, -NEVER)
        return best if sure and leads else None


def _most(seen: Mapping[str, bool], likely: Mapping[str, float], signs: Collection[str]) -> tuple[str, ...]:
    """Return the cards to be shown, most urgent first: beside one that is written out only the sure."""
    cards = [code for code in URGENCY if code in seen]
    if {*signs} - {EMERGENCY_CARD}:
        return tuple(code for code in cards if seen[code])[:MOST_CARDS]
    best = sorted(cards, key=lambda code: (code != EMERGENCY_CARD, -likely.get(CONCERN + code, NEVER)))
    return tuple(code for code in cards if code in best[:MOST_GUESSED])


def _least_of(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    """Return the lower of both scores: without a saying a text may speak of nothing at all."""
    return {code: min(score, other[code]) for code, score in one.items()}


def _least(text: str, bars: Bars) -> float:
    """Return the score that a card of the model's needs in a text of this many words."""
    count = len(words_of(text))
    return next((score for fewer, score in bars if count < fewer), NEVER)


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
        known = Known(frozenset(head["names"]), frozenset(head["spots"]))
        chain = PlaceWords(states, [tuple(move) for move in head["moves"]], known)
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
