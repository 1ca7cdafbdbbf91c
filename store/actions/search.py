"""Keep what can be searched for, and write down that somebody searched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

from sqlalchemy import Table
from sqlalchemy.orm import Session

from store.actions import event
from store.domain.event import Action
from store.domain.finding import Filter, pairs_of
from store.domain.search_words import searchable
from store.domain.staff import By
from store.tables.ids import rising_ids
from store.tables.search import SearchEntryRow

EVERYWHERE = "everywhere"
_ENTRY = cast("Table", SearchEntryRow.__table__).insert()


def index(session: Session, text: str, *, report_id: str | None = None, case_id: str | None = None) -> None:
    """Let a text be found, as part of the report or case it belongs to.

    Who may see that record is asked when somebody searches, never kept here.
    """
    words = searchable(text)
    if words:
        entry = {"id": rising_ids.next(), "report_id": report_id, "case_id": case_id, "text": words}
        session.execute(_ENTRY, entry)


def record(session: Session, by: By, wanted: Filter) -> None:
    """Write down that `by` searched one list; the words go into the details, which can be erased."""
    _record(session, by, wanted.kind.value, {"words": wanted.text, "filter": pairs_of(wanted)})


def record_everywhere(session: Session, by: By, words: str) -> None:
    """Write down that `by` searched reports and cases at once, as `record`."""
    _record(session, by, EVERYWHERE, {"words": words})


def _record(session: Session, by: By, where: str, details: Mapping[str, object]) -> None:
    event.record(session, by.actor, Action.SEARCH_MADE, ("search", where), details)
