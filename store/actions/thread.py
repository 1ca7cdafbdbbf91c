"""Messages as rows: keep one, find the same one again, mark what was read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import InstrumentedAttribute, Session

from store.actions import search
from store.domain.message import MessageKind, MessageView
from store.engine import now
from store.tables.message import MessageRow

DOUBLE_TAP = timedelta(minutes=1)


def keep(
    session: Session,
    kind: MessageKind,
    text: str,
    *,
    report_id: str | None = None,
    case_id: str | None = None,
    staff_id: str | None = None,
) -> MessageRow:
    """Keep what was said, so that it can be found again."""
    row = MessageRow(
        kind=kind.value,
        report_id=report_id,
        case_id=case_id,
        staff_id=staff_id,
        text=text,
        created_at=now(session),
    )
    session.add(row)
    session.flush()
    if report_id is not None:
        search.add_to_report(session, report_id, text)
    elif case_id is not None:
        search.add_to_case(session, case_id, text)
    return row


def same(
    session: Session, kind: MessageKind, text: str, about: tuple[str, str], staff_id: str | None
) -> MessageRow | None:
    """Return the same words from the same person a moment ago: a button pressed twice.

    `about` is the kind ("report" or "case") and id of the record.
    """
    return session.scalar(
        select(MessageRow)
        .where(
            _column(about[0]) == about[1],
            MessageRow.kind == kind.value,
            MessageRow.staff_id.is_(None) if staff_id is None else MessageRow.staff_id == staff_id,
            MessageRow.text == text,
            MessageRow.created_at > now(session) - DOUBLE_TAP,
        )
        .limit(1)
    )


def take_back(session: Session, about: tuple[str, str]) -> None:
    """Say of the last closing words about this that nobody was sent them; `about` as for `same`."""
    last = session.scalars(
        select(MessageRow)
        .where(_column(about[0]) == about[1], MessageRow.kind == MessageKind.CLOSING.value)
        .order_by(MessageRow.created_at.desc())
        .limit(1)
    ).one_or_none()
    if last is not None:
        last.kind = MessageKind.TAKEN_BACK.value


def _column(kind: str) -> InstrumentedAttribute[str | None]:
    return MessageRow.report_id if kind == "report" else MessageRow.case_id


def mark_read(session: Session, messages: Iterable[MessageView]) -> None:
    """Write down that the officer has now seen these."""
    unread = [message.id for message in messages if message.unread]
    if unread:
        session.execute(
            update(MessageRow)
            .where(MessageRow.id.in_(unread), MessageRow.read_at.is_(None))
            .values(read_at=now(session))
        )
