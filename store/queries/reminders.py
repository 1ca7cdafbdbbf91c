"""What reference data says about reminders: how long before, and which ward is in which area."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.queries.district import district
from store.tables.reference import ReferenceRow


def leads(session: Session) -> tuple[timedelta, ...]:
    """Return the leads of the moment; none where no profile was seeded."""
    ours = district(session)
    return tuple(timedelta(hours=count) for count in ours.reminder_hours) if ours is not None else ()


def area_of_wards(session: Session) -> dict[str, str]:
    """Return the area of each ward, by code."""
    wanted = select(ReferenceRow.code, ReferenceRow.body).where(
        ReferenceRow.kind == "wards", ReferenceRow.retired_at.is_(None)
    )
    return {code: body["area"] for code, body in session.execute(wanted)}
