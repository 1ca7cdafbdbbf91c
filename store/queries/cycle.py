"""The year of the safety plan: its tasks, and the newest round of each that staff were told of."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.domain.cycle import CycleTask, KnownRound
from store.profile.build import build
from store.profile.spot import Spot
from store.tables.cycle import CycleRoundRow, CycleToldRow
from store.tables.reference import ReferenceRow
from store.tables.staff import StaffRow

KIND = "cycle"


def tasks(session: Session) -> list[CycleTask]:
    """Return the tasks in force, in the profile's order."""
    rows = session.execute(
        select(ReferenceRow.code, ReferenceRow.body)
        .where(ReferenceRow.kind == KIND, ReferenceRow.retired_at.is_(None))
        .order_by(ReferenceRow.position)
    )
    return [build(CycleTask, body, Spot(KIND, code)) for code, body in rows]


def newest(session: Session) -> dict[str, KnownRound]:
    """Return the newest round of each task, by the task's code."""
    last = select(CycleRoundRow.code, func.max(CycleRoundRow.year).label("year")).group_by(CycleRoundRow.code)
    latest = last.subquery()
    rows = session.execute(
        select(CycleRoundRow.code, CycleRoundRow.year, StaffRow.name, CycleRoundRow.done_at)
        .join(latest, (latest.c.code == CycleRoundRow.code) & (latest.c.year == CycleRoundRow.year))
        .outerjoin(StaffRow, StaffRow.id == CycleRoundRow.done_by)
    )
    return {row.code: KnownRound(row.code, row.year, row.name, row.done_at) for row in rows}


def told(session: Session, code: str, year: int) -> set[str]:
    """Return the ids of those who were told of a round."""
    wanted = (CycleToldRow.code == code, CycleToldRow.year == year)
    return set(session.scalars(select(CycleToldRow.staff_id).where(*wanted)))
