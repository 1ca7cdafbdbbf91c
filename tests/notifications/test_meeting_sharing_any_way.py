"""Whatever staff share and correct, and whenever we stand still: never twice, never missing, never stale.

A person hears of a priority, and of each result that was shared, once; nothing that is sent says
words that staff had changed by then.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import time, timedelta

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from notifications import meeting_sharing as telling
from notifications.timetable import bundle, hear_back
from store.actions import delivery, meeting_priority, meeting_sharing, resident, subscription
from store.actions.subscription import Consent
from store.domain.delivery import DeliveryState, Sent
from store.domain.meeting import Meeting, MeetingPriority
from store.domain.resident import Resident
from store.domain.staff import By
from store.domain.subscription import Frequency, QuietHours, Subscription, Topic
from store.engine import Session
from store.queries import outbox
from store.tables.delivery import DeliveryRow
from tests.support.dying import DiedError
from tests.support.meetings import held
from tests.support.readers import sam
from tests.support.triage_factory import PROFILE, Town

__all__ = ["sam"]

SITE = "https://safety.example"
NEVER = QuietHours(time(0), time(0))
WISHES = (
    Subscription(frozenset({Topic.YOU_SAID}), quiet=NEVER),
    Subscription(frozenset({Topic.YOU_SAID}), quiet=QuietHours(time(11), time(16))),
    Subscription(frozenset({Topic.YOU_SAID}), quiet=QuietHours(time(6), time(22))),
    Subscription(frozenset({Topic.YOU_SAID}), frequency=Frequency.WEEKLY),
    Subscription(frozenset({Topic.YOU_SAID}), frequency=Frequency.DAILY),
)
STEPS = st.one_of(
    st.tuples(st.just("share"), st.just(0)),
    st.tuples(st.just("correct"), st.integers(0, 2)),
    st.tuples(st.just("result"), st.integers(0, 2)),
    st.tuples(st.just("no result"), st.integers(0, 2)),
    st.tuples(st.just("drop"), st.integers(0, 2)),
    st.tuples(st.just("add"), st.just(0)),
    st.tuples(st.just("go on"), st.sampled_from((0, 1, 2, 5, 20, 200))),
    st.tuples(st.just("one page"), st.just(0)),
    st.tuples(st.just("end"), st.just(0)),
    st.tuples(st.just("lease"), st.just(0)),
    st.tuples(st.just("return"), st.just(0)),
    st.tuples(st.just("pause"), st.integers(0, 4)),
    st.tuples(st.just("stop"), st.integers(0, 4)),
)


def _die(session: Session) -> None:
    telling.tell_next(session, SITE)
    raise DiedError


@dataclass
class Said:
    """A priority as staff say it. `name` tells it apart from all others, whatever is corrected."""

    name: str
    version: int = 0
    result: str | None = None
    shared: bool = False
    shared_result: str | None = None

    @property
    def told(self) -> MeetingPriority:
        return MeetingPriority(self.name, f"Owner v{self.version} of {self.name}", self.result)


@dataclass
class Watch:
    """What was shared, by the rules alone, beside what each person was sent."""

    town: Town
    by: By
    meeting: Meeting
    people: list[Resident]
    said: list[Said] = field(default_factory=list)
    numbers: int = 0
    heard: dict[str, list[str]] = field(default_factory=dict)
    excused: set[str] = field(default_factory=set)
    in_hand: dict[int, str] = field(default_factory=dict)

    async def write(self) -> None:
        told = [one.told for one in self.said]
        await self.town.write(meeting_priority.set_priorities, self.by, self.meeting.reference, told)

    def sent(self, person: str, text: str) -> None:
        """See that what is sent is true now and was not heard before."""
        known = {one.name: one for one in self.said}
        for part in text.split("\n\n")[1:]:
            what, owner, result = part.split("\n")
            name = what.partition(". ")[2]
            one = known.get(name)
            assert one is not None, f"{name} was dropped before this was sent"
            assert one.shared
            assert owner == f"Who does it: {one.told.owner}"
            done = result.partition("done: ")[2]
            if done:
                assert done == one.result == one.shared_result
            self.heard.setdefault(person, []).append(f"{name}: {done}")

    async def send(self) -> None:
        """Send what is due, as the sender does, and look at each message."""
        await bundle(self.town.store)
        found = (await self.town.store.read(outbox.due, 1_000)).deliveries
        leased = await self.town.write(delivery.lease, [one.id for one in found])
        texts = await self.town.read(_texts, leased)
        for one in sorted(leased):
            self.sent(*texts[one])
        if leased:
            await self.town.write(delivery.finish, [Sent(one, DeliveryState.SENT, one) for one in leased])

    def look(self) -> None:
        """See that nobody heard the same twice, and that whoever listens heard all that still holds."""
        for person, heard in self.heard.items():
            results = [one for one in heard if not one.endswith(": ")]
            assert len(set(results)) == len(results), (person, heard)
            for one in self.said:
                bare = [each for each in heard if each == f"{one.name}: "]
                assert len(bare) <= 1, (person, heard)

    def look_at_last(self) -> None:
        self.look()
        for person in self.people:
            heard = self.heard.get(person.id, [])
            for one in self.said:
                if person.id not in self.excused and one.shared:
                    current = one.shared_result if one.shared_result == one.result else None
                    wanted = f"{one.name}: {current}" if current else f"{one.name}: "
                    ok = wanted in heard or (not current and any(each.startswith(one.name) for each in heard))
                    assert ok, (wanted, heard)


def _texts(session: Session, ids: set[int]) -> dict[int, tuple[str, str]]:
    rows = session.execute(select(DeliveryRow.id, DeliveryRow.key, DeliveryRow.params)).all()
    return {row.id: (row.key.split(":")[2], json.loads(row.params)["text"]) for row in rows if row.id in ids}


async def _share(watch: Watch, _number: int) -> None:
    if watch.said:
        await watch.town.write(meeting_sharing.share, watch.by, watch.meeting.reference)
        for one in watch.said:
            one.shared, one.shared_result = True, one.result


async def _correct(watch: Watch, which: int) -> None:
    for one in watch.said[which : which + 1]:
        one.version += 1
        await watch.write()


async def _result(watch: Watch, which: int) -> None:
    watch.numbers += 1
    for one in watch.said[which : which + 1]:
        one.result = f"Result {watch.numbers}"
        await watch.write()


async def _no_result(watch: Watch, which: int) -> None:
    for one in watch.said[which : which + 1]:
        one.result, one.shared_result = None, None
        await watch.write()


async def _drop(watch: Watch, which: int) -> None:
    if watch.said[which : which + 1]:
        del watch.said[which]
        await watch.write()


async def _add(watch: Watch, _number: int) -> None:
    watch.numbers += 1
    if len(watch.said) < 3:
        watch.said.append(Said(f"Priority {watch.numbers}"))
        await watch.write()


async def _go_on(watch: Watch, hours: int) -> None:
    watch.town.pass_time(hours=hours, minutes=2)
    await hear_back(watch.town.store, SITE)
    await watch.send()
    watch.look()


async def _one_page(watch: Watch, _number: int) -> None:
    await watch.town.write(telling.tell_next, SITE)


async def _end(watch: Watch, _number: int) -> None:
    with pytest.raises(DiedError):
        await watch.town.write(_die)


async def _lease(watch: Watch, _number: int) -> None:
    """Let the sender take what is due, and keep it in hand."""
    found = (await watch.town.store.read(outbox.due, 3)).deliveries
    await watch.town.write(delivery.lease, [one.id for one in found])


async def _return(watch: Watch, _number: int) -> None:
    """Let it come back unsent."""
    await watch.town.write(delivery.give_back, await watch.town.read(_leased))


def _leased(session: Session) -> list[int]:
    return list(session.scalars(select(DeliveryRow.id).where(DeliveryRow.state == "leased")))


async def _pause(watch: Watch, which: int) -> None:
    person = watch.people[which]
    watch.excused.add(person.id)
    await watch.town.write(subscription.pause, person, watch.town.clock.now() + timedelta(days=3))


async def _stop(watch: Watch, which: int) -> None:
    person = watch.people[which]
    watch.excused.add(person.id)
    await watch.town.write(subscription.stop, person)


_DOES: dict[str, Callable[[Watch, int], Awaitable[None]]] = {
    "share": _share,
    "correct": _correct,
    "result": _result,
    "no result": _no_result,
    "drop": _drop,
    "add": _add,
    "go on": _go_on,
    "one page": _one_page,
    "end": _end,
    "lease": _lease,
    "return": _return,
    "pause": _pause,
    "stop": _stop,
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
@example(script=[("share", 0), ("go on", 0), ("correct", 0), ("one page", 0), ("correct", 0), ("go on", 200)])
@example(script=[("share", 0), ("one page", 0), ("one page", 0), ("lease", 0), ("result", 0), ("share", 0)])
@example(script=[("share", 0), ("go on", 0), ("result", 0), ("share", 0), ("go on", 0), ("result", 0)])
@example(script=[("share", 0), ("one page", 0), ("one page", 0), ("lease", 0), ("correct", 1), ("return", 0)])
@given(script=st.lists(STEPS, min_size=6, max_size=20))
async def test_each_hears_what_is_shared_once_and_in_true_words(
    town: Town, sam: By, script: list[tuple[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("store.actions.meeting_sharing.AT_ONCE", 2)
    area = PROFILE.areas[0].code
    there = await held(town, sam, area=area)
    people = []
    for wish in WISHES:
        person = await town.resident()
        mine = replace(wish, places=frozenset({area}))
        await town.write(subscription.subscribe, person, mine, Consent("Yes", "en"))
        people.append(person)
    try:
        await _play(Watch(town, sam, there, people), script)
    finally:  # else they would hear of the next one's meeting
        for person in people:
            await town.write(resident.set_do_not_contact, person, True)


async def _play(watch: Watch, script: list[tuple[str, int]]) -> None:
    await _add(watch, 0)
    await _add(watch, 0)
    for what, number in script:
        await _DOES[what](watch, number)
    await _return(watch, 0)
    for hours in (1, *[170, *[3] * 8] * 2):  # every digest, then every hour that is not quiet
        await _go_on(watch, hours)
    watch.look_at_last()
