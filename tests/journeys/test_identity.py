"""Named, confidential, anonymous: what the team may know of who told it."""

from __future__ import annotations

import re
from dataclasses import replace

from sqlalchemy import select

from store.actions import message, triage
from store.domain.actor import ActorKind
from store.engine import Session
from store.queries import chat, reports
from store.tables.event import EventRow
from store.tables.report import ReportRow
from tests.journeys.test_file import JPEG, fetched
from tests.support.form import DONE, fill, say, start, tap
from tests.support.town import Town, reference_in


async def test_a_confidential_report_shows_the_team_the_name_of_the_chat(town: Town) -> None:
    page = await town.page(await town.report(town.ada, group="other"))
    assert page.reporter_name == "Ada"


async def test_nothing_the_team_sees_joins_an_anonymous_report_to_the_person(town: Town) -> None:
    zelda = town.emulator.person("Zelda")
    named = await town.report(zelda, group="other")
    await start(zelda, "files", group="other", identity="anonymous")
    zelda.send_document(JPEG, "zelda-at-home.jpg", "image/jpeg")
    await zelda.wait_for("have your file")
    await tap(zelda, DONE)
    reference = reference_in(await fill(zelda, identity="anonymous"))
    await fetched(town, reference, 1)
    await town.staff_does(message.ask, reference, "Which house?")
    asked = await zelda.wait_for("Which house?")
    zelda.tap("Answer", asked)
    await zelda.wait_for("write your answer")
    assert "with the team" in (await say(zelda, "Number nine")).text

    page = await town.page(reference)
    listed = await town.house.read(reports.listing, town.officer.staff)
    line = next(line for line in listed if line.reference == reference)
    who = (await town.house.read(chat.who, zelda.id)).resident
    assert who
    for seen in (repr(page), repr(line), *(bubble.text for bubble in town.desk.messages)):
        for trace in ("Zelda", "zelda", str(zelda.id), who.id):
            assert trace not in seen
    assert page.reporter_name is None
    # Which reports lie beside it in the queue is said by priority and age alone.
    assert named not in repr(replace(page, previous=None, next=None))


async def test_two_anonymous_reports_of_one_person_are_not_joined(town: Town) -> None:
    first = await town.report(town.ada, group="other", identity="anonymous")
    second = await town.report(town.ada, group="other", identity="anonymous")
    third = await town.report(town.ada, group="other")
    ids = {(await town.kept(reference)).reporter_id for reference in (first, second, third)}
    assert len(ids) == 3


async def test_the_record_names_only_the_relay_for_all_that_an_anonymous_person_does(town: Town) -> None:
    reference = await town.report(town.ada, group="other", identity="anonymous")
    town.ada.say("/myreports")
    await town.ada.wait_for("Your reports")
    await tap_own(town, f"o:see:{reference}", "Received")
    await tap_own(town, f"o:add:{reference}", "like to add")
    await say(town.ada, "It was a red car")
    await tap_again(town, reference)
    page = await town.page(reference)
    actors = await town.house.read(_actors, page.report.id)
    assert actors == {page.report.reporter_id}


async def tap_own(town: Town, data: str, wanted: str) -> None:
    town.ada.tap(data)
    await town.ada.wait_for(wanted)


async def tap_again(town: Town, reference: str) -> None:
    town.ada.say("/myreports")
    await town.ada.wait_for("Your reports")
    await tap_own(town, f"o:see:{reference}", "Received")
    await tap_own(town, f"o:withdraw:{reference}", "want to take back")
    await tap_own(town, f"o:withdraw_yes:{reference}", "out of the list")


def _actors(session: Session, report_id: str) -> set[str]:
    rows = session.execute(
        select(EventRow.actor_id).where(
            EventRow.subject_id == report_id, EventRow.actor_kind == ActorKind.RESIDENT
        )
    )
    assert session.get(ReportRow, report_id)
    return set(rows.scalars())


async def test_the_person_still_finds_their_anonymous_reports_and_hears_of_them(town: Town) -> None:
    reference = await town.report(town.ada, group="other", identity="anonymous")
    assert reference in (await say(town.ada, "/myreports")).labels[0]
    town.ada.mark()
    await town.staff_does(triage.take, reference)
    assert reference in (await town.ada.wait_for(re.compile("looking at it now"))).text
