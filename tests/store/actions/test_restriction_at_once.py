"""Somebody restricts a case in the same moment in which something comes into it: all of it closes."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import case_merge, message, triage
from store.actions.restriction import restrict_case
from store.domain.reference import Restriction
from store.domain.staff import Role
from store.tables.case import CaseRow
from store.tables.report import ReportRow
from store.tables.search import CasePageRow
from tests.support.case_file import a_case, another_report
from tests.support.triage_factory import Town

HATE = Restriction.HATE


def left_open(session: Session) -> list[str]:
    """Return the cases and reports that are open, and what is searched as if its case were."""
    stale = select(CaseRow.reference).join(CasePageRow, CasePageRow.record_id == CaseRow.id)
    asked = (
        select(CaseRow.reference).where(CaseRow.restriction.is_(None)),
        select(ReportRow.reference).where(ReportRow.restriction.is_(None)),
        stale.where(CasePageRow.restriction.is_(None)),
    )
    return [reference for one in asked for reference in session.scalars(one)]


@pytest.mark.parametrize("first", [False, True])
@pytest.mark.parametrize("way", ["add", "move", "merge", "tell", "split"])
async def test_what_comes_while_a_case_is_restricted_closes_with_it(
    town: Town, way: str, *, first: bool
) -> None:
    hal, ada = await town.staff("Hal", Role.OFFICER, HATE), await town.resident()
    case, report = await a_case(town, hal), await town.report(ada)
    inside = [await another_report(town, hal, case) for _ in range(2)]
    other = ""
    if way in {"move", "merge"}:
        other = (await town.write(triage.open_case, hal, report)).reference
    if way == "move":
        await another_report(town, hal, other, category="street.hate")
    if way == "tell":
        await town.write(triage.add_to_case, hal, report, case)
    deeds: dict[str, tuple[Any, ...]] = {
        "add": (triage.add_to_case, hal, report, case),
        "move": (case_merge.move_report, hal, report, case),
        "merge": (case_merge.merge, hal, other, case),
        "tell": (message.add, ada, report, "And again"),
        "split": (case_merge.split, hal, case, inside),
    }
    both = [deeds[way], (restrict_case, hal, case, HATE, "Slurs")]
    await asyncio.gather(*(town.write(*one) for one in (both if first else both[::-1])))
    opened = await town.read(left_open)
    if way == "split":  # what left before the case was restricted is open as a whole, besides what waits
        assert len(opened) in {1, 1 + len(["case", *inside, "document"])}
    else:
        assert opened == []
