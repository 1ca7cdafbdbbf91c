"""What lies in a restricted case is restricted with it: its reports, and the cases that went into it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import search
from store.actions.rows import restriction_of
from store.domain.triage import strictest
from store.engine import now
from store.tables.case import CaseRow
from store.tables.report import ReportRow

Record = ReportRow | CaseRow


def restrict_inside(session: Session, case: CaseRow, takes: Callable[[Record], bool]) -> list[ReportRow]:
    """Let all that lies in a case take its restriction where stricter; return the reports that did.

    What is restricted otherwise would open to others by it: `takes` tells what it may be put on.
    The case itself is to be indexed after this.
    """
    if case.restriction is None:
        return []
    session.flush()
    at = now(session)
    mine = select(ReportRow).where(ReportRow.case_id == case.id).order_by(ReportRow.id)
    reports = session.scalars(mine.with_for_update().execution_options(populate_existing=True)).all()
    changed = [report for report in reports if _take(report, case, takes, at)]
    for went in cases_inside(session, case):
        if _take(went, case, takes, at):
            search.index_case(session, went.id)
    return changed


def cases_inside(session: Session, case: CaseRow) -> Sequence[CaseRow]:
    """Return the cases that went into this one, also by way of others, locked."""
    session.flush()
    inside = select(CaseRow.id).where(CaseRow.merged_into_id == case.id).cte("inside", recursive=True)
    inside = inside.union_all(select(CaseRow.id).join(inside, CaseRow.merged_into_id == inside.c.id))
    gone = select(CaseRow).where(CaseRow.id.in_(select(inside.c.id))).order_by(CaseRow.id)
    fresh = gone.with_for_update().execution_options(populate_existing=True)
    return session.scalars(fresh).all()


def unless_otherwise(row: Record) -> bool:
    """Tell whether a record is under no kind of its own: what is opens to others if it takes another."""
    return row.restriction is None


def _take(row: Record, case: CaseRow, takes: Callable[[Record], bool], at: datetime) -> bool:
    """Put a record under the restriction of this case where stricter; tell whether that changed it."""
    kind = strictest(restriction_of(row), restriction_of(case))
    if kind is None or row.restriction == kind.value or not takes(row):
        return False
    row.restriction, row.updated_at = kind.value, at
    return True
