"""Attach the agenda and the minutes of a meeting, and take them off again.

The bytes are put into the store of files between two units: `reserve` marks their place to be emptied
again unless `attach` takes it in time. Whatever dies in between leaves nothing behind and loses nothing.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from store.actions import evidence_files
from store.actions.meeting import for_update, record
from store.actions.rows import check_version, touch
from store.domain.errors import Refusal
from store.domain.event import Action
from store.domain.meeting import MeetingState
from store.domain.meeting_document import KIND_LABELS, Content, DocumentKind, check_time, key_of, words
from store.domain.staff import By
from store.engine import now
from store.queries.meeting_documents import content_of
from store.tables.base import new_id
from store.tables.meeting import MeetingRow
from store.tables.meeting_document import MeetingDocumentRow


def reserve(session: Session, by: By, reference: str, kind: DocumentKind, version: int | None = None) -> str:
    """Return the key under which the bytes of a new file are to be put, and then attached.

    Refusals: `meeting.not_found`, `record.changed`, those of `check_time`.
    """
    row = for_update(session, by, reference)
    check_version(session, "meeting", row, version)
    _check_time(session, row, kind)
    key = key_of(new_id())
    evidence_files.reserve(session, key)
    return key


def attach(
    session: Session,
    by: By,
    reference: str,
    kind: DocumentKind,
    stored: tuple[str, Content],
    version: int | None = None,
) -> None:
    """Let the file that was put under this key be the agenda or the minutes; an older one goes.

    The same file again is harmless. Refusals: `meeting.not_found`, `record.changed`,
    `meeting_document.too_slow` (its place was given up meanwhile), those of `check_time`.
    """
    meeting, (key, content) = for_update(session, by, reference), stored
    row = _row(session, meeting, kind)
    before = content_of(row) if row else None
    if before == content:
        evidence_files.doom(session, {key})
        return
    check_version(session, "meeting", meeting, version)
    _check_time(session, meeting, kind)
    if not evidence_files.claim(session, key):
        raise Refusal("meeting_document.too_slow")
    if row is not None:
        evidence_files.doom(session, {row.key})
    row = row or MeetingDocumentRow(meeting_id=meeting.id, kind=kind.value)
    row.key, row.media_type, row.size, row.sha256 = key, content.media_type, content.size, content.sha256
    row.added_at, row.added_by = now(session), by.staff.id
    session.add(row)
    _record(session, by, meeting, kind, (before, content))


def remove(session: Session, by: By, reference: str, kind: DocumentKind, version: int | None = None) -> None:
    """Take a file off, whatever became of the meeting; taking it off again is harmless.

    Refusals: `meeting.not_found`, `record.changed`.
    """
    meeting = for_update(session, by, reference)
    row = _row(session, meeting, kind)
    if row is None:
        return
    check_version(session, "meeting", meeting, version)
    evidence_files.doom(session, {row.key})
    session.delete(row)
    _record(session, by, meeting, kind, (content_of(row), None))


def _row(session: Session, meeting: MeetingRow, kind: DocumentKind) -> MeetingDocumentRow | None:
    return session.get(MeetingDocumentRow, (meeting.id, kind.value), populate_existing=True)


def _check_time(session: Session, row: MeetingRow, kind: DocumentKind) -> None:
    check_time(kind, MeetingState(row.state), begun=row.starts_at <= now(session))


def _record(
    session: Session,
    by: By,
    meeting: MeetingRow,
    kind: DocumentKind,
    change: tuple[Content | None, Content | None],
) -> None:
    """Write down which file took the place of which, by their hashes."""
    before, after = change
    meeting.updated_at = now(session)
    touch(session, meeting)
    action = Action.MEETING_DOCUMENT_REMOVED if after is None else Action.MEETING_DOCUMENT_ATTACHED
    told = f"{KIND_LABELS[kind]}: {words(before)} → {words(after)}"
    hashes = {"sha256_before": before and before.sha256, "sha256_after": after and after.sha256}
    record(session, by.actor, meeting, action, kind=kind.value, change=told, **hashes)
