"""Take updates in, claim them one by one, and set aside those that cannot be handled."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Table, bindparam, func, select, text, update
from sqlalchemy.orm import Session

from store.domain.inbox import InboxItem, RawUpdate
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
    if not is_sqlite(session):
        if not session.scalar(_LOCK_CHAT, {"chat_id": item.chat_id}):
            return False
        if session.scalar(_OLDEST, {"chat_id": item.chat_id}) != item.id:
            return False
    done = session.connection().execute(_CLAIM, {"inbox_id": item.id, "at": now(session)})
    return bool(done.rowcount)


def count_try(session: Session, item_id: int, error: str) -> int:
    """Count a turn that failed (or is about to be tried after a crash); return the count.

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
