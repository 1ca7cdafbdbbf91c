"""Whatever becomes of a meeting, and whenever we stand still: never twice, never missing, never stale."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from notifications import reminders
from notifications.timetable import remind
from store.actions import attendance, meeting, subscription
from store.actions.subscription import Consent
from store.domain.meeting import Meeting, MeetingState, Venue
from store.domain.resident import Resident
from store.domain.staff import By
from store.domain.subscription import QuietHours, Subscription, Topic
from store.engine import Session
from tests.notifications.test_reminders import heard, send
from tests.support.dying import DiedError
from tests.support.meetings import FACTS
from tests.support.readers import sam
from tests.support.triage_factory import PROFILE, Town

__all__ = ["sam"]

LEADS = tuple(timedelta(hours=hours) for hours in PROFILE.district.reminder_hours)
MEETINGS = frozenset({Topic.MEETINGS})
NIGHTS = {"never quiet": QuietHours(time(0), time(0)), "quiet at night": QuietHours()}
CHANGED, CANCELLED = "This meeting has changed.", "This meeting will not take place."
STEPS = st.one_of(
    st.tuples(st.just("go on"), st.integers(1, 30)),
    st.tuples(st.just("stand still"), st.sampled_from((1, 5, 23, 30, 140, 170))),
    st.tuples(st.just("move"), st.sampled_from((-50, -3, -1, 1, 2, 26, 200))),
    st.tuples(st.just("elsewhere"), st.integers(0, 2)),
    st.tuples(st.just("end"), st.just(0)),
    st.tuples(st.just("cancel"), st.just(0)),
)
"""Each with hours, or the number of the hall."""


def _die(session: Session) -> None:
    reminders.tell_next(session)
    raise DiedError


@dataclass
class Watch:
    """What should be heard of one meeting, by the rules alone, beside what was."""

    town: Town
    by: By
    meeting: Meeting
    person: Resident
    comes: bool
    quiet: QuietHours
    ahead: set[timedelta] = field(default_factory=set)
    told: set[tuple[str, timedelta]] = field(default_factory=set)
    news: str | None = None
    seen: set[int] = field(default_factory=set)
    waiting: list[datetime] = field(default_factory=list)
    was_to_hear: bool = False

    @property
    def now(self) -> datetime:
        return self.town.clock.now()

    @property
    def runs(self) -> bool:
        """Whether it is to take place, and has not begun."""
        return self.meeting.state is MeetingState.PUBLISHED and self.meeting.starts_at > self.now

    def plan(self) -> None:
        starts, print_ = self.meeting.starts_at, self.meeting.fingerprint
        published = self.meeting.state is MeetingState.PUBLISHED
        due = {lead for lead in LEADS if published and starts - lead > self.now}
        self.ahead = {lead for lead in due if (print_, lead) not in self.told}

    def became(self, after: Meeting) -> None:
        """Take note of a change: who comes, heard of it, or was about to, is to be told."""
        before, self.meeting = self.meeting, after
        if before.fingerprint == after.fingerprint:
            return
        off = after.state is MeetingState.CANCELLED
        self.news = CANCELLED if off else CHANGED
        self.was_to_hear |= bool(self.waiting)
        self.waiting.clear()
        self.plan()

    def comes_due(self) -> None:
        """Take note of what is queued now, for when it may be heard."""
        hears = self.news and (self.comes or self.seen or self.was_to_hear)
        self.news = None
        due = {lead for lead in self.ahead if self.meeting.starts_at - lead <= self.now}
        self.ahead -= due
        if self.now >= self.meeting.starts_at:
            return
        self.told |= {(self.meeting.fingerprint, lead) for lead in due}
        at = self.quiet.until(self.now)
        if at < self.meeting.starts_at:
            self.waiting += [at] * (bool(hears) + bool(due))

    def goes_out(self) -> int:
        """Return how many messages are heard now: none at night, none after the start."""
        if self.now >= self.meeting.starts_at:
            self.was_to_hear |= bool(self.waiting)
            self.waiting.clear()
        going = [] if self.quiet.holds(self.now) else [at for at in self.waiting if at <= self.now]
        self.waiting = [at for at in self.waiting if at not in going]
        return len(going)

    async def look(self) -> None:
        """Do what is due, send it, and see that it is what should be."""
        self.comes_due()
        expected = self.goes_out()
        await remind(self.town.store)
        await send(self.town)
        there = await heard(self.town, self.person)
        fresh = {one.id for one in there if one.state == "sent"} - self.seen
        self.seen |= fresh
        assert len(fresh) == expected, (expected, there)
        assert [one for one in there if one.state == "queued" and one.due_at <= self.now] == []


async def _go_on(watch: Watch, hours: int) -> None:
    for _ in range(hours):
        watch.town.pass_time(hours=1)
        await watch.look()


async def _stand_still(watch: Watch, hours: int) -> None:
    watch.town.pass_time(hours=hours)
    await watch.look()


async def _end_in_between(watch: Watch, _number: int) -> None:
    with pytest.raises(DiedError):
        await watch.town.write(_die)
    await watch.look()


async def _move(watch: Watch, hours: int) -> None:
    at = watch.meeting
    starts_at = at.starts_at + timedelta(hours=hours)
    if watch.runs and starts_at > watch.now:
        watch.became(await watch.town.write(meeting.change, watch.by, at.reference, starts_at, at.facts))


async def _elsewhere(watch: Watch, hall: int) -> None:
    at = watch.meeting
    facts = replace(at.facts, venue=Venue(f"Hall {hall}", "1 Example Road"))
    if watch.runs:
        watch.became(await watch.town.write(meeting.change, watch.by, at.reference, at.starts_at, facts))


async def _cancel(watch: Watch, _number: int) -> None:
    at = watch.meeting
    if watch.runs:
        watch.became(await watch.town.write(meeting.cancel, watch.by, at.reference, "The hall is flooded"))


_DOES: dict[str, Callable[[Watch, int], Awaitable[None]]] = {
    "go on": _go_on,
    "stand still": _stand_still,
    "end": _end_in_between,
    "move": _move,
    "elsewhere": _elsewhere,
    "cancel": _cancel,
}


@pytest.mark.timeout(300)
@settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@example(
    comes=False,
    night="never quiet",
    hours=175,
    script=[("stand still", 170), ("move", 26), ("stand still", 23)],
)
@example(
    comes=True,
    night="never quiet",
    hours=175,
    script=[("go on", 8), ("elsewhere", 1), ("elsewhere", 2), ("stand still", 170)],
)
@example(
    comes=False,
    night="never quiet",
    hours=30,
    script=[("go on", 7), ("move", 200), ("end", 0), ("go on", 30), ("move", -200)],
)
@example(
    comes=False,
    night="quiet at night",
    hours=39,
    script=[("go on", 15), ("elsewhere", 1), ("go on", 1), ("elsewhere", 2), ("go on", 24)],
)
@example(
    comes=False,
    night="quiet at night",
    hours=39,
    script=[("go on", 15), ("move", 26), ("move", -26), ("go on", 24)],
)
@given(
    comes=st.booleans(),
    night=st.sampled_from(sorted(NIGHTS)),
    hours=st.sampled_from((3, 27, 31, 39, 175, 200, 400)),
    script=st.lists(STEPS, min_size=4, max_size=12),
)
async def test_each_lead_and_each_change_is_told_once_and_nothing_else(
    town: Town, sam: By, comes: bool, night: str, hours: int, script: list[tuple[str, int]]
) -> None:
    person, quiet = await town.resident(), NIGHTS[night]
    made = await town.write(meeting.make, sam, town.clock.now() + timedelta(hours=hours), FACTS)
    there = await town.write(meeting.publish, sam, made.reference)
    topics = frozenset({Topic.SURVEYS}) if comes else MEETINGS
    await town.write(subscription.subscribe, person, Subscription(topics, quiet=quiet), Consent("Yes", "en"))
    if comes:
        await town.write(attendance.come, person, there.reference)
    watch = Watch(town, sam, there, person, comes, quiet)
    watch.plan()
    for what, number in script:
        await _DOES[what](watch, number)
    await watch.look()
    await _cancel(watch, 0)  # what is left of it would be told to the next one's subscriber
    await watch.look()
    town.pass_time(hours=24)
    await watch.look()
