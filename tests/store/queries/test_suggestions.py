from __future__ import annotations

from typing import Any

import pytest

from store.actions import case, triage
from store.domain.case import Outcome
from store.domain.reference import Restriction
from store.domain.staff import By, Role
from tests.support.triage_factory import HARBOUR, Town

NEARBY = HARBOUR | {"lat": 51.3350}  # 78 m north
FARTHER = HARBOUR | {"lat": 51.3361}  # 200 m north
TOO_FAR = HARBOUR | {"lat": 51.3373}  # 334 m north, in the same ward
NO_POINT = HARBOUR | {"lat": None, "lon": None}
NOWHERE = {"words": "in town"}


async def a_case(town: Town, by: By, **report: Any) -> str:
    return (await town.write(triage.open_case, by, await town.report(**report))).reference


async def suggested(town: Town, by: By, reference: str) -> list[str]:
    return [line.reference for line in (await town.write(triage.open_report, by, reference)).suggestions]


async def test_near_cases_are_suggested_the_nearest_first(town: Town) -> None:
    cleo = await town.staff("Cleo")
    farther = await a_case(town, cleo, where=FARTHER)
    await a_case(town, cleo, where=TOO_FAR)
    nearby = await a_case(town, cleo, where=NEARBY)
    assert await suggested(town, cleo, await town.report()) == [nearby, farther]


@pytest.mark.parametrize(("there", "here"), [(NO_POINT, HARBOUR), (HARBOUR, NO_POINT), (NO_POINT, NO_POINT)])
async def test_without_a_point_the_same_ward_is_near(
    town: Town, there: dict[str, Any], here: dict[str, Any]
) -> None:
    cleo = await town.staff("Cleo")
    opened = await a_case(town, cleo, where=there)
    assert await suggested(town, cleo, await town.report(where=here)) == [opened]
    elsewhere = here | {"ward": "eastcliff"} if here["lat"] is None else NO_POINT | {"ward": "eastcliff"}
    assert await suggested(town, cleo, await town.report(where=elsewhere)) == []
    assert await suggested(town, cleo, await town.report(where=NOWHERE)) == []


async def test_a_point_without_a_ward_is_near_to_points_only(town: Town) -> None:
    cleo = await town.staff("Cleo")
    await a_case(town, cleo, where=NO_POINT)
    opened = await a_case(town, cleo)
    assert await suggested(town, cleo, await town.report(where=HARBOUR | {"ward": None})) == [opened]


async def test_other_kinds_old_and_closed_cases_are_not_suggested(town: Town) -> None:
    cleo = await town.staff("Cleo")
    await a_case(town, cleo)
    town.pass_time(days=91)
    await a_case(town, cleo, category="street.threats")
    closed = await a_case(town, cleo)
    await town.write(case.close, cleo, closed, Outcome.RESOLVED, "Done.")
    assert await suggested(town, cleo, await town.report()) == []


async def test_a_restricted_case_is_suggested_only_to_those_granted_it(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    opened = await a_case(town, cleo)
    hate = await town.report(category="street.hate")
    await town.write(triage.add_to_case, hal, hate, opened)
    reference = await town.report()
    assert await suggested(town, cleo, reference) == []
    assert await suggested(town, hal, reference) == [opened]
