"""Files of a report: written down in the turn, fetched by a worker afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import event, evidence_place
from store.actions.evidence_files import doom
from store.actions.rows import check_is_read, officer_of, told_report
from store.domain.actor import SYSTEM, Actor, ActorKind, Channel
from store.domain.concern import concerns_kept, may_ask_pictures
from store.domain.errors import Refusal
from store.domain.event import Action
from store.domain.evidence import EvidenceState, WhyRefused
from store.domain.evidence_file import FETCH_TRIES, StoredFile, WaitingFile, copy_key, original_key
from store.domain.evidence_place import PhotoPlace
from store.domain.reference import Profile, Restriction
from store.domain.report import Identity
from store.engine import now, unit
from store.tables.evidence import EvidenceRow
from store.tables.report import ReportRow

RETRY = timedelta(seconds=30)
LEASE = timedelta(minutes=5)


def add(session: Session, report: ReportRow, files: Iterable[Mapping[str, Any]]) -> int:
    """Write down files that came with a report or later; names are dropped where it is anonymous.

    A file whose `use_place` is set may lend its place to the report. Refusal: `report.closed`.
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
            photo_place=bool(file.get("use_place")),
            state=EvidenceState.WAITING,
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


def add_later(
    session: Session, report: ReportRow, profile: Profile, files: Iterable[Mapping[str, Any]]
) -> int:
    """Write down files sent after the report.

    Refusals: `report.closed`, `files.not_asked` where pictures could do harm.
    """
    check_is_read(report)
    category = next((known for known in profile.categories if known.code == report.category), None)
    restriction = Restriction(report.restriction) if report.restriction else None
    if not may_ask_pictures(category, concerns_kept(restriction, report.safety_shown)):
        raise Refusal("files.not_asked")
    return add(session, report, files)


def lease(session: Session, limit: int = 8) -> list[WaitingFile]:
    """Return files that are due to be fetched, and keep others from them for `LEASE`."""
    rows = session.scalars(
        select(EvidenceRow)
        .where(EvidenceRow.state == EvidenceState.WAITING, EvidenceRow.due_at <= now(session))
        .order_by(EvidenceRow.due_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for row in rows:
        row.due_at = now(session) + LEASE
        row.tries += 1
    return [
        WaitingFile(row.id, row.file_id, row.kind, row.name, row.tries, use_place=row.photo_place)
        for row in rows
    ]


def kept(session: Session, evidence_id: str, stored: StoredFile, place: PhotoPlace | None = None) -> bool:
    """Write down where the file lies in the store; False where that was settled before.

    `place` is what was found where the person wanted the photo's place used. Whoever comes too
    late leaves nothing behind in the store: what no row points to is doomed.
    """
    row = _locked(session, evidence_id)
    if row.state != EvidenceState.WAITING:
        doom(session, {stored.key, stored.copy_key} - {row.key, row.copy_key})
        return False
    row.state, row.reason = EvidenceState.KEPT, None
    row.key, row.copy_key = stored.key, stored.copy_key
    row.sha256, row.media_type, row.size = stored.sha256, stored.media_type, stored.size
    row.kept_at = now(session)
    event.record(session, SYSTEM, Action.EVIDENCE_FETCHED, ("evidence", row.id), {"sha256": stored.sha256})
    if place is not None:
        evidence_place.use(session, row, place)
    return True


def refused(session: Session, evidence_id: str, why: WhyRefused) -> None:
    """Write down that we do not keep such a file; both sides are told."""
    row = _locked(session, evidence_id)
    if row.state == EvidenceState.WAITING:
        _give_up(session, row, EvidenceState.REFUSED, why.value)


def failed(session: Session, evidence_id: str, reason: str) -> bool:
    """Write down that fetching failed; True where it will not be tried again and both are told."""
    row = _locked(session, evidence_id)
    if row.state != EvidenceState.WAITING:
        return True
    if row.tries < FETCH_TRIES:
        row.due_at = now(session) + RETRY * row.tries
        row.reason = reason
        return False
    _give_up(session, row, EvidenceState.FAILED, reason)
    return True


def _locked(session: Session, evidence_id: str) -> EvidenceRow:
    return session.get_one(EvidenceRow, evidence_id, with_for_update=True, populate_existing=True)


def _give_up(session: Session, row: EvidenceRow, state: EvidenceState, reason: str) -> None:
    """End it; an attempt that died half-way may have left something in the store."""
    report = session.get_one(ReportRow, row.report_id)
    row.state, row.reason = state, reason
    doom(session, {original_key(row.id), copy_key(row.id)})
    officer = {"officer_id": officer_of(session, report)}
    told = told_report(report) | officer | {"state": state.value, "reason": reason}
    event.record(session, SYSTEM, Action.EVIDENCE_REFUSED, ("evidence", row.id), told)
