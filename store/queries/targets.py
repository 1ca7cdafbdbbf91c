"""The targets in force, read from the reference rows: once in a unit of work."""

from __future__ import annotations

from datetime import date
from typing import cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.domain.reference import Target
from store.domain.target import Rules
from store.profile.build import build
from store.profile.spot import Spot
from store.tables.reference import ReferenceRow

_KEPT = "target_rules"


def rules(session: Session) -> Rules:
    """Return the targets and bank holidays of the moment; none where no profile was seeded."""
    if _KEPT not in session.info:
        session.info[_KEPT] = _read(session)
    return cast("Rules", session.info[_KEPT])


def _read(session: Session) -> Rules:
    rows = session.execute(
        select(ReferenceRow.kind, ReferenceRow.code, ReferenceRow.body).where(
            ReferenceRow.kind.in_(("targets", "bank_holidays")), ReferenceRow.retired_at.is_(None)
        )
    ).all()
    targets = [build(Target, body, Spot(kind, code)) for kind, code, body in rows if kind == "targets"]
    days = [day for kind, _, body in rows if kind == "bank_holidays" for day in body["days"]]
    return Rules({target.priority: target for target in targets}, frozenset(map(date.fromisoformat, days)))
