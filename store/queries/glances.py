"""What stands beside each report of the queue: how it begins, and what the machine points out.

Two statements for the whole page, a third where staff entered a report for somebody by name. Every
number and reference leaves out what `staff` may not open; anonymous reports are never joined to a
person, nor to others by their words. `hints` tells the same of one report, with distances and
reasons; near reports of other kinds are compared there only.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import Row, ScalarSelect, Select, bindparam, func, select, tuple_
from sqlalchemy.orm import Session, aliased

from store.domain import suggestion
from store.domain.case import CaseState
from store.domain.place import Location
from store.domain.reference import Restriction
from store.domain.report import Identity
from store.domain.same_person import Sameness, sameness
from store.domain.staff import Staff
from store.domain.suggestion import MOST_LIKE_IT, Glance, Told
from store.domain.triage import RECENT_DAYS
from store.engine import now
from store.queries.hints import MAX_COMPARED_CHARACTERS, MAX_COUNTED
from store.queries.namesakes import CALLER, caller_of, namesakes
from store.queries.suggestions import away_km
from store.queries.visible import Reach, reach_of, within
from store.tables.base import UtcDateTime
from store.tables.case import CaseRow
from store.tables.evidence import EvidenceRow
from store.tables.report import ReportRow
from store.tables.resident import ResidentRow

_OTHER = aliased(ReportRow)
_ANONYMOUS = Identity.ANONYMOUS.value
_COMPARED = (
    *(ReportRow.id, ReportRow.reference, ReportRow.category),
    *(ReportRow.ward, ReportRow.lat, ReportRow.lon),
)


@dataclass(frozen=True, slots=True)
class _Other:
    """A report that others are compared with, and its words."""

    row: Row[*tuple[Any, ...]]
    words: frozenset[str]


def glances(session: Session, staff: Staff, ids: Sequence[str]) -> dict[str, Glance]:
    """Return how these waiting reports begin and what stands out about them, by id."""
    if not ids:
        return {}
    at, reach = now(session), reach_of(staff)
    since = {
        "hot": suggestion.hot_spot_since(at),
        "repeat": suggestion.repeat_since(at),
        "recent": at - timedelta(days=RECENT_DAYS),
    }
    rows = session.execute(_asked(reach), {"ids": list(ids), **since}).all()
    near, named = _around(session, reach, rows), _named(session, reach, rows)
    return {
        row.id: replace(_glance(row, named), language=row.language, duplicates=_alike(row, near))
        for row in rows
    }


def _glance(row: Row[*tuple[Any, ...]], named: Sequence[Row[*tuple[Any, ...]]]) -> Glance:
    restriction = Restriction(row.restriction) if row.restriction else None
    told = Told(row.text, row.danger, restriction, row.safety_shown, row.how_often)
    others = [caller_of(other) for other in named if other.reporter_id != row.reporter_id]
    how = Counter(sameness(caller_of(row), other) for other in others)
    by_person = (row.by_person + how[Sameness.SURE], how[Sameness.BY_NAME])
    return suggestion.glance(told, row.like_it, by_person, row.case, row.files)


def _named(
    session: Session, reach: Reach, rows: Sequence[Row[*tuple[Any, ...]]]
) -> Sequence[Row[*tuple[Any, ...]]]:
    """Return the reports of three months that staff entered for people with the names of these."""
    keys = sorted({row.name_key for row in rows if row.name_key})
    if not keys:
        return ()
    since = suggestion.repeat_since(now(session))
    return session.execute(_of_name(reach), {"keys": keys, "since": since}).all()


def _around(session: Session, reach: Reach, rows: Sequence[Row[*tuple[Any, ...]]]) -> list[_Other]:
    """Return the reports of the last days that any of these may be a duplicate of, the newest first."""
    places = {(row.category, row.ward) for row in rows if row.ward and row.identity != _ANONYMOUS}
    if not places:
        return []
    values = {"places": sorted(places), "since": suggestion.duplicate_since(now(session))}
    return [_Other(row, suggestion.words_of(row.text)) for row in session.execute(_others(reach), values)]


def _alike(row: Row[*tuple[Any, ...]], near: Sequence[_Other]) -> tuple[str, ...]:
    """Return which of them say nearly the same near by."""
    if row.identity == _ANONYMOUS:
        return ()
    words = suggestion.words_of(row.text[:MAX_COMPARED_CHARACTERS])
    return tuple(
        other.row.reference
        for other in near
        if other.row.id != row.id
        and (other.row.category, other.row.ward) == (row.category, row.ward)
        and away_km(_place(row), _place(other.row)) is not None
        and suggestion.is_alike(words, other.words)
    )


def _place(row: Row[*tuple[Any, ...]]) -> Location:
    return Location(lat=row.lat, lon=row.lon, ward=row.ward)


@cache
def _others(reach: Reach) -> Select[*tuple[Any, ...]]:
    return (
        select(*_COMPARED, func.substr(ReportRow.text, 1, MAX_COMPARED_CHARACTERS).label("text"))
        .where(
            tuple_(ReportRow.category, ReportRow.ward).in_(bindparam("places", expanding=True)),
            ReportRow.created_at >= _at("since"),
            ReportRow.identity != _ANONYMOUS,
            ReportRow.state.not_in(suggestion.NOT_COUNTED),
            within(reach, ReportRow.restriction),
        )
        .order_by(ReportRow.created_at.desc(), ReportRow.id)
        .limit(MAX_COUNTED)
    )


@cache
def _of_name(reach: Reach) -> Select[*tuple[Any, ...]]:
    return (
        namesakes(bindparam("keys", expanding=True))
        .where(
            ReportRow.created_at >= _at("since"),
            ReportRow.identity != _ANONYMOUS,
            ReportRow.state.not_in(suggestion.NOT_COUNTED),
            within(reach, ReportRow.restriction),
        )
        .order_by(ReportRow.created_at.desc(), ReportRow.id)
        .limit(MAX_COUNTED)
    )


@cache
def _asked(reach: Reach) -> Select[*tuple[Any, ...]]:
    known = ReportRow.identity != _ANONYMOUS
    like_it = _count(reach, "hot", _OTHER.category == ReportRow.category, _OTHER.ward == ReportRow.ward)
    by_person = _count(
        reach,
        "repeat",
        known,
        _OTHER.reporter_id == ReportRow.reporter_id,
        _OTHER.identity != _ANONYMOUS,
    )
    files = select(func.count()).where(EvidenceRow.report_id == ReportRow.id).correlate(ReportRow)
    return (
        select(
            *_COMPARED,
            ReportRow.reporter_id,
            *CALLER,
            ReportRow.identity,
            ReportRow.text,
            ReportRow.language,
            ReportRow.danger,
            ReportRow.restriction,
            ReportRow.safety_shown,
            ReportRow.how_often,
            files.scalar_subquery().label("files"),
            like_it.label("like_it"),
            by_person.label("by_person"),
            _same_case(reach).label("case"),
        )
        .join(ResidentRow, ResidentRow.id == ReportRow.reporter_id)
        .where(ReportRow.id.in_(bindparam("ids", expanding=True)))
    )


def _count(reach: Reach, since: str, *same: Any) -> ScalarSelect[int]:
    """Count the reports like this one since then, itself too, no further than needed."""
    others = (
        select(_OTHER.id)
        .where(
            *same,
            _OTHER.created_at >= _at(since),
            _OTHER.state.not_in(suggestion.NOT_COUNTED),
            within(reach, _OTHER.restriction),
        )
        .limit(MOST_LIKE_IT)
        .correlate(ReportRow)
        .subquery()
    )
    return select(func.count()).select_from(others).correlate(ReportRow).scalar_subquery()


def _same_case(reach: Reach) -> ScalarSelect[str]:
    """Return the open case of the newest report of this category from this ward that is in one."""
    return (
        select(CaseRow.reference)
        .join(_OTHER, _OTHER.case_id == CaseRow.id)
        .where(
            _OTHER.category == ReportRow.category,
            _OTHER.ward == ReportRow.ward,
            _OTHER.created_at >= _at("recent"),
            CaseRow.state != CaseState.CLOSED.value,
            within(reach, _OTHER.restriction),
            within(reach, CaseRow.restriction),
        )
        .order_by(_OTHER.created_at.desc(), _OTHER.id.desc())
        .limit(1)
        .correlate(ReportRow)
        .scalar_subquery()
    )


def _at(name: str) -> Any:
    return bindparam(name, type_=UtcDateTime())
