"""A report that was answered and then left in triage: supervisors hear of it, but not while we wait."""

from __future__ import annotations

from datetime import timedelta

from notifications.timetable import TIMETABLE
from store.actions import escalation, staff
from store.domain.actor import SYSTEM
from store.domain.staff import Role
from store.domain.target import Standing, rules_of
from store.queries import reports
from tests.support.form import say
from tests.support.town import Town

[TICK] = [entry.work for entry in TIMETABLE if entry.name == "escalate what was missed"]


async def standing(town: Town, reference: str) -> Standing:
    """Return how the target of a waiting report stands, as Cleo sees it."""
    line = await town.house.read(reports.line, town.officer.staff, reference)
    now, paused = town.house.clock.now(), line.target_paused_at is not None
    profile = town.house.app.reference.profile
    return rules_of(profile).standing(line.target_at, now, paused=paused)


async def test_an_answered_report_that_nobody_decides_is_missed_once(own_town: Town) -> None:
    town = own_town
    sue = await town.house.write(staff.add, SYSTEM, "sue", "Sue", Role.SUPERVISOR)
    await town.house.write(staff.link, await town.house.write(staff.start_link, sue.id), town.dan.id)
    reference = await town.report(town.ada, group="other", identity="anonymous")
    town.ada.mark()
    await say(town.cleo, f"/reply {reference} Thank you. We are looking at it.")
    await town.ada.wait_for("We are looking at it.")
    assert await standing(town, reference) is Standing.DUE

    await say(town.cleo, f"/open {reference}")
    town.cleo.tap("Ask")
    await town.cleo.wait_for("want to ask the reporter")
    await say(town.cleo, "Which house?")
    town.ada.tap("Answer", await town.ada.wait_for("Which house?"))
    await town.ada.wait_for("write your answer")
    assert await standing(town, reference) is Standing.PAUSED
    await say(town.ada, "Number nine")
    await town.settled()
    assert await standing(town, reference) is Standing.DUE

    town.dan.mark()
    town.pass_time(days=45)
    assert await standing(town, reference) is Standing.MISSED
    await TICK(town.house.app.store)
    told = await town.dan.wait_for("A target was missed: decision or next word")
    assert reference in told.text
    assert await town.house.write(escalation.escalate) == 0


async def test_a_question_without_an_answer_does_not_hide_a_report_for_ever(own_town: Town) -> None:
    town = own_town
    reference = await town.report(town.ada, group="other")
    await say(town.cleo, f"/open {reference}")
    town.cleo.tap("Ask")
    await town.cleo.wait_for("want to ask the reporter")
    await say(town.cleo, "Which house?")
    await town.ada.wait_for("Which house?")
    assert await standing(town, reference) is Standing.PAUSED
    town.pass_time(days=20)
    await TICK(town.house.app.store)
    assert await standing(town, reference) is Standing.DUE
    town.house.clock.advance(timedelta(days=60))
    assert await standing(town, reference) is Standing.MISSED
