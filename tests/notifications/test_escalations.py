"""A missed target is told once, to the supervisors who may open the record."""

from __future__ import annotations

import asyncio

import pytest

from notifications.timetable import TIMETABLE
from store.actions import case, escalation, message, reference, triage
from store.domain.case import CaseState
from store.domain.event import Action
from store.domain.reference import Restriction
from store.domain.staff import By, Role
from store.engine import open_store
from store.queries import reports
from tests.support.deliveries import Letter, letters, link_chat
from tests.support.triage_factory import PROFILE, Town

SUE, HAL, CLEO = 901, 902, 900
[TICK] = [entry.work for entry in TIMETABLE if entry.name == "escalate what was missed"]


@pytest.fixture
async def cleo(town: Town) -> By:
    """Let Sue and Hal be supervisors, Hal trusted with hate; Cleo is an officer."""
    await town.write(reference.seed, PROFILE)
    sue, hal = await town.staff("Sue", Role.SUPERVISOR), await town.staff("Hal", Role.SUPERVISOR)
    by = await town.staff("Cleo")
    for person, chat_id in ((sue, SUE), (hal, HAL), (by, CLEO)):
        await town.write(link_chat, person.staff.id, chat_id)
    return by


async def told(town: Town, chat_id: int) -> list[Letter]:
    return await letters(town.store, "staff.escalation", chat_id)


async def test_a_missed_target_is_told_once_to_every_supervisor(town: Town, cleo: By) -> None:
    reference_ = await town.report(what="Secret words")
    await TICK(town.store)
    assert await told(town, SUE) == []
    town.pass_time(days=7, hours=9)
    for _tick in range(2):
        await TICK(town.store)
    for chat_id in (SUE, HAL):
        [letter] = await told(town, chat_id)
        assert letter.text == (
            f"A target was missed: first contact, report {reference_}\n"
            "P3 · Noise from a home · Ramsgate\n"
            f"https://safety.example/console/reports/{reference_}"
        )
    assert await told(town, CLEO) == []
    assert await town.how_often(Action.TARGET_MISSED) == 1
    [line] = await town.read(reports.queue, cleo.staff)
    assert line.escalated_at is not None
    assert line.version == 1
    page = await town.write(triage.open_report, cleo, reference_)
    assert page.timeline[-1].label == "Target missed, supervisors told"


async def test_of_a_restricted_record_only_those_granted_it_hear_and_only_its_reference(
    town: Town, cleo: By
) -> None:
    trusted = await town.staff("Tess", Role.SUPERVISOR, Restriction.HATE)
    await town.write(link_chat, trusted.staff.id, 903)
    reference_ = await town.report(category="street.hate", danger="yes")
    town.pass_time(days=7)
    await TICK(town.store)
    assert await told(town, SUE) == []
    [letter] = await told(town, 903)
    assert letter.text == (
        f"A target was missed: {reference_}\n"
        f"It opens in the console only: https://safety.example/console/reports/{reference_}"
    )


async def test_where_no_supervisor_may_open_it_the_granted_hear_and_the_overseers_of_its_kind(
    town: Town, cleo: By
) -> None:
    trusted = await town.staff("Tess", Role.OFFICER, Restriction.HATE)
    await town.write(link_chat, trusted.staff.id, 903)
    reference_ = await town.report(category="street.hate", danger="yes")
    town.pass_time(days=7)
    await TICK(town.store)
    [letter] = await told(town, 903)
    assert letter.text.startswith(f"A target was missed: {reference_}\n")
    for chat_id in (SUE, HAL):
        [letter] = await told(town, chat_id)
        assert letter.text == (
            "A target was missed on a restricted record (report, hate) that no supervisor with a linked chat "
            "may open. An administrator can let somebody open this kind: "
            "python -m bot staff grant USERNAME hate"
        )
    assert await told(town, CLEO) == []


async def test_a_case_is_escalated_for_each_target_but_not_while_its_clock_stands(
    town: Town, cleo: By
) -> None:
    reference_ = await town.report()
    opened = await town.write(triage.open_case, cleo, reference_)
    await town.write(case.move, cleo, opened.reference, CaseState.WAITING_REPORTER)
    town.pass_time(days=30)
    assert await town.write(escalation.escalate) == 0
    await town.write(case.move, cleo, opened.reference, CaseState.INVESTIGATING)
    town.pass_time(days=30)
    assert await town.write(escalation.escalate) == 1
    await town.write(message.reply, cleo, reference_, "We are on it.")
    assert await town.write(escalation.escalate) == 0
    town.pass_time(days=45)
    assert await town.write(escalation.escalate) == 1
    texts = [letter.text.splitlines()[0] for letter in await told(town, SUE)]
    assert texts == [
        f"A target was missed: first contact, case {opened.reference}",
        f"A target was missed: next word to the reporters, case {opened.reference}",
    ]


async def test_a_report_that_was_answered_and_then_left_in_triage_is_missed_too(town: Town, cleo: By) -> None:
    references = [await town.report(identity=identity) for identity in ("named", "anonymous")]
    for reference_ in references:
        await town.write(message.reply, cleo, reference_, "Thank you, we are looking at it.")
    town.pass_time(days=28)
    await TICK(town.store)
    assert await told(town, SUE) == []
    town.pass_time(days=3)
    for _tick in range(2):
        await TICK(town.store)
    assert sorted(letter.text.splitlines()[0] for letter in await told(town, SUE)) == sorted(
        f"A target was missed: decision or next word, report {reference_}" for reference_ in references
    )


async def test_two_schedulers_escalate_once(town: Town, cleo: By, migrated_database_url: str) -> None:
    for _ in range(5):
        await town.report()
    town.pass_time(days=9)
    async with open_store(migrated_database_url, town.clock) as other:
        other.before_commit = town.store.before_commit
        await asyncio.gather(*(TICK(store) for store in (town.store, other, town.store, other)))
    assert len(await told(town, SUE)) == 5
    assert await town.how_often(Action.TARGET_MISSED) == 5
