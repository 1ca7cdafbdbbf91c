"""Take updates in, claim them one by one, and set aside those that cannot be handled."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Table, bindparam, func, select, text, update
from sqlalchemy.orm import Session

from store.domain.inbox import TRIES_BEFORE_PARKED, InboxItem, RawUpdate
from store.engine import now
from store.engine.dialect import inserts, is_sqlite
from store.tables.ids import rising_ids
from store.tables.inbox import DONE, PARKED, WAITING, InboxRow

_INBOX = cast("Table", InboxRow.__table__)
_ADD = {
    sqlite: insert.on_conflict_do_nothing(index_elements=["bot_id", "update_id"]).returning(_INBOX.c.id)
    for sqlite, insert in inserts(_INBOX).items()
}
_CLAIM = (
    update(_INBOX)
    .where(_INBOX.c.id == bindparam("inbox_id"), _INBOX.c.state == WAITING)
    .values(state=DONE, payload=None, handled_at=bindparam("at"))
)
_LOCK_CHAT = text("SELECT pg_try_advisory_xact_lock(:chat_id)")
_OLDEST = select(func.min(_INBOX.c.id)).where(
    _INBOX.c.state == WAITING, _INBOX.c.chat_id == bindparam("chat_id")
)


def add(session: Session, updates: Sequence[RawUpdate]) -> list[InboxItem]:
    """Take these updates in and return the new ones, in order; repeats are dropped."""
    at = now(session)
    rows: list[dict[str, Any]] = [
        {
            "id": rising_ids.next(),
            "bot_id": raw.bot_id,
            "update_id": raw.update_id,
            "chat_id": raw.chat_id,
            "payload": raw.payload,
            "message_id": raw.message_id,
            "state": WAITING,
            "tries": 0,
            "received_at": at,
        }
        for raw in updates
    ]
    added = set(session.scalars(_ADD[is_sqlite(session)], rows))
    return [
        InboxItem(row["id"], row["chat_id"], json.loads(row["payload"])) for row in rows if row["id"] in added
    ]


def claim(session: Session, item: InboxItem) -> bool:
    """Make this update ours for the rest of the transaction, as its first statement.

    False when somebody else has it, or has handled it. On PostgreSQL the chat is locked, and the
    update must be its oldest, so that one chat stays strictly in order.
    """
    if not _ours(session, item):
        return False
    done = session.connection().execute(_CLAIM, {"inbox_id": item.id, "at": now(session)})
    return bool(done.rowcount)


def _ours(session: Session, item: InboxItem) -> bool:
    """On PostgreSQL: lock the chat till the unit ends, and see that the update is its oldest."""
    if is_sqlite(session):
        return True
    if not session.scalar(_LOCK_CHAT, {"chat_id": item.chat_id}):
        return False
    oldest: int | None = session.scalar(_OLDEST, {"chat_id": item.chat_id})
    return oldest == item.id


def begin_again(session: Session, item: InboxItem) -> int:
    """Count that an update found waiting after a stop is about to be tried, in case it stops us too.

    Returns which try it is (above `TRIES_BEFORE_PARKED`: no more of them), or 0 where it is not
    ours to try: it is handled, or a worker that lives is at this chat. `try_ended` takes the count
    back once the try did not take the process down.
    """
    if not _ours(session, item):
        return 0
    tries: int | None = session.scalar(
        select(_INBOX.c.tries).where(_INBOX.c.id == item.id, _INBOX.c.state == WAITING)
    )
    if tries is None:
        return 0
    if tries >= TRIES_BEFORE_PARKED:
        return tries + 1
    return count_try(session, item.id, "found waiting after a stop")


def try_ended(session: Session, item_id: int) -> None:
    """Take back what `begin_again` counted; what became of the try is written down otherwise."""
    session.execute(
        update(_INBOX)
        .where(_INBOX.c.id == item_id, _INBOX.c.state == WAITING, _INBOX.c.tries > 0)
        .values(tries=_INBOX.c.tries - 1)
    )


def count_try(session: Session, item_id: int, error: str) -> int:
    """Count a turn that failed; return the count.

    0 where the update does not wait any more: somebody else has handled it.
    """
    counted: int | None = session.scalar(
        update(_INBOX)
        .where(_INBOX.c.id == item_id, _INBOX.c.state == WAITING)
        .values(tries=_INBOX.c.tries + 1, error=error)
        .returning(_INBOX.c.tries)
    )
    return counted or 0


def park(session: Session, item_id: int, error: str) -> bool:
    """Set this update aside for staff to see. The payload is emptied: it holds people's words."""
    parked = session.execute(
        update(_INBOX)
        .where(_INBOX.c.id == item_id, _INBOX.c.state == WAITING)
        .values(state=PARKED, payload=None, error=error, handled_at=now(session))
    )
    return bool(parked.rowcount)  # type: ignore[attr-defined]
