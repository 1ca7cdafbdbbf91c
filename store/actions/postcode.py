"""Replace the postcodes of the district by those of a file."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import delete, func, insert, select
from sqlalchemy.orm import Session

from store.actions import event
from store.domain.actor import Actor
from store.domain.event import Action
from store.domain.place import Point
from store.tables.reference import PostcodeRow

AT_ONCE = 5_000


def replace_all(session: Session, by: Actor, points: Mapping[str, Point]) -> int:
    """Replace every postcode; return how many there were before."""
    before = session.scalar(select(func.count()).select_from(PostcodeRow)) or 0
    session.execute(delete(PostcodeRow))
    rows = [{"postcode": code, "lat": lat, "lon": lon} for code, (lat, lon) in points.items()]
    for start in range(0, len(rows), AT_ONCE):
        session.execute(insert(PostcodeRow), rows[start : start + AT_ONCE])
    details = {"before": before, "after": len(rows)}
    event.record(session, by, Action.REFERENCE_CHANGED, ("reference", "postcodes"), details)
    return before
