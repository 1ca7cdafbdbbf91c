"""What is to be sent now, and what went to groups a moment ago."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Table, and_, func, or_, select
from sqlalchemy.orm import Session

from store.domain.delivery import Delivery, DeliveryState, Lane
from store.engine import now
from store.tables.delivery import DeliveryRow

GROUP_WINDOW = timedelta(minutes=1)
PER_CHAT = 20
_TABLE = cast("Table", DeliveryRow.__table__)


@dataclass(frozen=True, slots=True)
class Due:
    """What may be sent now. `behind`: chats that have more than was looked at; `cut`: any may have."""

    deliveries: list[Delivery]
    behind: frozenset[int]
    cut: bool


def due(session: Session, limit: int, in_hand: Collection[int] = frozenset()) -> Due:
    """Return what is due now and queued, most urgent lane first, oldest first.

    At most `PER_CHAT` of one chat, so that none fills the list; those `in_hand` count towards
    their chat and are left out.
    """
    place = func.row_number().over(partition_by=_TABLE.c.chat_id, order_by=(_TABLE.c.lane, _TABLE.c.id))
    queued = (
        select(_TABLE.c.id, _TABLE.c.chat_id, _TABLE.c.lane, place.label("place"))
        .where(_TABLE.c.state == DeliveryState.QUEUED, _TABLE.c.due_at <= now(session))
        .subquery()
    )
    rows = session.execute(
        select(queued.c.id, queued.c.chat_id, queued.c.place)
        .where(queued.c.place <= PER_CHAT)
        .order_by(queued.c.lane, queued.c.id)
        .limit(limit + len(in_hand))
    ).all()
    fresh = [row.id for row in rows if row.id not in in_hand]
    behind = frozenset(row.chat_id for row in rows if row.place == PER_CHAT)
    return Due(_read(session, fresh[:limit]), behind, len(rows) == limit + len(in_hand))


def _read(session: Session, ids: Collection[int]) -> list[Delivery]:
    rows = session.execute(
        select(_TABLE)
        .where(_TABLE.c.id.in_(ids), _TABLE.c.state == DeliveryState.QUEUED)
        .order_by(_TABLE.c.lane, _TABLE.c.id)
    )
    return [
        Delivery(
            r.id,
            Lane(r.lane),
            r.chat_id,
            r.kind,
            r.method,
            r.params or "{}",
            r.tries,
            r.due_at,
            r.expires_at,
        )
        for r in rows
    ]


def sent_to_groups(session: Session) -> list[tuple[int, datetime]]:
    """Return to which groups something went in the last minute (or may have), and when; oldest first."""
    sent = and_(
        _TABLE.c.state == DeliveryState.SENT,
        _TABLE.c.finished_at > now(session) - GROUP_WINDOW,
        _TABLE.c.message_id.is_not(None),
    )
    at = func.coalesce(_TABLE.c.finished_at, now(session))
    rows = session.execute(
        select(_TABLE.c.chat_id, _TABLE.c.finished_at)
        .where(_TABLE.c.chat_id < 0, or_(sent, _TABLE.c.state == DeliveryState.LEASED))
        .order_by(at)
    )
    return [(row.chat_id, row.finished_at or now(session)) for row in rows]
