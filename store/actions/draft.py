"""Keep and drop the form somebody is filling in."""

from __future__ import annotations

from typing import cast

from sqlalchemy import Table, bindparam, delete
from sqlalchemy.orm import Session

from store.domain.draft import Draft
from store.engine import now
from store.engine.dialect import inserts, is_sqlite
from store.tables.draft import DraftRow

_DRAFTS = cast("Table", DraftRow.__table__)
_KEEP = {
    sqlite: insert.on_conflict_do_update(
        index_elements=["chat_id"],
        set_={name: insert.excluded[name] for name in ("form", "step", "version", "answers", "updated_at")},
    )
    for sqlite, insert in inserts(_DRAFTS).items()
}
_DROP = delete(_DRAFTS).where(_DRAFTS.c.chat_id == bindparam("chat"))


def keep(session: Session, chat_id: int, draft: Draft) -> None:
    """Keep the draft of this chat, in place of the one before."""
    session.connection().execute(
        _KEEP[is_sqlite(session)],
        {
            "chat_id": chat_id,
            "form": draft.form,
            "step": draft.step,
            "version": draft.version,
            "answers": draft.packed(),
            "updated_at": now(session),
        },
    )


def drop(session: Session, chat_id: int) -> None:
    """Forget the draft of this chat."""
    session.execute(_DROP, {"chat": chat_id})
