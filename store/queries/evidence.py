"""Files of reports, for people who may open those reports."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, Select, bindparam, select
from sqlalchemy.orm import Session

from store.domain.errors import NotFound
from store.domain.evidence import EvidencePage, EvidenceState, EvidenceView
from store.domain.report import Identity, ReportView
from store.domain.staff import Staff
from store.queries import timeline
from store.queries.visible import open_to
from store.tables.evidence import EvidenceRow
from store.tables.report import ReportRow

_OF_REPORTS = (
    select(EvidenceRow)
    .where(EvidenceRow.report_id.in_(bindparam("reports", expanding=True)))
    .order_by(EvidenceRow.created_at, EvidenceRow.id)
)


def listing(session: Session, reports: Mapping[str, ReportView]) -> tuple[EvidenceView, ...]:
    """Return the files of these reports (by id), oldest first; the caller may open them."""
    rows = session.scalars(_OF_REPORTS, {"reports": list(reports)})
    return tuple(view(row, anonymous=reports[row.report_id].identity is Identity.ANONYMOUS) for row in rows)


def page(session: Session, staff: Staff, evidence_id: str) -> EvidencePage:
    """Return what there is to know of one file.

    Refusal: `evidence.not_found`, also when `staff` may not open the report it belongs to.
    """
    found = session.execute(reachable(staff, evidence_id)).one_or_none()
    if found is None:
        raise NotFound("evidence.not_found")
    return replace(page_of(found), story=timeline.story(session, ("evidence", evidence_id)))


def reachable(staff: Staff, evidence_id: str) -> Select[*tuple[Any, ...]]:
    """Return the statement that finds a file's row (with the report's identity and reference).

    It finds nothing where this person may not open the report.
    """
    return (
        select(EvidenceRow, ReportRow.identity, ReportRow.reference)
        .join(ReportRow, ReportRow.id == EvidenceRow.report_id)
        .where(EvidenceRow.id == evidence_id, open_to(staff, ReportRow.restriction))
    )


def page_of(found: Row[*tuple[Any, ...]]) -> EvidencePage:
    """Return the page of what `reachable` found."""
    file = view(found.EvidenceRow, anonymous=found.identity == Identity.ANONYMOUS)
    return EvidencePage(file, found.reference)


def view(row: EvidenceRow, *, anonymous: bool) -> EvidenceView:
    """Return what this row holds, for somebody who may open its report."""
    return EvidenceView(
        id=row.id,
        report_id=row.report_id,
        kind=row.kind,
        name=None if anonymous else row.name,
        size=row.size,
        media_type=row.media_type,
        state=EvidenceState(row.state),
        reason=row.reason,
        sha256=row.sha256,
        created_at=row.created_at,
        kept_at=row.kept_at,
        has_copy=row.copy_key is not None,
        has_original=row.key is not None,
        quarantine_reason=row.quarantine_reason,
        keep_reason=row.keep_reason,
        version=row.version,
    )
