"""Undoing a merge leaves the case that stayed as it was, as far as nobody decided or wrote anything since."""

from __future__ import annotations

from typing import Any

import pytest

from store.actions import case, case_link, case_merge, hold, message, triage
from store.actions.case_facts import reclassify
from store.domain.case_facts import Fact
from store.domain.errors import NotFound
from store.domain.event import Action
from store.domain.reference import Restriction
from store.domain.staff import By, Role
from store.queries import recipients
from tests.support.case_file import a_case, another_report, case_row, file_of
from tests.support.triage_factory import PROFILE, Town

HATE = Restriction.HATE
FACTS = ("priority", "officer_id", "restriction", "place_words", "legal_hold", "target_at")


async def facts(town: Town, reference: str) -> list[Any]:
    row = await town.read(case_row, reference)
    return [row[name] for name in FACTS]


async def readers(town: Town) -> tuple[By, By]:
    return await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, HATE)


async def test_the_case_that_stayed_has_its_priority_officer_and_openness_again(town: Town) -> None:
    cleo, hal = await readers(town)
    went, stayed, hate = (
        await a_case(town, cleo),
        await a_case(town, cleo),
        await a_case(town, hal, category="street.hate"),
    )
    await town.write(case_merge.merge, cleo, went, stayed)
    before = await facts(town, stayed)
    await town.write(case_merge.merge, hal, hate, stayed)
    assert (await facts(town, stayed))[:3] == ["P2", hal.staff.id, HATE]
    town.events.clear()
    await town.write(case_merge.unmerge, hal, hate)
    assert await facts(town, stayed) == before
    for reference in (stayed, went):
        page = await town.write(case.open_page, cleo, reference)
        assert not any(report.restriction for report in page.reports)
    assert len((await town.read(file_of, stayed)).reports) == 2
    with pytest.raises(NotFound):
        await town.write(case.open_page, cleo, hate)
    told = town.last(Action.CASE_RESTRICTED)
    assert (told["change"], told["restriction"]) == ("hate → not restricted", None)
    for report in told["report_ids"]:
        assert await town.read(recipients.card, report) is not None
    assert town.last(Action.CASE_ASSIGNED)["officer_after"] == cleo.staff.id


@pytest.mark.parametrize("did", ["noted", "replied", "linked", "added", "held", "brought a hold"])
async def test_it_stays_restricted_where_anything_was_done_in_it_meanwhile(town: Town, did: str) -> None:
    cleo, hal = await readers(town)
    report = await town.report()
    stayed = (await town.write(triage.open_case, cleo, report)).reference
    hate = await a_case(town, hal, category="street.hate")
    if did == "brought a hold":
        await town.write(hold.hold, hal, hate, "Trial of Max Mustermann")
    await town.write(case_merge.merge, hal, hate, stayed)
    match did:
        case "noted":
            await town.write(message.note, hal, stayed, "The symbol again")
        case "replied":
            await town.write(message.reply, hal, report, "We saw the symbol")
        case "linked":
            await town.write(case_link.link, hal, stayed, await a_case(town, cleo))
        case "added":
            await another_report(town, hal, stayed)
        case "held":
            await town.write(hold.hold, hal, stayed, "Trial")
        case _:
            pass
    await town.write(case_merge.unmerge, hal, hate)
    for look, what in ((case.open_page, stayed), (triage.open_report, report)):
        with pytest.raises(NotFound):
            await town.write(look, cleo, what)
    assert (await facts(town, stayed))[1] == hal.staff.id


async def test_what_reporters_wrote_meanwhile_keeps_it_from_nobody(town: Town) -> None:
    (cleo, hal), ada = await readers(town), await town.resident()
    report = await town.report(ada)
    stayed = (await town.write(triage.open_case, cleo, report)).reference
    hate = await a_case(town, hal, category="street.hate")
    await town.write(case_merge.merge, hal, hate, stayed)
    await town.write(message.add, ada, report, "And again")
    await town.write(case_merge.unmerge, hal, hate)
    assert [one.text for one in (await town.write(case.open_page, cleo, stayed)).messages] == ["And again"]


async def test_what_was_decided_of_it_meanwhile_stays(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan", Role.SUPERVISOR)
    stayed, urgent = await a_case(town, cleo), await a_case(town, cleo, category="street.threats")
    await town.write(case_merge.merge, cleo, urgent, stayed)
    await town.write(case.take, dan, stayed)
    wanted: dict[Fact, str | None] = {Fact.PRIORITY: "P2"}
    await town.write(reclassify, dan, stayed, PROFILE, (wanted, "Less"))
    await town.write(case_merge.unmerge, cleo, urgent)
    assert (await facts(town, stayed))[:2] == ["P2", dan.staff.id]


async def test_what_came_into_it_meanwhile_is_as_urgent_as_it_is(town: Town) -> None:
    cleo = await town.staff("Cleo")
    stayed, urgent = await a_case(town, cleo), await a_case(town, cleo, category="street.threats")
    await town.write(case_merge.merge, cleo, urgent, stayed)
    await another_report(town, cleo, stayed, category="street.threats")
    await town.write(case_merge.unmerge, cleo, urgent)
    assert (await facts(town, stayed))[0] == "P1"
