"""The agenda and the minutes of meetings: for staff, and what everybody may read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.domain.errors import NotFound
from store.domain.meeting import Meeting
from store.domain.meeting_document import Content, DocumentKind, MeetingDocument, shown
from store.domain.staff import Staff
from store.engine import now
from store.queries import meetings
from store.queries.visible import check_worker
from store.tables.meeting import MeetingRow
from store.tables.meeting_document import MeetingDocumentRow

Documents = Mapping[DocumentKind, MeetingDocument]


@dataclass(frozen=True, slots=True)
class Paper:
    """A file, with the meeting that it is of."""

    meeting: Meeting
    document: MeetingDocument


def attached(session: Session, staff: Staff, meeting_id: str) -> Documents:
    """Return what is attached to a meeting, shown to others or not. Refusal: `staff.not_allowed`."""
    check_worker(staff)
    return _of(session, [meeting_id]).get(meeting_id, {})


def of_staff(session: Session, staff: Staff, reference: str, kind: DocumentKind) -> Paper:
    """Return a file for staff. Refusals: `staff.not_allowed`, `meeting_document.not_found`."""
    check_worker(staff)
    row = session.scalar(select(MeetingRow).where(MeetingRow.reference == reference))
    found = _of(session, [row.id]).get(row.id, {}).get(kind) if row else None
    if row is None or found is None:
        raise NotFound("meeting_document.not_found", reference=reference)
    return Paper(meetings.view(row), found)


def public(session: Session, reference: str, kind: DocumentKind) -> Paper:
    """Return a file that everybody may read. Refusals: `meeting.not_found`, `meeting_document.not_found`."""
    meeting = meetings.public(session, reference)
    found = shown_of(session, [meeting])[meeting.id].get(kind)
    if found is None:
        raise NotFound("meeting_document.not_found", reference=reference)
    return Paper(meeting, found)


def shown_of(session: Session, of: Collection[Meeting]) -> Mapping[str, Documents]:
    """Return what everybody may read of each of these meetings now, by its id."""
    at, found = now(session), _of(session, [one.id for one in of])
    return {
        one.id: {kind: document for kind, document in found.get(one.id, {}).items() if shown(one, kind, at)}
        for one in of
    }


def content_of(row: MeetingDocumentRow) -> Content:
    """Return what a file holds."""
    return Content(row.media_type, row.size, row.sha256)


def _of(session: Session, meeting_ids: Collection[str]) -> Mapping[str, dict[DocumentKind, MeetingDocument]]:
    rows = session.scalars(
        select(MeetingDocumentRow)
        .where(MeetingDocumentRow.meeting_id.in_(meeting_ids))
        .order_by(MeetingDocumentRow.kind)
    )
    found: dict[str, dict[DocumentKind, MeetingDocument]] = {}
    for row in rows:
        kind = DocumentKind(row.kind)
        found.setdefault(row.meeting_id, {})[kind] = MeetingDocument(
            kind, row.key, content_of(row), row.added_at
        )
    return found
