"""Which open cases a new report may belong to. The machine suggests, a named person decides.

Same category, near, recent. Reporters play no part in it, so nothing here can join one person's
anonymous reports to each other or to their other ones.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Subquery, and_, false, or_, select
from sqlalchemy.orm import Session

from store.domain.case import CaseState
from store.domain.place import Location, distance_km
from store.domain.report import ReportView
from store.domain.staff import Staff
from store.domain.triage import NEAR_KM, RECENT_DAYS, CaseLine
from store.engine import now
from store.queries import cases
from store.queries.visible import open_to
from store.tables.case import CaseRow
from store.tables.report import ReportRow

MAX_SUGGESTIONS = 5
MAX_LOOKED_AT = 200
MAX_RECENT = 500
"""Of so many reports, the newest, those near by are picked: a busy district is no slower."""
_DEGREES_AROUND = NEAR_KM / 111 * 2  # a degree of latitude has 111 km; twice covers longitude up to 60° north


def suggestions(session: Session, staff: Staff, report: ReportView) -> tuple[CaseLine, ...]:
    """Return open cases that this report may belong to, the nearest first."""
    place = report.place
    if place.lat is None and place.ward is None:
        return ()
    recent = _newest(report.category, now(session) - timedelta(days=RECENT_DAYS)).c
    rows = session.execute(
        select(recent.case_id, recent.lat, recent.lon, recent.ward)
        .join(CaseRow, CaseRow.id == recent.case_id)
        .where(
            CaseRow.state != CaseState.CLOSED.value,
            open_to(staff, recent.restriction),
            open_to(staff, CaseRow.restriction),
            around(place, recent),
        )
        .order_by(recent.created_at.desc(), recent.id)
        .limit(MAX_LOOKED_AT)
    )
    nearest: dict[str, float] = {}
    for case_id, lat, lon, ward in rows:
        away = away_km(place, Location(lat=lat, lon=lon, ward=ward))
        if case_id is not None and away is not None:
            nearest[case_id] = min(away, nearest.get(case_id, away))
    ids = sorted(nearest, key=lambda case_id: nearest[case_id])[:MAX_SUGGESTIONS]
    return tuple(cases.by_ids(session, staff, ids))


def around(place: Location, of: Any) -> ColumnElement[bool]:
    """Return a wide condition that every near report meets, so that few rows are looked at."""
    same_ward = false() if place.ward is None else of.ward == place.ward
    if place.lat is None or place.lon is None:
        return same_ward
    return or_(
        and_(of.lat.is_(None), same_ward),
        and_(
            of.lat.between(place.lat - _DEGREES_AROUND, place.lat + _DEGREES_AROUND),
            of.lon.between(place.lon - _DEGREES_AROUND, place.lon + _DEGREES_AROUND),
        ),
    )


def away_km(here: Location, there: Location) -> float | None:
    """Return how far apart, None when that is not near; a ward alone counts as just near enough."""
    if here.lat is None or here.lon is None or there.lat is None or there.lon is None:
        return NEAR_KM if here.ward is not None and here.ward == there.ward else None
    away = distance_km((here.lat, here.lon), (there.lat, there.lon))
    return away if away <= NEAR_KM else None


def _newest(category: str, since: datetime) -> Subquery:
    """Return the newest reports of this kind that are in a case, no more than `MAX_RECENT`."""
    said = ("id", "case_id", "restriction", "lat", "lon", "ward", "created_at")
    return (
        select(*(getattr(ReportRow, name) for name in said))
        .where(ReportRow.category == category, ReportRow.created_at >= since, ReportRow.case_id.is_not(None))
        .order_by(ReportRow.created_at.desc())
        .limit(MAX_RECENT)
        .subquery()
    )
