"""The staff group's card of a report while it is on its way: what it will say can still change."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from store.domain.delivery import DeliveryState, Outgoing, Sent
from store.engine import now
from store.tables.delivery import DeliveryRow

_TABLE = cast("Table", DeliveryRow.__table__)
_WAITS_AT_MOST = timedelta(hours=1)
_EDITS = ":edit"


def standing(session: Session, key: str) -> tuple[DeliveryState, int | None] | None:
    """Return what became of the card with this key so far, and its message; locked till the commit.

    None where there never was one. The lock keeps a sender from recording it meanwhile unseen.
    """
    row = session.execute(
        select(_TABLE.c.state, _TABLE.c.message_id).where(_TABLE.c.key == key).with_for_update()
    ).one_or_none()
    return (DeliveryState(row.state), row.message_id) if row else None


def take_back(session: Session, key: str) -> None:
    """Cancel what waits under this key, an edit too, and free the key for what takes its place."""
    session.execute(
        update(_TABLE)
        .where(_TABLE.c.key.in_((key, key + _EDITS)), _TABLE.c.state == DeliveryState.QUEUED)
        .values(state=DeliveryState.CANCELLED.value, params=None, key=None, finished_at=now(session))
    )


def once_sent(session: Session, key: str, edit: Outgoing) -> Outgoing:
    """Return the edit of a card that a sender has in hand as it is to be queued; it replaces an older one.

    It goes when `landed` knows the message; if that never comes, it expires.
    """
    take_back(session, key + _EDITS)
    until = now(session) + _WAITS_AT_MOST
    return replace(edit, key=key + _EDITS, due_at=until, expires_at=until)


def landed(session: Session, results: Sequence[Sent]) -> None:
    """Let go the edits that waited for these messages; to be called when they are recorded as sent."""
    messages = {result.id: result.message_id for result in results if result.message_id}
    if not messages:
        return
    card = _TABLE.alias("card")
    waiting = session.execute(
        select(_TABLE.c.id, _TABLE.c.params, card.c.id.label("card_id"))
        .join(card, _TABLE.c.key == card.c.key + _EDITS)
        .where(card.c.id.in_(list(messages)), _TABLE.c.state == DeliveryState.QUEUED)
    ).all()
    for row in waiting:
        params: Mapping[str, Any] = json.loads(row.params) | {"message_id": messages[row.card_id]}
        session.execute(
            update(_TABLE)
            .where(_TABLE.c.id == row.id)
            .values(params=json.dumps(params, ensure_ascii=False), due_at=now(session), expires_at=None)
        )
