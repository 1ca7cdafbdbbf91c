from __future__ import annotations

from typing import Any

import pytest

from store.actions import case, case_facts, case_merge
from store.actions.case_facts import reclassify
from store.domain.case_facts import Fact
from store.domain.errors import Changed, Refusal
from store.domain.event import Action
from store.domain.reference import HomeOfficeType, Priority
from tests.support.case_file import a_case
from tests.support.triage_factory import PROFILE, Town


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
    assert await refused(town, reclassify, cleo, reference, PROFILE, (p1, " ")) == "record.needs_reason"
    wrong = ({Fact.WARD: "atlantis"}, "So it is")
    assert await refused(town, reclassify, cleo, reference, PROFILE, wrong) == "case.unknown_code"
    hate = ({Fact.CATEGORY: "street.hate"}, "Slurs")
    assert await refused(town, reclassify, cleo, reference, PROFILE, hate) == "case.must_be_restricted"
    await town.write(case_merge.merge, cleo, other, reference)
    assert await refused(town, reclassify, cleo, other, PROFILE, (p1, "x")) == "case.merged"
    with pytest.raises(Changed):
        await town.write(reclassify, cleo, reference, PROFILE, (p1, "Now"), 1)
    assert await town.how_often(Action.CASE_RECLASSIFIED) == 0


def test_a_reason_is_words() -> None:
    assert case_facts.reason_of(" Because. ") == "Because."
