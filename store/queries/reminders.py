"""What reference data says about reminders: how long before, and which ward is in which area."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.domain.reference import District
from store.profile.build import build
from store.profile.spot import Spot
from store.tables.reference import ReferenceRow

_KEPT = "reminder_leads"


def leads(session: Session) -> tuple[timedelta, ...]:
    """Return the leads of the moment; none where no profile was seeded. Read once in a unit of work."""
    if _KEPT not in session.info:
        wanted = select(ReferenceRow.body).where(
            ReferenceRow.kind == "district", ReferenceRow.retired_at.is_(None)
        )
        body = session.scalars(wanted).first()
        hours = build(District, body, Spot("district")).reminder_hours if body else ()
        session.info[_KEPT] = tuple(timedelta(hours=count) for count in hours)
    found: tuple[timedelta, ...] = session.info[_KEPT]
    return found


def area_of_wards(session: Session) -> dict[str, str]:
    """Return the area of each ward, by code."""
    wanted = select(ReferenceRow.code, ReferenceRow.body).where(
        ReferenceRow.kind == "wards", ReferenceRow.retired_at.is_(None)
    )
    return {code: body["area"] for code, body in session.execute(wanted)}
