"""Files of a report: written down in the turn, fetched by a worker afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import event
from store.actions.rows import check_is_read, officer_of, told_report
from store.domain.actor import SYSTEM, Actor, ActorKind, Channel
from store.domain.event import Action
from store.domain.evidence_file import FETCH_TRIES, WaitingFile
from store.domain.report import Identity
from store.engine import now, unit
from store.tables.evidence import EvidenceRow
from store.tables.report import ReportRow

RETRY = timedelta(seconds=30)
LEASE = timedelta(minutes=5)


def add(session: Session, report: ReportRow, files: Iterable[Mapping[str, Any]]) -> int:
    """Write down files that came with a report or later; names are dropped where it is anonymous.

    Refusal: `report.closed`.
    """
    check_is_read(report)
    at = now(session)
    anonymous = report.identity == Identity.ANONYMOUS
    told = told_report(report) | {"officer_id": officer_of(session, report)}
    count = 0
    for file in files:
        row = EvidenceRow(
            report_id=report.id,
            kind=file["kind"],
            file_id=file["file_id"],
            unique_id=file["unique_id"],
            name=None if anonymous else file.get("name"),
            size=file.get("size"),
            media_type=file.get("media_type"),
            state="waiting",
            due_at=at,
            created_at=at,
        )
        session.add(row)
        session.flush()
        actor = Actor(ActorKind.RESIDENT, report.reporter_id, Channel.CHAT)
        event.record(session, actor, Action.EVIDENCE_ADDED, ("evidence", row.id), told | {"kind": row.kind})
        count += 1
    if count:
        unit(session).woken.add("fetcher")
    return count


def lease(session: Session, limit: int = 8) -> list[WaitingFile]:
    """Return files that are due to be fetched, and keep others from them for `LEASE`."""
    rows = session.scalars(
        select(EvidenceRow)
        .where(EvidenceRow.state == "waiting", EvidenceRow.due_at <= now(session))
        .order_by(EvidenceRow.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        row.due_at = now(session) + LEASE
        row.tries += 1
    return [WaitingFile(row.id, row.file_id, row.kind, row.name, row.tries) for row in rows]


def kept(session: Session, evidence_id: str, key: str, sha256: str, media_type: str, size: int) -> None:
    """Write down that the file lies in the store, under `key`."""
    row = session.get_one(EvidenceRow, evidence_id)
    row.state, row.key, row.sha256 = "kept", key, sha256
    row.media_type, row.size = media_type, size
    event.record(session, SYSTEM, Action.EVIDENCE_FETCHED, ("evidence", row.id), {"sha256": sha256})


def refused(session: Session, evidence_id: str, reason: str) -> None:
    """Write down that we do not keep such a file; the reporter is told."""
    _give_up(session, evidence_id, "refused", reason)


def failed(session: Session, evidence_id: str, reason: str) -> bool:
    """Write down that fetching failed; True where it will not be tried again."""
    row = session.get_one(EvidenceRow, evidence_id)
    if row.tries < FETCH_TRIES:
        row.due_at = now(session) + RETRY * row.tries
        row.reason = reason
        return False
    _give_up(session, evidence_id, "failed", reason)
    return True


def _give_up(session: Session, evidence_id: str, state: str, reason: str) -> None:
    row = session.get_one(EvidenceRow, evidence_id)
    report = session.get_one(ReportRow, row.report_id)
    row.state, row.reason = state, reason
    event.record(
        session,
        SYSTEM,
        Action.EVIDENCE_REFUSED,
        ("evidence", row.id),
        {"report_id": report.id, "reference": report.reference, "state": state, "reason": reason},
    )
