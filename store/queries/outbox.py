"""What is to be sent now, and what went to groups a moment ago."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Table, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from store.domain.delivery import Delivery, DeliveryState, Lane
from store.engine import now
from store.tables.delivery import IS_QUEUED, DeliveryRow

GROUP_WINDOW = timedelta(minutes=1)
PER_CHAT = 20
"""So many replies of one chat are taken at once."""
AHEAD_PER_CHAT = 2
"""So much else: a chat takes one a second, so this is enough, and many slow chats leave room for others."""
_TABLE = cast("Table", DeliveryRow.__table__)


_BULK = tuple(lane for lane in Lane if lane not in (Lane.REPLY, Lane.GATHERED))
_IN_LANE = (
    select(_TABLE.c.id, _TABLE.c.chat_id)
    .where(
        IS_QUEUED,
        _TABLE.c.lane == bindparam("lane"),
        _TABLE.c.due_at <= bindparam("now"),
        _TABLE.c.chat_id.not_in(bindparam("full", expanding=True)),
    )
    .order_by(_TABLE.c.due_at, _TABLE.c.id)
    .limit(bindparam("most"))
)


@dataclass(frozen=True, slots=True)
class Due:
    """What may be sent now. `behind`: chats with more replies than were looked at; `cut`: any may have."""

    deliveries: list[Delivery]
    behind: frozenset[int]
    cut: bool


def due(
    session: Session,
    limit: int,
    in_hand: Collection[int] = frozenset(),
    room: int | None = None,
    for_alerts: int = 0,
) -> Due:
    """Return what is due now and queued: `limit` replies, then `room` of the rest, most urgent lane first.

    So many more of those may be alerts (`for_alerts`), which wait behind no bulk that is in hand.
    At most `PER_CHAT` replies and `AHEAD_PER_CHAT` of any other lane for one chat, so that none fills the
    list; those `in_hand` count towards their chat and are left out. What is looked at does not grow with
    what waits.
    """
    replies = _of_lane(session, Lane.REPLY, limit, in_hand)
    ids, left = replies.fresh, limit if room is None else room
    for lane in _BULK:
        most = left + for_alerts if lane is Lane.URGENT else left
        if most > 0:
            found = _of_lane(session, lane, most, in_hand).fresh
            ids, left = ids + found, left - len(found)
    return Due(_read(session, ids), replies.full, replies.cut)


@dataclass(frozen=True, slots=True)
class _OfLane:
    """What one lane has to go that is not in hand; the chats that have more, and whether any may have."""

    fresh: list[int]
    full: frozenset[int]
    cut: bool


def _of_lane(session: Session, lane: Lane, limit: int, in_hand: Collection[int]) -> _OfLane:
    """Walk a lane in order; where chats with many fill the walk, walk on without them."""
    told = {"lane": int(lane), "now": now(session), "most": limit + len(in_hand)}
    most_of_chat = PER_CHAT if lane is Lane.REPLY else AHEAD_PER_CHAT
    taken: list[int] = []
    full: set[int] = set()
    while True:
        rows = session.execute(_IN_LANE, told | {"full": list(full)}).all()
        places: Counter[int] = Counter()
        fresh: list[tuple[int, int]] = []
        for id_, chat_id in rows:
            places[chat_id] += 1
            if places[chat_id] <= most_of_chat and id_ not in in_hand:
                fresh.append((id_, chat_id))
        filled = {chat_id for chat_id, count in places.items() if count >= most_of_chat}
        full |= filled
        cut = len(rows) == told["most"]
        if not filled or not cut or len(taken) + len(fresh) >= limit:
            return _OfLane((taken + [id_ for id_, _ in fresh])[:limit], frozenset(full), cut)
        taken += [id_ for id_, chat_id in fresh if chat_id in filled]


def _read(session: Session, ids: Collection[int]) -> list[Delivery]:
    if not ids:
        return []
    rows = session.execute(
        select(_TABLE).where(_TABLE.c.id.in_(ids), IS_QUEUED).order_by(_TABLE.c.lane, _TABLE.c.id)
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
