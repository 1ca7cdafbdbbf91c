"""The dates of a series, from its rule: naive London times, whatever the clocks do."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice

from dateutil.rrule import rrulestr

from store.domain.recurrence import Rule


def slots(rule: Rule, first: datetime, since: datetime | None = None) -> Iterator[datetime]:
    """Yield the dates of a series that began at `first`, in order; from `since` on.

    `first` lies on the rule (see `anchored`). Without an end in the rule there is no end.
    """
    # dateutil's name for an endless or finite rule is the same: a reader of dates, built lazily.
    dates = rrulestr(rule.text, dtstart=first)
    yield from dates if since is None else dates.xafter(since, inc=True)


def anchored(rule: Rule, start: datetime) -> datetime | None:
    """Return the first date of a rule at or after `start`, from which its intervals are counted.

    None where its end comes before.
    """
    every = replace(rule, interval=1, count=None)
    return next(iter(rrulestr(every.text, dtstart=start)), None)


def preview(rule: Rule, start: datetime, count: int) -> list[datetime]:
    """Return up to `count` dates of a series that begins at or after `start`."""
    first = anchored(rule, start)
    return [] if first is None else list(islice(slots(rule, first), count))


def within(rule: Rule, start: datetime, end: datetime | None) -> Rule:
    """Return the rule without its dates after `end`; as it is where there is none."""
    if end is None:
        return rule
    if rule.count is not None and all(slot <= end for slot in preview(rule, start, rule.count)):
        return rule
    return replace(rule, count=None, until=min(rule.until or end, end))
