"""A resident's own reports: what they may see of them, and nothing of anybody else's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from store.domain.case import CaseState
from store.domain.errors import NotFound
from store.domain.report import PlainStatus, ReportState, plain_status
from store.domain.resident import Resident
from store.tables.case import CaseRow
from store.tables.message import MessageRow
from store.tables.report import ReportRow
from store.tables.resident import ResidentRow


@dataclass(frozen=True, slots=True)
class OwnReport:
    """One's own report in plain terms."""

    id: str
    reference: str
    category: str
    status: PlainStatus
    waiting: bool
    created_at: datetime


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question from staff that this person has not answered."""

    id: str
    reference: str
    text: str


def listing(session: Session, resident: Resident, limit: int = 10) -> list[OwnReport]:
    """Return this person's newest reports, anonymous ones too: they are their own."""
    rows = session.execute(_own(resident).order_by(ReportRow.created_at.desc()).limit(limit))
    return [_view(report, state) for report, state in rows]


def one(session: Session, resident: Resident, reference: str) -> OwnReport:
    """Return one of this person's reports; `NotFound` for anybody else's."""
    row = session.execute(_own(resident).where(ReportRow.reference == reference)).one_or_none()
    if row is None:
        raise NotFound("report.not_found")
    report, state = row
    return _view(report, state)


def just_sent(session: Session, resident: Resident, since: datetime) -> str | None:
    """Return the reference of this person's newest report from `since` on, if it is not closed."""
    newest = _own(resident).where(ReportRow.created_at >= since).order_by(ReportRow.created_at.desc())
    found = session.execute(newest.limit(1)).one_or_none()
    own = _view(*found) if found is not None else None
    return own.reference if own is not None and own.status is not PlainStatus.CLOSED else None


def open_questions(session: Session, resident: Resident) -> list[OpenQuestion]:
    """Return what staff asked this person and they have not answered, oldest first.

    What ended takes its questions with it; one that was asked after the end is open.
    """
    rows = session.execute(
        select(MessageRow.id, ReportRow.reference, MessageRow.text)
        .join(ReportRow, ReportRow.id == MessageRow.report_id)
        .join(ResidentRow, ResidentRow.id == ReportRow.reporter_id)
        .outerjoin(CaseRow, CaseRow.id == ReportRow.case_id)
        .where(
            ResidentRow.chat_id == resident.chat_id,
            MessageRow.kind == "question",
            MessageRow.answered_at.is_(None),
            ReportRow.state.in_((ReportState.WAITING.value, ReportState.IN_CASE.value)),
            or_(CaseRow.closed_at.is_(None), MessageRow.created_at > CaseRow.closed_at),
        )
        .order_by(MessageRow.created_at)
    )
    return [OpenQuestion(*row) for row in rows]


def team_words(session: Session, resident: Resident, reference: str, limit: int = 3) -> list[str]:
    """Return the last things the team wrote about one's own report, oldest first; never their notes.

    Whoever cannot be written to, or only guardedly, reads them here.
    """
    texts = session.scalars(
        select(MessageRow.text)
        .select_from(ReportRow)
        .join(ResidentRow, ResidentRow.id == ReportRow.reporter_id)
        .join(MessageRow, or_(MessageRow.report_id == ReportRow.id, MessageRow.case_id == ReportRow.case_id))
        .where(
            ReportRow.reference == reference,
            ResidentRow.chat_id == resident.chat_id,
            MessageRow.kind.in_(("reply", "closing")),
            or_(MessageRow.report_id.is_(None), MessageRow.report_id == ReportRow.id),
        )
        .order_by(MessageRow.created_at.desc(), MessageRow.id)
        .limit(limit)
    )
    return list(texts)[::-1]


def _own(resident: Resident) -> Select[ReportRow, str | None]:
    return (
        select(ReportRow, CaseRow.state)
        .join(ResidentRow, ResidentRow.id == ReportRow.reporter_id)
        .outerjoin(CaseRow, CaseRow.id == ReportRow.case_id)
        .where(ResidentRow.chat_id == resident.chat_id)
    )


def _view(row: ReportRow, case_state: str | None) -> OwnReport:
    state = ReportState(row.state)
    status = plain_status(
        state, CaseState(case_state) if case_state else None, taken=row.taken_by is not None
    )
    return OwnReport(
        row.id,
        row.reference,
        row.category,
        status,
        state is ReportState.WAITING,
        row.created_at,
    )
