from __future__ import annotations

from typing import Any

import pytest

from store.actions import triage
from store.domain.reference import Restriction
from store.domain.report import ClosedReason
from store.domain.staff import By, Role
from store.domain.suggestion import Suggestion, SuggestionKind
from tests.support.triage_factory import HARBOUR, Town, counted

STORY = "Loud music from the flat above until three in the morning"
NEARBY = HARBOUR | {"lat": 51.3350}
TOO_FAR = HARBOUR | {"lat": 51.3373}
NO_POINT = HARBOUR | {"lat": None, "lon": None}


async def hints(town: Town, by: By, reference: str, kind: SuggestionKind) -> list[Suggestion]:
    page = await town.write(triage.open_report, by, reference)
    return [hint for hint in page.hints if hint.kind is kind]


async def test_a_near_report_that_says_nearly_the_same_is_perhaps_a_duplicate(town: Town) -> None:
    cleo = await town.staff("Cleo")
    old = await town.report(what=STORY)
    town.pass_time(days=8)
    near = await town.report(what=STORY, where=NEARBY, category="street.threats")
    await town.report(what=STORY, where=TOO_FAR | {"ward": "eastcliff"})
    await town.report(what="Somebody tipped an old sofa into the lane")
    [found] = await hints(town, cleo, await town.report(what=f"{STORY}!"), SuggestionKind.DUPLICATE)
    assert found.reports == (near,)
    assert old not in found.reports


async def test_an_open_case_near_by_is_named_with_its_reason(town: Town) -> None:
    cleo = await town.staff("Cleo")
    opened = await town.write(triage.open_case, cleo, await town.report())
    [found] = await hints(town, cleo, await town.report(), SuggestionKind.SAME_CASE)
    assert found.cases == (opened.reference,)
    assert "same kind of thing" in found.reason


async def test_three_reports_of_a_known_person_in_three_months_point_to_a_repeat_victim(town: Town) -> None:
    cleo, ada = await town.staff("Cleo"), await town.resident()
    await town.report(ada)
    town.pass_time(days=95)
    second, third = await town.report(ada), await town.report(ada, category="street.threats")
    assert await hints(town, cleo, third, SuggestionKind.REPEAT_VICTIM) == []
    [found] = await hints(town, cleo, await town.report(ada), SuggestionKind.REPEAT_VICTIM)
    assert found.reports == (third, second)


async def test_anonymous_reports_are_never_joined_to_a_person(town: Town) -> None:
    cleo, ada = await town.staff("Cleo"), await town.resident()
    hidden = [await town.report(ada, identity="anonymous") for _ in range(4)]
    known = [await town.report(ada) for _ in range(2)]
    for reference in (hidden[-1], known[-1]):
        assert await hints(town, cleo, reference, SuggestionKind.REPEAT_VICTIM) == []


async def test_anonymous_reports_are_not_joined_by_how_somebody_writes(town: Town) -> None:
    cleo, ada = await town.staff("Cleo"), await town.resident()
    hidden = [await town.report(ada, what=STORY, identity="anonymous") for _ in range(2)]
    known = [await town.report(ada, what=STORY) for _ in range(2)]
    assert await hints(town, cleo, hidden[-1], SuggestionKind.DUPLICATE) == []
    [found] = await hints(town, cleo, known[-1], SuggestionKind.DUPLICATE)
    assert found.reports == (known[0],)


@pytest.mark.parametrize(
    ("where", "last", "reason"),
    [
        (NEARBY | {"ward": None}, HARBOUR, "5 reports within 300 metres"),
        (NO_POINT, NO_POINT, "5 of this category in this ward"),
        (HARBOUR, HARBOUR, "5 reports within 300 metres and 5 of this category in this ward"),
    ],
)
async def test_five_reports_from_here_in_four_weeks_make_a_hot_spot(
    town: Town, where: dict[str, Any], last: dict[str, Any], reason: str
) -> None:
    cleo = await town.staff("Cleo")
    await town.report(where=where)
    town.pass_time(days=29)
    sent = [await town.report(where=where) for _ in range(4)]
    assert await hints(town, cleo, sent[-1], SuggestionKind.HOT_SPOT) == []
    reference = await town.report(where=last)
    [found] = await hints(town, cleo, reference, SuggestionKind.HOT_SPOT)
    assert found.reason == f"{reason} in the last 28 days: perhaps a hot spot."
    await town.write(triage.reject, cleo, sent[0], ClosedReason.NOT_A_REPORT, "")
    assert await hints(town, cleo, reference, SuggestionKind.HOT_SPOT) == []


async def test_what_one_may_not_open_is_neither_named_nor_counted(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    ada = await town.resident()
    secret = [await town.report(ada, "street.hate", what=STORY) for _ in range(4)]
    reference = await town.report(ada, what=STORY)
    page = await town.write(triage.open_report, cleo, reference)
    assert page.hints == ()
    granted = await town.write(triage.open_report, hal, reference)
    kinds = {hint.kind for hint in granted.hints}
    assert kinds == {SuggestionKind.DUPLICATE, SuggestionKind.REPEAT_VICTIM, SuggestionKind.HOT_SPOT}
    assert set(granted.hints[0].reports) == set(secret)


async def test_a_report_without_place_has_no_neighbours_and_a_decided_one_no_hints(town: Town) -> None:
    cleo = await town.staff("Cleo")
    reference = await town.report(where={"words": "in town"}, danger="yes")
    page = await town.write(triage.open_report, cleo, reference)
    assert [hint.kind for hint in page.hints] == [SuggestionKind.RISK]
    case = await town.write(triage.open_case, cleo, reference)
    worked = await town.write(triage.open_report, cleo, reference)
    assert worked.hints == page.hints, "a risk stays while it is worked on"
    other = await town.report()
    await town.write(triage.add_to_case, cleo, other, case.reference)
    assert (await town.write(triage.open_report, cleo, other)).hints == ()


async def test_what_is_pointed_out_costs_the_same_however_much_there_is(town: Town) -> None:
    cleo, ada = await town.staff("Cleo"), await town.resident()
    numbers, reference = [], ""
    for _ in range(3):
        for _report in range(3):
            reference = await town.report(ada, what=STORY)
        with counted() as sent:
            await town.write(triage.open_report, cleo, reference)
        numbers.append(len(sent))
    assert len(set(numbers)) == 1
    assert numbers[0] <= 12
