"""The partnership itself, as reference data says it at the moment."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.domain.reference import District
from store.profile.build import build
from store.profile.spot import Spot
from store.tables.reference import ReferenceRow

_KEPT = "district"


def district(session: Session) -> District | None:
    """Return it; None where no profile was seeded. Read once in a unit of work."""
    if _KEPT not in session.info:
        wanted = select(ReferenceRow.body).where(
            ReferenceRow.kind == "district", ReferenceRow.retired_at.is_(None)
        )
        body = session.scalars(wanted).first()
        session.info[_KEPT] = build(District, body, Spot("district")) if body else None
    found: District | None = session.info[_KEPT]
    return found
