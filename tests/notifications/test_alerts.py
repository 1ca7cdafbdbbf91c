"""What whoever answers for a report hears of its reporter, besides words."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from store.actions import evidence, report, triage
from store.domain.reference import Restriction
from store.domain.staff import Role
from store.tables.report import ReportRow
from tests.support.deliveries import Letter, letters, link_chat
from tests.support.triage_factory import Town


def add_file(session: Session, reference: str) -> None:
    row = session.query(ReportRow).filter_by(reference=reference).one()
    evidence.add(session, row, [{"kind": "photo", "file_id": "f", "unique_id": "u", "name": "tom.jpg"}])


async def alerts(town: Town) -> list[Letter]:
    return await letters(town.store, "staff.alert", 900)


async def test_an_album_added_later_is_told_once_and_the_next_file_again(town: Town) -> None:
    cleo = await town.staff("Cleo")
    await town.write(link_chat, cleo.staff.id, 900)
    reference = await town.report()
    await town.write(add_file, reference)
    assert await alerts(town) == []
    await town.write(triage.take, cleo, reference)
    for _file in range(3):
        await town.write(add_file, reference)
    [told] = await alerts(town)
    assert told.text == f"The reporter of {reference} sent a file."
    assert told.buttons == {"Open the report": f"s:open:{reference}:"}
    town.pass_time(minutes=1)
    await town.write(add_file, reference)
    assert len(await alerts(town)) == 2


async def test_the_officer_of_a_case_hears_of_files_to_its_reports(town: Town) -> None:
    cleo, ben = await town.staff("Cleo"), await town.staff("Ben")
    await town.write(link_chat, cleo.staff.id, 900)
    case = await town.write(triage.open_case, cleo, await town.report())
    reference = await town.report()
    await town.write(triage.take, ben, reference)
    await town.write(triage.add_to_case, ben, reference, case.reference)
    await town.write(add_file, reference)
    [told] = await alerts(town)
    assert reference in told.text


@pytest.mark.parametrize("category", ["noise.domestic", "street.hate"])
async def test_whoever_took_a_report_hears_that_it_was_taken_back(town: Town, category: str) -> None:
    dee, ada = await town.staff("Dee", Role.OFFICER, Restriction.HATE), await town.resident()
    await town.write(link_chat, dee.staff.id, 900)
    reference = await town.report(ada, category=category)
    await town.write(triage.take, dee, reference)
    before = len(await alerts(town))
    await town.write(report.withdraw, ada, reference)
    [told] = (await alerts(town))[before:]
    assert told.text.startswith(f"The reporter of {reference} took it back.")
    restricted = category == "street.hate"
    assert ("console only" in told.text) is restricted
    assert bool(told.buttons) is not restricted
    page = await town.write(triage.open_report, dee, reference)
    assert page.timeline[-1].label == "Report withdrawn by the reporter"
