"""What waits to be handled, and what was set aside."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.domain.inbox import InboxItem, ParkedUpdate
from store.tables.inbox import PARKED, WAITING, InboxRow

PER_CHAT = 20


def waiting(
    session: Session,
    limit: int = 1_000,
    in_hand: Collection[int] = frozenset(),
    until: datetime | None = None,
) -> list[InboxItem]:
    """Return the oldest waiting updates, at most `PER_CHAT` of one chat, so that none fills the list.

    Those `in_hand` count towards their chat and are left out, and so are those received after
    `until`.
    """
    place = func.row_number().over(partition_by=InboxRow.chat_id, order_by=InboxRow.id).label("place")
    standing = select(InboxRow.id, InboxRow.received_at, place).where(InboxRow.state == WAITING).subquery()
    oldest = (
        select(standing.c.id)
        .where(standing.c.place <= PER_CHAT)
        .order_by(standing.c.id)
        .limit(limit + len(in_hand))
    )
    if until is not None:
        oldest = oldest.where(standing.c.received_at <= until)
    fresh = [number for number in session.scalars(oldest) if number not in in_hand][:limit]
    rows = session.execute(
        select(InboxRow.id, InboxRow.chat_id, InboxRow.payload, InboxRow.tries)
        .where(InboxRow.id.in_(fresh), InboxRow.state == WAITING)
        .order_by(InboxRow.id)
    )
    return [InboxItem(r.id, r.chat_id, json.loads(r.payload or "{}"), r.tries) for r in rows]


def oldest_waiting(session: Session) -> datetime | None:
    """Return when the oldest waiting update came in; None when nothing waits."""
    return session.scalar(select(func.min(InboxRow.received_at)).where(InboxRow.state == WAITING))


def count_waiting(session: Session) -> int:
    """Return how many updates wait."""
    return session.scalar(select(func.count()).select_from(InboxRow).where(InboxRow.state == WAITING)) or 0


def parked(session: Session, limit: int = 50) -> list[ParkedUpdate]:
    """Return the updates set aside, newest first: type and error only."""
    rows = session.execute(
        select(InboxRow.id, InboxRow.update_id, InboxRow.error, InboxRow.tries)
        .where(InboxRow.state == PARKED)
        .order_by(InboxRow.id.desc())
        .limit(limit)
    )
    return [ParkedUpdate(r.id, r.update_id, r.error or "", r.tries) for r in rows]
