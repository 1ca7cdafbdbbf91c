from __future__ import annotations

from typing import Any

import pytest

from store.actions import case, case_facts, case_merge, triage
from store.actions.case_facts import reclassify, restrict
from store.domain.case_facts import Fact
from store.domain.errors import Changed, NotAllowed, NotFound, Refusal
from store.domain.event import Action
from store.domain.reference import HomeOfficeType, Priority, Restriction
from store.domain.staff import Role
from tests.support.case_file import a_case, another_report
from tests.support.triage_factory import PROFILE, Town

HATE, CHILD = Restriction.HATE, Restriction.SAFEGUARDING


async def refused(town: Town, *args: Any) -> str:
    with pytest.raises(Refusal) as refusal:
        await town.write(*args)
    return refusal.value.key


async def test_a_case_is_corrected_with_before_after_and_why(town: Town) -> None:
    cleo = await town.staff("Cleo")
    reference = await a_case(town, cleo)
    facts = {
        Fact.CATEGORY: "street.threats",
        Fact.PRIORITY: "P1",
        Fact.HOME_OFFICE_TYPE: "nuisance",
        Fact.WARD: "margate-central",
    }
    after = await town.twice(reclassify, cleo, reference, PROFILE, (facts, "He said so."), 1)
    facts_then_target = 3
    assert (after.category, after.priority, after.home_office_type) == (
        "street.threats",
        Priority.P1,
        HomeOfficeType.NUISANCE,
    )
    assert (after.ward, after.area, after.version) == ("margate-central", "margate", facts_then_target)
    told = town.last(Action.CASE_RECLASSIFIED)
    assert (told["facts_before"]["priority"], told["facts_after"]["priority"]) == ("P3", "P1")
    page = await town.write(case.open_page, cleo, reference)
    detail = page.timeline[-1].detail or ""
    assert "Priority: P3 → P1" in detail
    assert detail.endswith(": He said so.")
    assert await town.how_often(Action.CASE_RECLASSIFIED) == 1


async def test_a_correction_needs_a_reason_known_codes_and_the_present_version(town: Town) -> None:
    cleo = await town.staff("Cleo")
    reference, other = await a_case(town, cleo), await a_case(town, cleo)
    p1 = {Fact.PRIORITY: "P1"}
    assert await refused(town, reclassify, cleo, reference, PROFILE, (p1, " ")) == "case.needs_reason"
    wrong = ({Fact.WARD: "atlantis"}, "So it is")
    assert await refused(town, reclassify, cleo, reference, PROFILE, wrong) == "case.unknown_code"
    hate = ({Fact.CATEGORY: "street.hate"}, "Slurs")
    assert await refused(town, reclassify, cleo, reference, PROFILE, hate) == "case.must_be_restricted"
    await town.write(case_merge.merge, cleo, other, reference)
    assert await refused(town, reclassify, cleo, other, PROFILE, (p1, "x")) == "case.merged"
    with pytest.raises(Changed):
        await town.write(reclassify, cleo, reference, PROFILE, (p1, "Now"), 1)
    assert await town.how_often(Action.CASE_RECLASSIFIED) == 0


async def test_a_restricted_case_opens_to_the_granted_alone_and_so_do_its_reports(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, HATE)
    report = await town.report()
    reference = (await town.write(triage.open_case, cleo, report)).reference
    with pytest.raises(NotAllowed) as refusal:
        await town.write(restrict, cleo, reference, HATE, "Slurs")
    assert refusal.value.key == "case.not_granted"
    assert await refused(town, restrict, hal, reference, HATE, "") == "case.needs_reason"
    after = await town.twice(restrict, hal, reference, HATE, "Slurs on the wall")
    assert (after.restriction, after.officer_id) == (HATE, hal.staff.id)
    for look, what in ((case.open_page, reference), (triage.open_report, report)):
        with pytest.raises(NotFound):
            await town.write(look, cleo, what)
    page = await town.write(case.open_page, hal, reference)
    assert ("Restriction changed", "not restricted → hate: Slurs on the wall") in [
        (line.label, line.detail) for line in page.timeline
    ]
    assert town.last(Action.CASE_TAKEN)["officer_before"] == cleo.staff.id
    assert await town.how_often(Action.CASE_RESTRICTED) == 1


async def test_a_restriction_is_lifted_by_whoever_was_granted_it(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, HATE)
    reference = await a_case(town, hal, category="street.hate")
    assert await refused(town, restrict, cleo, reference, None, "Open it") == "case.not_found"
    after = await town.twice(restrict, hal, reference, None, "It was a joke between friends")
    assert (after.restriction, after.officer_id) == (None, hal.staff.id)
    page = await town.write(case.open_page, cleo, reference)
    assert (page.reports, page.hidden_reports) == ((), 1)


async def test_a_report_of_another_kind_does_not_open_to_more_people(town: Town) -> None:
    both = await town.staff("Eve", Role.OFFICER, HATE, CHILD)
    sid = await town.staff("Sid", Role.OFFICER, CHILD, Restriction.INTELLIGENCE)
    reference = await a_case(town, both, category="street.safeguarding")
    hidden = await another_report(town, both, reference, category="street.hate")
    await town.write(restrict, sid, reference, Restriction.INTELLIGENCE, "From a source")
    with pytest.raises(NotFound):
        await town.write(triage.open_report, sid, hidden)
    page = await town.write(case.open_page, sid, reference)
    assert [report.restriction for report in page.reports] == [CHILD]
    assert page.hidden_reports == 1


def test_a_reason_is_words() -> None:
    assert case_facts.reason_of(" Because. ") == "Because."
