"""The morning digest: once a day, numbers only, nothing where there is nothing to say."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from notifications.outbox import Outbox
from notifications.timetable import TIMETABLE
from store.actions import case, digest, message, reference, triage
from store.domain.case import CaseState
from store.domain.event import Action
from store.domain.reference import Restriction
from store.domain.staff import By, Role
from store.engine import now, open_store
from store.queries import digests
from store.tables.case import CaseRow
from store.tables.case_file import TaskRow
from store.tables.staff import StaffGrantRow
from tests.support.deliveries import Letter, letters, link_chat
from tests.support.triage_factory import PROFILE, Town, counted

GROUP, CLEO, HAL = -100200300, 900, 902
[TICK] = [entry.work for entry in TIMETABLE if entry.name == "make the morning digest"]


@pytest.fixture
async def cleo(town: Town) -> By:
    await town.write(reference.seed, PROFILE)
    by = await town.staff("Cleo")
    await town.write(link_chat, by.staff.id, CLEO)
    return by


async def told(town: Town, chat_id: int) -> list[Letter]:
    return await letters(town.store, "staff.digest", chat_id)


def _to_do(session: Session, by: By, reference_: str, due: date) -> None:
    session.execute(update(CaseRow).where(CaseRow.reference == reference_).values(review_on=due))
    row = session.query(CaseRow).filter_by(reference=reference_).one()
    at = now(session)
    task = {"case_id": row.id, "assignee_id": by.staff.id, "created_by": by.staff.id, "created_at": at}
    session.add(TaskRow(text="Ring the landlord", due_on=due, **task))
    session.add(TaskRow(text="Later", due_on=due + timedelta(days=1), **task))
    session.add(TaskRow(text="Done", due_on=due, done_at=at, **task))


def _end_grants(session: Session) -> None:
    session.query(StaffGrantRow).delete()


async def a_busy_monday(town: Town, by: By) -> str:
    """Leave Cleo one answer, one case missed, one report due today, one task, one review."""
    ada = await town.resident("Ada Marsh")
    reference_ = await town.report(ada, what="Secret words")
    opened = await town.write(triage.open_case, by, reference_)
    await town.write(message.add, ada, reference_, "More secret words")
    town.pass_time(days=1)
    await town.write(triage.take, by, await town.report())
    await town.report(category="street.threats")
    await town.write(_to_do, by, opened.reference, date(2026, 12, 1))
    town.pass_time(days=7)
    return opened.reference


async def test_an_officer_and_the_desk_are_told_numbers_and_never_words_or_names(
    town: Town, cleo: By
) -> None:
    await a_busy_monday(town, cleo)
    await TICK(town.store)
    [mine] = await told(town, CLEO)
    assert mine.text == (
        "Your day, Tuesday 1 December\nNew from reporters: 1\nTargets missed: 1\nDue today: 1\n"
        "Tasks due: 1\nCases to review: 1\nhttps://safety.example/console"
    )
    [desk] = await told(town, GROUP)
    assert desk.text == (
        "The desk, Tuesday 1 December\nWaiting: 2 (1 P1, 1 P3)\nTargets missed: 1\n"
        "Oldest: since Tuesday 24 November\nhttps://safety.example/console/reports"
    )


async def test_a_digest_is_made_once_a_day_whatever_starts_anew(
    town: Town, cleo: By, migrated_database_url: str
) -> None:
    await a_busy_monday(town, cleo)
    async with open_store(migrated_database_url, town.clock) as other:
        other.before_commit = Outbox(GROUP, "https://safety.example", lambda: PROFILE).publish
        await asyncio.gather(*(TICK(store) for store in (town.store, other, town.store, other)))
        town.pass_time(hours=1)
        await TICK(other)
        assert len(await told(town, CLEO)) == len(await told(town, GROUP)) == 1
        town.pass_time(hours=23)
        await TICK(other)
    assert len(await told(town, CLEO)) == len(await told(town, GROUP)) == 2


async def test_nothing_is_made_at_weekends_and_nothing_said_where_nothing_awaits(
    town: Town, cleo: By
) -> None:
    town.pass_time(days=5)
    assert not await town.write(digest.make)
    town.pass_time(days=2)
    assert await town.write(digest.make)
    assert await told(town, CLEO) == []
    [desk] = await told(town, GROUP)
    assert "Nothing waits for triage." in desk.text
    await town.report()
    town.pass_time(days=1)
    await town.write(digest.make)
    town.pass_time(hours=1)
    assert "Oldest: since Monday 30 November" in (await told(town, GROUP))[-1].text
    assert await town.how_often(Action.DIGEST_MADE) == 2


async def test_what_came_in_today_is_said_so(town: Town, cleo: By) -> None:
    await town.report()
    await town.write(digest.make)
    assert "Oldest: today" in (await told(town, GROUP))[-1].text


async def test_what_an_officer_may_no_longer_open_is_not_counted(town: Town, cleo: By) -> None:
    hal = await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    await town.write(link_chat, hal.staff.id, HAL)
    ada = await town.resident()
    hate, other = await town.report(ada, "street.hate", danger="yes"), await town.report(ada, "street.hate")
    opened = await town.write(triage.open_case, hal, hate)
    await town.write(case.move, hal, opened.reference, CaseState.INVESTIGATING)
    await town.write(triage.take, hal, other)
    for reference_ in (hate, other):
        await town.write(message.add, ada, reference_, "More.")
    town.pass_time(days=1)
    await town.write(_to_do, hal, opened.reference, date(2026, 11, 24))
    [mine] = await town.read(digests.for_officers, date(2026, 11, 24))
    assert (mine.answers, mine.due_today, mine.missed, mine.tasks, mine.reviews) == (2, 1, 0, 1, 1)
    assert (await town.read(digests.for_desk)).oldest is None
    await town.write(_end_grants)
    with counted() as sent:
        assert await town.read(digests.for_officers, date(2026, 11, 24)) == []
    assert len(sent) == 6
