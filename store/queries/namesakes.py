"""Reports that staff entered for people of the same name: `domain.same_person` says who is one person.

Somebody anonymous has no name here, so they are nobody's namesake.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import BindParameter, Row, Select, select

from store.domain.same_person import Caller
from store.tables.report import ReportRow
from store.tables.resident import ResidentRow

CALLER = (ResidentRow.name_key, ResidentRow.contact)


def namesakes(keys: Collection[str | None] | BindParameter[Any]) -> Select[*tuple[Any, ...]]:
    """Return the reports for people with these names."""
    return (
        select(ReportRow.id, ReportRow.reference, ReportRow.reporter_id, ReportRow.ward, *CALLER)
        .join(ResidentRow, ResidentRow.id == ReportRow.reporter_id)
        .where(ResidentRow.name_key.in_(keys))
    )


def caller_of(row: Row[*tuple[Any, ...]]) -> Caller:
    """Return what is known of somebody for whom staff entered this report."""
    return Caller(row.name_key, row.contact, row.ward)
