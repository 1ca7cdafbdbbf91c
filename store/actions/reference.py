"""Put a profile into rows, once; afterwards only the rows are read."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from store.actions import event
from store.domain.actor import SYSTEM
from store.domain.event import Action
from store.domain.reference import Profile
from store.domain.reference_kinds import laid_out
from store.engine import now
from store.tables.reference import PostcodeRow, ReferenceRow

FIRST_VERSION = 1


def seed(session: Session, profile: Profile) -> bool:
    """Fill an empty database with this profile; False where reference data is there already."""
    if session.scalar(select(ReferenceRow.code).limit(1)) is not None:
        return False
    rows = [
        _row(kind, code, place, body)
        for kind, entries in laid_out(profile).items()
        for place, (code, body) in enumerate(entries.items())
    ]
    at = now(session)
    session.execute(insert(ReferenceRow), [row | {"created_at": at} for row in rows])
    postcodes = [{"postcode": c, "lat": lat, "lon": lon} for c, (lat, lon) in profile.postcodes.items()]
    if postcodes:  # of no rows at all the database would make one without values
        session.execute(insert(PostcodeRow), postcodes)
    subject = ("reference", profile.district.code)
    event.record(session, SYSTEM, Action.REFERENCE_SEEDED, subject, {"entries": len(rows)})
    return True


def _row(kind: str, code: str, position: int, body: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": kind,
        "code": code,
        "version": FIRST_VERSION,
        "position": position,
        "body": body,
        "from_profile": True,
    }
