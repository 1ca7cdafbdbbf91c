"""What came of meetings is read, and told, in few statements however much of it there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

import pytest

from notifications import meeting_sharing as telling
from store.actions import meeting_priority, meeting_sharing, reference, subscription
from store.actions.subscription import Consent
from store.domain.errors import NotAllowed
from store.domain.meeting import Meeting
from store.domain.staff import By, Role
from store.domain.subscription import QuietHours, Subscription, Topic
from store.engine import Session
from store.queries import meeting_sharings, sharing_desk
from tests.support.meetings import LIGHTS, MENDED, PARKING, held
from tests.support.triage_factory import PROFILE, Town, counted

ALL_DAY = Subscription(frozenset({Topic.YOU_SAID}), quiet=QuietHours(time(0, 1), time(0)))


async def shared(town: Town, by: By) -> Meeting:
    made = await held(town, by, MENDED, PARKING)
    await town.write(meeting_sharing.share, by, made.reference)
    return made


async def told_in(town: Town, by: By, people: int) -> list[int]:
    """Return the statements of each unit in which so many are told, and told in other words."""
    for _ in range(people):
        person = await town.resident()
        await town.write(subscription.subscribe, person, ALL_DAY, Consent("Yes", "en"))
    there = await held(town, by, LIGHTS)
    counts = []
    for deed in (meeting_sharing.share, _correct):
        await town.write(deed, by, there.reference)
        count: int | None = 0
        while count is not None:
            with counted() as statements:
                count = await town.write(telling.tell_next, "https://safety.example")
            counts.append(len(statements))
    return counts


def _correct(session: Session, by: By, of_meeting: str) -> None:
    meeting_priority.set_priorities(session, by, of_meeting, [replace(LIGHTS, owner="Kent")])


async def test_the_statements_of_telling_do_not_grow_with_those_who_are_told(town: Town) -> None:
    await town.write(reference.seed, PROFILE)
    cleo = await town.staff("Cleo")
    few = await told_in(town, cleo, 3)
    assert await told_in(town, cleo, 40) == few


async def test_pages_cost_the_same_however_many_meetings_there_are(town: Town) -> None:
    cleo = await town.staff("Cleo")
    for times in (1, 5):
        last = [await shared(town, cleo) for _ in range(times)][-1]
        with counted() as statements:
            await town.read(meeting_sharings.newest, "ramsgate")
        assert len(statements) == 2
        with counted() as statements:
            assert await town.read(sharing_desk.duties, cleo.staff) == []
        assert len(statements) == 3
        with counted() as statements:
            await town.read(sharing_desk.standing, cleo.staff, last)
        assert len(statements) == 2


async def test_only_those_who_work_reports_look_before_it_is_shared(town: Town) -> None:
    cleo, ann = await town.staff("Cleo"), await town.staff("Ann", Role.ANALYST)
    there = await held(town, cleo, LIGHTS)
    for look, given in (
        (sharing_desk.page, (there.reference,)),
        (sharing_desk.standing, (there,)),
        (sharing_desk.duties, ()),
    ):
        with pytest.raises(NotAllowed):
            await town.read(look, ann.staff, *given)
