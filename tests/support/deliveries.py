"""Read the outbox as a test wants it: what would be sent, to whom, when."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from store.engine import Store
from store.tables.delivery import DeliveryRow
from store.tables.resident import ResidentRow
from store.tables.staff import StaffRow


@dataclass(frozen=True)
class Letter:
    id: int
    chat_id: int
    kind: str
    lane: int
    method: str
    state: str
    due_at: datetime
    params: dict[str, Any]

    @property
    def text(self) -> str:
        return str(self.params.get("text", ""))

    @property
    def buttons(self) -> dict[str, str]:
        """The buttons by label, with their data or the page that they open."""
        rows = self.params.get("reply_markup", {}).get("inline_keyboard", [])
        return {
            button["text"]: button.get("callback_data", button.get("url")) for row in rows for button in row
        }


async def letters(store: Store, kind: str = "", chat_id: int | None = None) -> list[Letter]:
    """Return every delivery so far, oldest first; those whose kind starts so, to this chat."""
    found = await store.read(letters_in)
    return [one for one in found if one.kind.startswith(kind) and (chat_id is None or one.chat_id == chat_id)]


def letters_in(session: Session) -> list[Letter]:
    """Return every delivery that this session sees, oldest first."""
    return [
        Letter(
            row.id,
            row.chat_id,
            row.kind,
            row.lane,
            row.method,
            row.state,
            row.due_at,
            json.loads(row.params or "{}"),
        )
        for row in session.scalars(select(DeliveryRow).order_by(DeliveryRow.id))
    ]


def link_chat(session: Session, staff_id: str, chat_id: int) -> None:
    """Give a member of staff a private chat."""
    session.execute(update(StaffRow).where(StaffRow.id == staff_id).values(chat_id=chat_id))


def hush(session: Session, chat_id: int) -> None:
    """Let nobody write to this person any more, as they asked."""
    person = (ResidentRow.chat_id == chat_id, ~ResidentRow.relay)
    session.execute(update(ResidentRow).where(*person).values(do_not_contact=True))


def plan(session: Session, statement: str) -> str:
    """Return how SQLite would do what a statement says."""
    values = (0,) * statement.count("?")
    rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    return " ".join(row.detail for row in rows)
