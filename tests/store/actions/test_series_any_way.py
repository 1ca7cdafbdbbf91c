"""Whatever is moved, published, called off and changed of a series, in whatever order: its dates are true."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import takewhile

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from store.actions import meeting, meeting_due, series, series_rest
from store.domain.clock import FixedClock
from store.domain.errors import Refusal
from store.domain.meeting import Meeting, MeetingState
from store.domain.recurrence import instant_of, local_of, parse
from store.domain.series import AHEAD, MOST_AHEAD, Plan, Series
from store.domain.staff import By
from store.engine import open_store
from store.queries import meeting_desk
from store.queries import series as reading
from store.queries.slots import slots
from tests.support.databases import SqliteDatabases
from tests.support.meetings import FACTS
from tests.support.triage_factory import MORNING, Town

DAY = timedelta(days=1)
STARTS = (
    ("FREQ=WEEKLY;INTERVAL=2", datetime(2026, 12, 1, 18, 30)),
    # Half past one on Sundays: skipped in March, twice there in October.
    ("FREQ=WEEKLY;INTERVAL=2", datetime(2026, 12, 6, 1, 30)),
    ("FREQ=MONTHLY;BYMONTHDAY=31", datetime(2026, 12, 31, 18, 30)),
    ("FREQ=MONTHLY;BYDAY=-1SU", datetime(2026, 11, 29, 1, 30)),
    ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", datetime(2028, 2, 29, 18, 30)),
)
RULES = (
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;INTERVAL=2;COUNT=9",
    "FREQ=MONTHLY",
    "FREQ=MONTHLY;BYDAY=3TU",
    "FREQ=MONTHLY;BYMONTHDAY=-1;UNTIL=20271231",
    "FREQ=YEARLY",
)
DEEDS = ("move", "retitle", "publish", "later", "cancel", "rest", "rest", "all", "end", "pass")
STEPS = st.tuples(st.sampled_from(DEEDS), st.integers(0, 40), st.integers(0, len(RULES) - 1))


class Desk:
    """A series and all that came of it, and somebody who changes it."""

    def __init__(self, town: Town, by: By) -> None:
        self.town, self.by = town, by
        self.own: dict[str, Meeting] = {}
        self.series: list[str] = []
        self.done: Counter[str] = Counter()

    async def begin(self, rule: str, start: datetime) -> None:
        made = await self.town.write(series.make_series, self.by, Plan(parse(rule, start), start, FACTS))
        self.series.append(made.id)

    async def all(self) -> list[Meeting]:
        found = [await self.town.read(reading.all_of, one) for one in self.series]
        return sorted((one for its in found for one in its), key=lambda one: (one.slot or "", one.id))

    async def do(self, deed: str, which: int, other: int) -> None:
        """Do it and let a night pass over it; what makes no sense now is refused, and changes nothing."""
        before = await self.all()
        one = before[which % len(before)]
        try:
            await self._do(deed, one, which, other)
        except Refusal:
            assert await self.all() == before
        else:
            self.done[deed] += 1
        self._check_kept(before, await self.all())
        while await self.town.write(meeting_due.publish_due):
            pass
        for series_id in await self.town.read(reading.going_on):
            await self.town.write(series.extend, series_id)

    async def _do(self, deed: str, one: Meeting, which: int, other: int) -> None:
        write, reference = self.town.write, one.reference
        match deed:
            case "move" | "retitle":
                starts_at = one.starts_at + DAY * (1 + other) * (deed == "move")
                named = one.facts if deed == "move" else replace(one.facts, title=f"Own name {other}")
                self.own[reference] = await write(meeting.change, self.by, reference, starts_at, named)
            case "publish":
                await write(meeting.publish, self.by, reference)
            case "later":
                at = self.town.clock.now() + DAY * (1 + which)
                await write(meeting_due.publish_later, self.by, reference, at)
            case "cancel":
                await write(meeting.cancel, self.by, reference, "The hall is closed")
            case "rest":
                await self._change_rest(one, which, other)
            case "all":
                await write(series.publish_all, self.by, reference)
            case "end":
                await write(series.end, self.by, reference, "Nobody came")
            case _:
                self.town.pass_time(days=1 + which)

    async def _change_rest(self, one: Meeting, which: int, other: int) -> None:
        slot = datetime.fromisoformat(one.slot or "")
        start = slot.replace(minute=which) + DAY * (which % 3)
        plan = Plan(parse(RULES[other], start), start, replace(FACTS, title=f"Title {which}"))
        first = await self.town.write(series_rest.change_rest, self.by, one.reference, plan)
        if first.series_id not in self.series:
            self.series.append(first.series_id or "")

    def _check_kept(self, before: list[Meeting], after: list[Meeting]) -> None:
        """No meeting is lost; what had begun is as it was; what people knew of they still know."""
        now, there = self.town.clock.now(), {one.reference: one for one in after}
        for one in before:
            is_ = there[one.reference]
            assert is_.id == one.id
            assert is_.sequence >= one.sequence
            assert (is_.published_at is None) <= (one.published_at is None)
            if one.starts_at <= now and one.state is not MeetingState.DRAFT:
                assert (is_.starts_at, is_.facts, is_.state) == (one.starts_at, one.facts, one.state)
            told = (one.starts_at, one.facts.venue, one.state) != (is_.starts_at, is_.facts.venue, is_.state)
            if told and one.state is MeetingState.PUBLISHED:
                assert is_.sequence > one.sequence

    async def check(self) -> None:
        """Each meeting is on a date of its series, once; and each date within reach has its meeting."""
        found = await self.all()
        alive = [one for one in found if one.state is not MeetingState.CANCELLED]
        assert len({one.slot for one in alive}) == len(alive)
        for series_id in self.series:
            its = [one for one in found if one.series_id == series_id]
            if its:
                page = await self.town.read(meeting_desk.page, self.by.staff, its[0].reference)
                assert page.series is not None
                self._check_series(page.series, its)

    def _check_series(self, one: Series, its: list[Meeting]) -> None:
        now = self.town.clock.now()
        ends = local_of(max([now + AHEAD, *(each.starts_at for each in its)])) + 31 * DAY
        dates = list(takewhile(lambda slot: slot < ends, slots(one.rule, one.first_start)))
        ahead = {f"{slot:%Y-%m-%dT%H:%M}" for slot in dates if now < instant_of(slot) <= now + AHEAD}
        made = {each.slot for each in its}
        assert {each.slot for each in its if each.state is not MeetingState.CANCELLED} <= {
            f"{slot:%Y-%m-%dT%H:%M}" for slot in dates
        }
        if one.ended_at is None:
            assert set(sorted(ahead)[:MOST_AHEAD]) <= made
        for each in its:
            cancelled = each.state is MeetingState.CANCELLED
            if each.reference not in self.own and each.starts_at > now and not cancelled:
                assert each.starts_at == instant_of(datetime.fromisoformat(each.slot or ""))
                assert each.facts == one.facts


@pytest.mark.slow
@settings(
    max_examples=15,
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(begin=st.sampled_from(STARTS), script=st.lists(STEPS, min_size=6, max_size=14))
async def test_every_meeting_is_on_a_date_of_its_series_and_none_is_lost(
    sqlite_databases: SqliteDatabases, begin: tuple[str, datetime], script: Sequence[tuple[str, int, int]]
) -> None:
    url, clock = await sqlite_databases.migrated(), FixedClock(MORNING)
    async with open_store(url, clock) as store:
        town = Town(store, clock)
        desk = Desk(town, await town.staff("Sue"))
        await desk.begin(*begin)
        await desk.check()
        for step in script:
            await desk.do(*step)
            await desk.check()
        assert desk.done
    await sqlite_databases.drop(url)
