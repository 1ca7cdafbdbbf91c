"""What staff do with a file: open it, quarantine it, mark it as evidence."""

from __future__ import annotations

from sqlalchemy.orm import Session

from store.actions import event
from store.actions.evidence_files import doom
from store.actions.rows import check_version
from store.domain.errors import NotAllowed, NotFound, Refusal
from store.domain.event import Action
from store.domain.evidence import (
    EvidencePage,
    EvidenceState,
    OpenedFile,
    check_open,
    may_download,
    may_show_copy,
)
from store.domain.message import checked_text
from store.domain.staff import By
from store.engine import now
from store.queries import evidence
from store.tables.evidence import EvidenceRow


def open_copy(session: Session, by: By, evidence_id: str) -> OpenedFile:
    """Return where the copy of a picture lies; that it was opened is recorded.

    Refusals: `evidence.not_found` (also where there is no copy), `evidence.quarantined`,
    `evidence.not_kept`.
    """
    row, page = _row(session, by, evidence_id)
    check_open(page.file)
    if row.copy_key is None or not may_show_copy(page.file):
        raise NotFound("evidence.not_found")
    return _opened(session, by, page, "copy", row.copy_key)


def open_original(session: Session, by: By, evidence_id: str) -> OpenedFile:
    """Return where a file that cannot be stripped lies; that it was opened is recorded.

    Refusals: `evidence.not_found`, `evidence.quarantined`, `evidence.not_kept`, `evidence.sealed`
    for the original of a picture.
    """
    row, page = _row(session, by, evidence_id)
    check_open(page.file)
    if row.key is None or not may_download(page.file):
        raise NotAllowed("evidence.sealed")
    return _opened(session, by, page, "original", row.key)


def quarantine(
    session: Session, by: By, evidence_id: str, reason: str, version: int | None = None
) -> EvidencePage:
    """Delete the copy and let nobody look at, share or export this file; the original stays sealed.

    Where the original's time is over, the copy is sealed in its place: something is kept for the
    police. The same again is harmless. Refusals: `evidence.not_found`, `evidence.not_kept`,
    `evidence.needs_reason`, `record.changed`, `message.too_long`.
    """
    row, page = _row(session, by, evidence_id)
    if page.file.quarantine_reason != reason.strip():
        check_version(session, "evidence", row, version)
    if page.file.quarantined:
        return evidence.page(session, by.staff, evidence_id)
    check_open(page.file)
    row.quarantine_reason, row.quarantined_at = _words(reason), now(session)
    if row.key is None:
        row.key = row.copy_key
    else:
        doom(session, {row.copy_key})
    row.copy_key = None
    _record(session, by, page, Action.EVIDENCE_QUARANTINED, {"words": row.quarantine_reason})
    return evidence.page(session, by.staff, evidence_id)


def mark(session: Session, by: By, evidence_id: str, reason: str, version: int | None = None) -> EvidencePage:
    """Mark a file as evidence: its original is kept beyond its time.

    The same again is harmless. Refusals: `evidence.not_found`, `evidence.not_kept`,
    `evidence.needs_reason`, `record.changed`, `message.too_long`.
    """
    row, page = _row(session, by, evidence_id)
    if page.file.keep_reason != reason.strip():
        check_version(session, "evidence", row, version)
    if page.file.keep_reason is not None:
        return evidence.page(session, by.staff, evidence_id)
    if page.file.state is not EvidenceState.KEPT:
        raise Refusal("evidence.not_kept")
    row.keep_reason = _words(reason)
    _record(session, by, page, Action.EVIDENCE_MARKED, {"words": row.keep_reason})
    return evidence.page(session, by.staff, evidence_id)


def _row(session: Session, by: By, evidence_id: str) -> tuple[EvidenceRow, EvidencePage]:
    statement = evidence.reachable(by.staff, evidence_id).with_for_update(of=EvidenceRow)
    found = session.execute(statement).one_or_none()
    if found is None:
        raise NotFound("evidence.not_found")
    return found.EvidenceRow, evidence.page_of(found)


def _words(reason: str) -> str:
    if not reason.strip():
        raise Refusal("evidence.needs_reason")
    return checked_text(reason)


def _opened(session: Session, by: By, page: EvidencePage, what: str, key: str) -> OpenedFile:
    _record(session, by, page, Action.EVIDENCE_OPENED, {"what": what})
    return OpenedFile(key, page.file)


def _record(session: Session, by: By, page: EvidencePage, action: Action, more: dict[str, str]) -> None:
    details = {"report_id": page.file.report_id, "reference": page.reference} | more
    event.record(session, by.actor, action, ("evidence", page.file.id), details)
