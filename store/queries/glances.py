"""What the machine points out beside each report of the queue: one statement for the whole page.

Every number and reference leaves out what `staff` may not open. Anonymous reports are never joined
to a person. `hints` tells the same of one report, with distances, words and reasons.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import ScalarSelect, Select, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from store.domain import suggestion
from store.domain.case import CaseState
from store.domain.report import Identity
from store.domain.staff import Staff
from store.domain.suggestion import MOST_LIKE_IT, Glance
from store.domain.triage import RECENT_DAYS
from store.engine import now
from store.queries.visible import Reach, reach_of, within
from store.tables.base import UtcDateTime
from store.tables.case import CaseRow
from store.tables.report import ReportRow

_OTHER = aliased(ReportRow)


def glances(session: Session, staff: Staff, ids: Sequence[str]) -> dict[str, Glance]:
    """Return what stands out about these waiting reports, by id; those of which nothing does are left out."""
    if not ids:
        return {}
    at = now(session)
    since = {
        "hot": suggestion.hot_spot_since(at),
        "repeat": suggestion.repeat_since(at),
        "recent": at - timedelta(days=RECENT_DAYS),
    }
    rows = session.execute(_asked(reach_of(staff)), {"ids": list(ids), **since})
    found = {row.id: suggestion.glance(row.like_it, row.by_person, row.case) for row in rows}
    return {id_: told for id_, told in found.items() if told != Glance()}


@cache
def _asked(reach: Reach) -> Select[*tuple[Any, ...]]:
    known = ReportRow.identity != Identity.ANONYMOUS.value
    like_it = _count(reach, "hot", _OTHER.category == ReportRow.category, _OTHER.ward == ReportRow.ward)
    by_person = _count(
        reach,
        "repeat",
        known,
        _OTHER.reporter_id == ReportRow.reporter_id,
        _OTHER.identity != Identity.ANONYMOUS.value,
    )
    return select(
        ReportRow.id,
        like_it.label("like_it"),
        by_person.label("by_person"),
        _same_case(reach).label("case"),
    ).where(ReportRow.id.in_(bindparam("ids", expanding=True)))


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
