"""One thing of the timetable: when it runs, in cron's words and in people's, and what it does."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import cast

from apscheduler.triggers.cron import CronTrigger

from store.domain.clock import LONDON

ALL_DAY = frozenset({"*", "0,2-23"})
"""Hours that are no restriction worth a word: one of them is left out only for the clock changes."""
NOON = 12


@dataclass(frozen=True, slots=True)
class Scheduled:
    """One scheduled thing: when it ticks (cron, local time) and what it does.

    `work` returns what it did in words, nothing where there was nothing to do. `links`: it writes
    links, and is told the public address of the web besides. `made_up`: it runs once at its time, and
    a start after that time makes up for it; everything else finds what is due at its next tick.
    """

    name: str
    when: str
    work: Callable[..., Awaitable[str | None]]
    links: bool = False
    made_up: bool = False

    @property
    def code(self) -> str:
        """What its row is called."""
        return self.name.replace(" ", "-")

    @property
    def trigger(self) -> CronTrigger:
        """When it ticks, on London's clocks."""
        return _trigger(self.when)

    def next_after(self, instant: datetime) -> datetime:
        """Return its first time after an aware instant, in UTC."""
        found = self.trigger.get_next_fire_time(None, instant + timedelta(microseconds=1))
        return cast("datetime", found).astimezone(UTC)

    @property
    def in_words(self) -> str:
        """When it ticks, as people say it; as cron does where there are no words for it."""
        return _in_words(self.when)


@cache
def _trigger(when: str) -> CronTrigger:
    return CronTrigger.from_crontab(when, timezone=LONDON)


def _in_words(when: str) -> str:
    minute, hour, day, month, weekday = when.split()
    days = {"*": "day", "mon-fri": "weekday"}.get(weekday)
    if days is None or (day, month) != ("*", "*"):
        return when
    if minute.isdigit() and hour.isdigit():
        return f"Every {days} at {_clock(int(hour), int(minute))}"
    often, between = _often(minute), _between(hour)
    on = " on weekdays" if days == "weekday" else ""
    return when if between is None or not often else f"Every {often}{between}{on}"


def _between(hour: str) -> str | None:
    first, _, last = hour.partition("-")
    if first.isdigit() and last.isdigit():
        return f", {_clock(int(first))} to {_clock(int(last) + 1)}"
    return "" if hour in ALL_DAY else None


def _often(minute: str) -> str:
    if minute == "*":
        return "minute"
    if minute.startswith("*/"):
        return f"{minute[2:]} minutes"
    return "hour" if minute.isdigit() else ""


def _clock(hour: int, minute: int = 0) -> str:
    minutes = f":{minute:02}" if minute else ""
    return f"{hour % NOON or NOON}{minutes}{'pm' if hour % 24 >= NOON else 'am'}"
