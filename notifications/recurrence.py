"""How the meetings of a series recur, as a calendar can say it: by a rule where they follow one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice, takewhile

from store.domain.errors import Refusal
from store.domain.recurrence import Rule, parse
from store.queries.slots import slots as given_by

MOST_LEFT_OUT = 60
"""A rule that would need more exceptions than so many says less than a list of days does."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """From the first slot on: a rule without its end and the slots left out of it, or the other slots."""

    rule: Rule | None = None
    left_out: tuple[datetime, ...] = ()
    others: tuple[datetime, ...] = ()


def pattern(text: str, slots: Sequence[datetime]) -> Pattern:
    """Return how these slots (naive London times, in order, at least one) recur.

    `text` is the rule of their series; slots that it does not know, as after a change of the rule, are
    listed instead. Where the rule ends is left to whoever ends it at the last slot.
    """
    rule, wanted = _endless(text, slots[0]), set(slots)
    given = _given(rule, slots) if rule is not None else set()
    if wanted <= given and len(given) - len(wanted) <= MOST_LEFT_OUT:
        return Pattern(rule, left_out=tuple(sorted(given - wanted)))
    return Pattern(others=tuple(slots[1:]))


def _endless(text: str, first: datetime) -> Rule | None:
    try:
        return replace(parse(text, first), count=None, until=None)
    except Refusal:
        return None


def _given(rule: Rule, slots: Sequence[datetime]) -> set[datetime]:
    """Return what the rule gives from the first slot to the last; no more than can be of use."""
    dates = takewhile(lambda at: at <= slots[-1], given_by(rule, slots[0]))
    return set(islice(dates, len(slots) + MOST_LEFT_OUT + 1))
