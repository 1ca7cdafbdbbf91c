"""What the machine points out about a report that waits, in a fixed number of statements.

Every statement leaves out what `staff` may not open, so that no number or link tells of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session, aliased

from store.domain import suggestion
from store.domain.entry import SOURCES
from store.domain.place import Location, distance_km
from store.domain.report import Identity, ReportView
from store.domain.same_person import Caller, Sameness, sameness
from store.domain.staff import Staff
from store.domain.suggestion import Suggestion
from store.domain.triage import NEAR_KM, CaseLine
from store.engine import now
from store.queries.namesakes import CALLER, caller_of, namesakes
from store.queries.suggestions import around, away_km
from store.queries.visible import open_to
from store.tables.report import ReportRow
from store.tables.resident import ResidentRow

MAX_COUNTED = 200
MAX_SHOWN = 10
MAX_COMPARED_CHARACTERS = 2_000
_COUNTS = ReportRow.state.not_in(suggestion.NOT_COUNTED)


def hints(
    session: Session, staff: Staff, report: ReportView, cases: Sequence[CaseLine]
) -> tuple[Suggestion, ...]:
    """Return what to point out, risks first; `cases` were suggested for the report."""
    alike, near = _around(session, staff, report)
    in_ward = _in_ward(session, staff, report)
    return (
        *suggestion.risks(report),
        *suggestion.duplicates(alike),
        *(suggestion.same_case(line.reference, line.ward, line.reports) for line in cases),
        *suggestion.repeat_victim(*_of_reporter(session, staff, report)),
        *suggestion.known_contact(_under_other_name(session, staff, report)),
        *suggestion.hot_spot(near, in_ward, MAX_COUNTED),
    )


def _around(session: Session, staff: Staff, report: ReportView) -> tuple[tuple[str, ...], int]:
    """Return the near reports that say nearly the same, and how many there are near, this one too."""
    place = report.place
    if place.lat is None and place.ward is None:
        return (), 0
    rows = session.execute(_near(staff, report, suggestion.hot_spot_since(now(session)))).all()
    since = suggestion.duplicate_since(now(session))
    recent = [row for row in rows if row.created_at >= since]
    return _alike(report, recent), sum(_is_near(place, row) for row in rows) + 1


def _alike(report: ReportView, rows: Sequence[Any]) -> tuple[str, ...]:
    """Return which near reports say nearly the same.

    Anonymous ones are left out on both sides: how somebody writes would join what they sent.
    """
    if report.identity is Identity.ANONYMOUS:
        return ()
    told = suggestion.words_of(report.text[:MAX_COMPARED_CHARACTERS])
    alike = (
        row.reference
        for row in rows
        if row.identity != Identity.ANONYMOUS
        and away_km(report.place, Location(lat=row.lat, lon=row.lon, ward=row.ward)) is not None
        and suggestion.is_alike(told, suggestion.words_of(row.text))
    )
    return tuple(islice(alike, MAX_SHOWN))


def _near(staff: Staff, report: ReportView, since: datetime) -> Select[*tuple[Any, ...]]:
    text = func.substr(ReportRow.text, 1, MAX_COMPARED_CHARACTERS).label("text")
    return (
        select(
            ReportRow.reference,
            ReportRow.identity,
            text,
            ReportRow.lat,
            ReportRow.lon,
            ReportRow.ward,
            ReportRow.created_at,
        )
        .where(*_others(staff, report, since), around(report.place, ReportRow))
        .order_by(ReportRow.created_at.desc(), ReportRow.id)
        .limit(MAX_COUNTED - 1)
    )


def _is_near(place: Location, row: Any) -> bool:
    if place.lat is None or place.lon is None or row.lat is None or row.lon is None:
        return False
    return distance_km((place.lat, place.lon), (row.lat, row.lon)) <= NEAR_KM


def _in_ward(session: Session, staff: Staff, report: ReportView) -> int:
    """Count what came of this category from this ward, this one too; at most `MAX_COUNTED`."""
    if report.place.ward is None:
        return 0
    same = (ReportRow.category == report.category, ReportRow.ward == report.place.ward)
    found = select(ReportRow.id).where(
        *_others(staff, report, suggestion.hot_spot_since(now(session))), *same
    )
    counted = found.limit(MAX_COUNTED - 1).subquery()
    return (session.scalar(select(func.count()).select_from(counted)) or 0) + 1


def _others(staff: Staff, report: ReportView, since: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        ReportRow.created_at >= since,
        ReportRow.id != report.id,
        _COUNTS,
        open_to(staff, ReportRow.restriction),
    )


def _of_reporter(
    session: Session, staff: Staff, report: ReportView
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what else a known reporter sent in three months, and what may be theirs, by their name.

    The newest first; never an anonymous one's.
    """
    if report.identity is Identity.ANONYMOUS:
        return (), ()
    since = suggestion.repeat_since(now(session))
    known = (*_others(staff, report, since), ReportRow.identity != Identity.ANONYMOUS.value)
    newest = (ReportRow.created_at.desc(), ReportRow.id)
    mine = select(ReportRow.reference).where(*known, ReportRow.reporter_id == report.reporter_id)
    sure = tuple(session.scalars(mine.order_by(*newest).limit(MAX_SHOWN)))
    if report.source not in SOURCES:
        return sure, ()
    me = session.execute(select(*CALLER).where(ResidentRow.id == report.reporter_id)).one()
    asked = namesakes([me.name_key]).where(*known, ResidentRow.id != report.reporter_id)
    rows = session.execute(asked.order_by(*newest).limit(MAX_COUNTED)).all()
    alike = [(row.reference, sameness(Caller(*me, report.place.ward), caller_of(row))) for row in rows]
    same, by_name = (tuple(ref for ref, how in alike if how is kind) for kind in Sameness)
    return (*sure, *same)[:MAX_SHOWN], by_name[:MAX_SHOWN]


def _under_other_name(session: Session, staff: Staff, report: ReportView) -> tuple[str, ...]:
    """Return the reports entered with the same number or address for another name, newest first."""
    if report.source not in SOURCES or report.identity is Identity.ANONYMOUS:
        return ()
    me, other = aliased(ResidentRow), ResidentRow
    rows = session.scalars(
        select(ReportRow.reference)
        .join(other, other.id == ReportRow.reporter_id)
        .join(me, (me.contact == other.contact) & (me.id == report.reporter_id))
        .where(
            other.contact.is_not(None),
            other.name_key != func.coalesce(me.name_key, ""),
            ReportRow.identity != Identity.ANONYMOUS.value,
            open_to(staff, ReportRow.restriction),
        )
        .order_by(ReportRow.created_at.desc(), ReportRow.id)
        .limit(MAX_SHOWN)
    )
    return tuple(rows)
