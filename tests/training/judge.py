"""How well a model reads: precision and recall by class, cards, places; on examples or any file."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from store.domain.understanding import CONCERN, Understanding
from tests.training.corpus import Example, ExampleError

TOP = 3
_LOOSE = frozenset(
    "in on at from by the a to w na pe la v ve u в на у від from down up".split()  # noqa: SIM905 - a list to read
)


@dataclass(slots=True)
class Tally:
    """True and false answers about one thing."""

    hit: int = 0
    missed: int = 0
    false: int = 0
    quiet: int = 0

    def add(self, wanted: bool, said: bool) -> None:
        """Count one answer."""
        if wanted:
            self.hit, self.missed = self.hit + said, self.missed + (not said)
        else:
            self.false, self.quiet = self.false + said, self.quiet + (not said)

    @property
    def recall(self) -> float:
        """Return the share of what was to be found that was."""
        return self.hit / (self.hit + self.missed) if self.hit + self.missed else 1.0

    @property
    def precision(self) -> float:
        """Return the share of what was said that was true."""
        return self.hit / (self.hit + self.false) if self.hit + self.false else 1.0

    @property
    def alarms(self) -> float:
        """Return the share of all the rest for which it was said."""
        return self.false / (self.false + self.quiet) if self.false + self.quiet else 0.0


@dataclass(slots=True)
class Judged:
    """What came of reading some examples."""

    classes: dict[str, Tally] = field(default_factory=dict)
    cards: dict[str, Tally] = field(default_factory=dict)
    emergency: Tally = field(default_factory=Tally)
    first: list[bool] = field(default_factory=list)
    top: list[bool] = field(default_factory=list)
    place: list[bool] = field(default_factory=list)
    place_loosely: list[bool] = field(default_factory=list)
    report: Tally = field(default_factory=Tally)
    languages: dict[str, list[bool]] = field(default_factory=dict)
    wrong: Counter[tuple[str, str]] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)


def judge(model: Understanding, examples: Iterable[Example], judged: Judged | None = None) -> Judged:
    """Read the examples and count."""
    judged = judged or Judged()
    for example in examples:
        _one(model, example, judged)
    return judged


def _one(model: Understanding, example: Example, judged: Judged) -> None:
    began = time.process_time()
    read = model.read(example.text)
    judged.seconds.append(time.process_time() - began)
    ranked = model.ranked(model.linear.read(example.text[:1500]))
    main = example.codes[0]
    judged.first.append(ranked[0] == main)
    judged.top.append(main in ranked[:TOP])
    judged.languages.setdefault(example.language, []).append(main in ranked[:TOP])
    for code in ranked:
        judged.classes.setdefault(code, Tally()).add(main == code, ranked[0] == code)
    if ranked[0] != main:
        judged.wrong[main, ranked[0]] += 1
    # For somebody who may take their life the crisis card is the one that comes first.
    first_card = {"emergency"} | ({"suicide_selfharm"} & {c.removeprefix(CONCERN) for c in example.codes})
    judged.emergency.add(bool(example.emergency), not first_card.isdisjoint(read.cards))
    for card in {c.removeprefix(CONCERN) for c in ranked if c.startswith(CONCERN)}:
        wanted = CONCERN + card in example.codes or (card == "emergency" and bool(example.emergency))
        judged.cards.setdefault(card, Tally()).add(wanted, card in read.cards)
    judged.report.add(main.startswith("n."), read.intent is not None)
    if example.place is not None:
        judged.place.append(read.place == example.place)
        judged.place_loosely.append(_bare(read.place) == _bare(example.place))


def _bare(place: str | None) -> str:
    words = (place or "").casefold().strip(" .,!?").split()
    while words and words[0] in _LOOSE:
        words.pop(0)
    return " ".join(words)


def table(judged: Judged, *, every_class: bool = True) -> str:
    """Return the figures as text."""
    lines = [f"{'class':34}{'n':>5}{'precision':>11}{'recall':>8}"] if every_class else []
    for code, tally in sorted(judged.classes.items()) if every_class else []:
        count = tally.hit + tally.missed
        if count:
            lines.append(f"{code:34}{count:>5}{tally.precision:>11.2f}{tally.recall:>8.2f}")
    lines.append(f"{'safety card':34}{'n':>5}{'precision':>11}{'recall':>8}{'alarms':>8}")
    for card, tally in sorted(judged.cards.items()):
        count = tally.hit + tally.missed
        lines.append(f"{card:34}{count:>5}{tally.precision:>11.2f}{tally.recall:>8.2f}{tally.alarms:>8.2f}")
    by_language = ", ".join(f"{code} {_share(found)}" for code, found in sorted(judged.languages.items()))
    spent = sorted(judged.seconds)
    top, place = _share(judged.top), _share(judged.place)
    emergency, report = judged.emergency, judged.report
    lines += [
        f"messages {len(judged.top)}; category first {_share(judged.first)}, in the top {TOP} {top}",
        f"top {TOP} by language: {by_language}",
        f"emergencies ({emergency.hit + emergency.missed}): recall {emergency.recall:.1%}",
        f"false alarms on {emergency.alarms:.1%} of the rest",
        f"no report: precision {report.precision:.1%}, recall {report.recall:.1%}",
        f"place exact {place} of {len(judged.place)}; without the preposition {_share(judged.place_loosely)}",
        f"CPU per message: p50 {_at(spent, 0.5):.2f} ms, p95 {_at(spent, 0.95):.2f} ms",
    ]
    return "\n".join(lines)


def _at(spent: Sequence[float], share: float) -> float:
    """Return the milliseconds below which this share lies."""
    return spent[int(len(spent) * share)] * 1000 if spent else 0.0


def _share(found: Sequence[bool]) -> str:
    return f"{sum(found) / len(found):.1%}" if found else "-"


def messages(path: Path) -> list[Example]:
    """Return the labelled messages of a file, a JSON object a line; `ExampleError` names a bad line."""
    found = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            found.append(_message(json.loads(line)))
        except (ValueError, KeyError, TypeError) as error:
            raise ExampleError(f"{path.name}, line {number}: {type(error).__name__}: {error}") from error
    return found


def _message(said: dict[str, Any]) -> Example:
    codes = (str(said["category"]), *map(str, said.get("also", ())))
    place = said.get("location_phrase")
    return Example(
        str(said["text"]), codes, bool(said["emergency"]), place, str(said["lang"]), str(said.get("id", ""))
    )
