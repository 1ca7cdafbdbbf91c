"""The reference data in force, read from its rows."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.domain.reference import District, Profile
from store.domain.reference_kinds import KINDS
from store.profile.build import build
from store.profile.spot import Spot
from store.tables.reference import PostcodeRow, ReferenceRow


def load(session: Session) -> Profile:
    """Return the reference data of the moment. `ProfileError` where a row does not fit."""
    rows = session.execute(
        select(ReferenceRow.kind, ReferenceRow.code, ReferenceRow.body)
        .where(ReferenceRow.retired_at.is_(None))
        .order_by(ReferenceRow.kind, ReferenceRow.position)
    )
    bodies: dict[str, list[tuple[str, Any]]] = defaultdict(list)
    for kind, code, body in rows:
        bodies[kind].append((code, body))
    entries: dict[str, Any] = {
        kind: tuple(build(cls, body, Spot(kind, code)) for code, body in bodies[kind])
        for kind, cls in KINDS.items()
    }
    district = build(District, bodies["district"][0][1], Spot("district"))
    days = [date.fromisoformat(day) for _, body in bodies["bank_holidays"] for day in body["days"]]
    postcodes = session.execute(select(PostcodeRow.postcode, PostcodeRow.lat, PostcodeRow.lon))
    return Profile(
        district=district,
        bank_holidays=tuple(days),
        postcodes={code: (lat, lon) for code, lat, lon in postcodes},
        **entries,
    )


def place_names(session: Session) -> dict[str, str]:
    """Return the names of the areas and wards of the moment, by code; of an area where both have it."""
    wanted = select(ReferenceRow.code, ReferenceRow.body["name"].as_string()).where(
        ReferenceRow.kind.in_(("areas", "wards")), ReferenceRow.retired_at.is_(None)
    )
    return dict(session.execute(wanted.order_by(ReferenceRow.kind.desc())).all())
