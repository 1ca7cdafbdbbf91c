"""Objects in the store that are to go: marked in the transaction that lets go of them.

A worker deletes the object, then its mark. Dying in between costs one more deletion of what is no
longer there; a mark that was never committed deletes nothing. What is put for a page is marked before
it is there, to go after a while, and the mark is taken off by the transaction that points to it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from store.actions import event
from store.domain.actor import SYSTEM
from store.domain.event import Action
from store.domain.evidence_file import CLAIM_WITHIN, DoomedFile
from store.domain.retention import ORIGINAL_DAYS
from store.engine import now, unit
from store.tables.case import CaseRow
from store.tables.evidence import DoomedFileRow, EvidenceRow
from store.tables.report import ReportRow

AT_ONCE = 100


def doom(session: Session, keys: Iterable[str | None]) -> None:
    """Mark the objects under these keys to be deleted soon."""
    for key in sorted(key for key in keys if key):
        session.merge(DoomedFileRow(key=key, since=now(session)))
        unit(session).woken.add("fetcher")


def reserve(session: Session, key: str) -> None:
    """Mark an object that is about to be put: it goes after `CLAIM_WITHIN` unless it was claimed."""
    session.add(DoomedFileRow(key=key, since=now(session) + CLAIM_WITHIN))


def claim(session: Session, key: str) -> bool:
    """Take the mark off an object that something points to from now on; False where it is too late."""
    mark = session.get(DoomedFileRow, key, with_for_update=True, populate_existing=True)
    if mark is None or mark.since <= now(session):
        return False
    session.delete(mark)
    return True


def doomed(session: Session) -> list[DoomedFile]:
    """Return objects to delete, those that wait longest first."""
    rows = session.execute(
        select(DoomedFileRow.key, DoomedFileRow.since)
        .where(DoomedFileRow.since <= now(session))
        .order_by(DoomedFileRow.since, DoomedFileRow.key)
        .limit(AT_ONCE)
    )
    return [DoomedFile(row.key, row.since) for row in rows]


def deleted(session: Session, file: DoomedFile) -> None:
    """Write down that this object is gone; a mark renewed meanwhile stays."""
    mark = (DoomedFileRow.key == file.key, DoomedFileRow.since == file.since)
    session.execute(delete(DoomedFileRow).where(*mark))


def forget_originals(session: Session, at: datetime) -> int:
    """Let go of the originals of pictures after `ORIGINAL_DAYS`; return how many.

    What staff marked as evidence stays, what is in quarantine, and all of a case under a legal
    hold; the copies stay too.
    """
    held = (
        select(CaseRow.id)
        .join(ReportRow, ReportRow.case_id == CaseRow.id)
        .where(ReportRow.id == EvidenceRow.report_id, CaseRow.legal_hold.is_not(None))
    )
    rows = session.scalars(
        select(EvidenceRow)
        .where(
            EvidenceRow.key.is_not(None),
            EvidenceRow.copy_key.is_not(None),
            EvidenceRow.kept_at < at - ORIGINAL_DAYS,
            EvidenceRow.keep_reason.is_(None),
            EvidenceRow.quarantined_at.is_(None),
            ~held.exists(),
        )
        .order_by(EvidenceRow.id)
        .with_for_update()
    ).all()
    for row in rows:
        doom(session, {row.key})
        row.key = None
        details = {"report_id": row.report_id, "sha256": row.sha256}
        event.record(session, SYSTEM, Action.EVIDENCE_ORIGINAL_DELETED, ("evidence", row.id), details)
    return len(rows)
