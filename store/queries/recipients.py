"""Who hears of something, and the little that may be said where others read along.

Chat ids leave the store here and in `store.queries.chat`, for the outbox and the turn alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, aliased

from store.domain.reference import Priority, Restriction
from store.domain.report import ReportState
from store.domain.staff import Role, Staff, may_open, may_oversee
from store.queries import staff as accounts
from store.tables.case import CaseRow
from store.tables.report import ReportRow
from store.tables.resident import ResidentRow
from store.tables.staff import StaffGrantRow, StaffRow


@dataclass(frozen=True, slots=True)
class Reporter:
    """Whom to tell about a report. `guarded`: others may read the phone, so say next to nothing."""

    report_id: str
    reference: str
    chat_id: int
    language: str
    guarded: bool


@dataclass(frozen=True, slots=True)
class Card:
    """What the staff group may know of a report: never its words, place or people."""

    report_id: str
    reference: str
    category: str
    area: str | None
    priority: Priority
    state: ReportState
    taken_by_name: str | None


def reporters(session: Session, report_ids: Sequence[str]) -> list[Reporter]:
    """Return the reporters of these reports who may be written to, oldest report first.

    Whoever blocked us or must not be contacted is left out, relays of theirs too.
    """
    silent = aliased(ResidentRow)
    wishes = select(silent.id).where(
        silent.chat_id == ResidentRow.chat_id,
        silent.do_not_contact | silent.blocked_at.is_not(None),
    )
    rows = session.execute(
        select(
            ReportRow.id,
            ReportRow.reference,
            ReportRow.restriction,
            ResidentRow.chat_id,
            ResidentRow.language,
        )
        .join(ResidentRow, ResidentRow.id == ReportRow.reporter_id)
        .where(ReportRow.id.in_(report_ids), ResidentRow.chat_id.is_not(None), ~wishes.exists())
        .order_by(ReportRow.created_at, ReportRow.id)
    )
    return [
        Reporter(
            row.id, row.reference, row.chat_id, row.language, row.restriction == Restriction.SAFEGUARDING
        )
        for row in rows
    ]


def may_be_told(session: Session, reference: str) -> bool:
    """Tell whether anybody may be written to of those who told this report, or the reports of this case."""
    case = select(CaseRow.id).where(CaseRow.reference == reference)
    its = (ReportRow.reference == reference) | ReportRow.case_id.in_(case)
    return bool(reporters(session, session.scalars(select(ReportRow.id).where(its)).all()))


def granted(session: Session, restriction: Restriction) -> list[Staff]:
    """Return those with a linked chat who may open records under this restriction."""
    rows = session.execute(
        select(StaffRow.id, StaffRow.name, StaffRow.role, StaffRow.chat_id)
        .join(StaffGrantRow, StaffGrantRow.staff_id == StaffRow.id)
        .where(
            StaffGrantRow.restriction == restriction.value,
            StaffRow.chat_id.is_not(None),
            StaffRow.disabled_at.is_(None),
        )
        .order_by(StaffRow.id)
    )
    people = [Staff(row.id, row.name, Role(row.role), row.chat_id, frozenset({restriction})) for row in rows]
    return [person for person in people if may_open(person, restriction)]


def supervisors(session: Session, restriction: Restriction | None) -> list[Staff]:
    """Return the supervisors with a linked chat who may open records under this restriction."""
    if restriction is not None:
        return [person for person in granted(session, restriction) if person.role is Role.SUPERVISOR]
    return [person for person in overseers(session) if person.role is Role.SUPERVISOR]


def overseers(session: Session) -> list[Staff]:
    """Return those with a linked chat who hear that records lie unseen, without what they were granted."""
    rows = session.execute(
        select(StaffRow.id, StaffRow.name, StaffRow.role, StaffRow.chat_id)
        .where(StaffRow.chat_id.is_not(None), StaffRow.disabled_at.is_(None))
        .order_by(StaffRow.id)
    )
    people = [Staff(row.id, row.name, Role(row.role), row.chat_id) for row in rows]
    return [person for person in people if may_oversee(person)]


def administrators(session: Session) -> list[Staff]:
    """Return the administrators with a linked chat."""
    return [person for person in overseers(session) if person.role is Role.ADMINISTRATOR]


def officer(session: Session, staff_id: str, restriction: Restriction | None) -> Staff | None:
    """Return this person if they have a linked chat and may open such a record."""
    person = accounts.by_id(session, staff_id).staff
    return person if person.chat_id is not None and may_open(person, restriction) else None


_CARD = (
    select(
        ReportRow.id,
        ReportRow.reference,
        ReportRow.category,
        ReportRow.area,
        ReportRow.priority,
        ReportRow.state,
        StaffRow.name,
    )
    .outerjoin(StaffRow, StaffRow.id == ReportRow.taken_by)
    .where(ReportRow.id == bindparam("report_id"), ReportRow.restriction.is_(None))
)


def card(session: Session, report_id: str) -> Card | None:
    """Return what the staff group may know of this report; None where that is nothing."""
    row = session.execute(_CARD, {"report_id": report_id}).one_or_none()
    if row is None:
        return None
    return Card(
        row.id,
        row.reference,
        row.category,
        row.area,
        Priority(row.priority),
        ReportState(row.state),
        row.name,
    )


def held(session: Session, report_id: str) -> dict[str, str | None]:
    """Return who took this report and what it is restricted to, as events tell them."""
    wanted = select(ReportRow.taken_by.label("officer_id"), ReportRow.restriction)
    return dict(session.execute(wanted.where(ReportRow.id == report_id)).mappings().one())
