"""Take back what waits to be sent and has become pointless, untrue or unwanted."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Table, update
from sqlalchemy.orm import Session

from store.domain.delivery import DeliveryState
from store.engine import now
from store.tables.delivery import DeliveryRow

_TABLE = cast("Table", DeliveryRow.__table__)
_QUEUED = _TABLE.c.state == DeliveryState.QUEUED


def cancel_for_chat(session: Session, chat_id: int, state: DeliveryState) -> None:
    """Take back everything that still waits for this chat (it blocked us, or opted out)."""
    session.execute(
        update(_TABLE)
        .where(_TABLE.c.chat_id == chat_id, _QUEUED)
        .values(state=state.value, params=None, finished_at=now(session))
    )


def take_back(session: Session, chat_id: int, kind: str) -> None:
    """Cancel what waits for this chat and is of this kind: it has become pointless."""
    session.execute(
        update(_TABLE)
        .where(_TABLE.c.chat_id == chat_id, _TABLE.c.kind == kind, _QUEUED)
        .values(state=DeliveryState.CANCELLED.value, params=None, finished_at=now(session))
    )


def take_back_keys(session: Session, prefix: str) -> None:
    """Cancel what waits and whose key begins so: it is not true any more."""
    session.execute(
        update(_TABLE)
        .where(_TABLE.c.key >= prefix, _TABLE.c.key < f"{prefix}\x7f", _QUEUED)
        .values(state=DeliveryState.CANCELLED.value, params=None, finished_at=now(session))
    )
