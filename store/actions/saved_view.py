"""Save a list under a name, rename it, share it, let it go; one's own only."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.actions import event
from store.actions.rows import check_version
from store.domain.errors import NotFound, Refusal
from store.domain.event import Action
from store.domain.finding import Kind, pairs_of, parse
from store.domain.saved_view import MAX_VIEWS, checked_name
from store.domain.staff import By
from store.engine import now
from store.queries.visible import check_worker
from store.tables.desk import SavedViewRow


def save(session: Session, by: By, shown: tuple[Kind, str], name: str, *, shared: bool = False) -> str:
    """Save what a query shows under a name, and return its id; a name of one's own is used again.

    `shown` is the kind of list and its query.

    Refusals: `staff.not_allowed`, `view.needs_name`, `view.name_too_long`, `view.too_many`,
    `finding.bad_value`.
    """
    check_worker(by.staff)
    kind, query = shown
    said, clean = checked_name(name), urlencode(pairs_of(parse(kind, parse_qsl(query))))
    own = select(SavedViewRow).where(SavedViewRow.owner_id == by.staff.id)
    row = session.scalar(own.where(SavedViewRow.kind == kind.value, SavedViewRow.name == said))
    if row is None:
        if (session.scalar(select(func.count()).select_from(own.subquery())) or 0) >= MAX_VIEWS:
            raise Refusal("view.too_many", maximum=MAX_VIEWS)
        row = SavedViewRow(owner_id=by.staff.id, name=said, kind=kind.value, created_at=now(session))
    row.query, row.shared = clean, shared
    session.add(row)
    session.flush()
    _record(session, by, Action.VIEW_SAVED, row)
    return row.id


def rename(session: Session, by: By, view_id: str, name: str, version: int | None = None) -> None:
    """Give a view of one's own another name; what it is called already is harmless.

    Refusals: `view.not_found`, `record.changed`, those of a name.
    """
    row, said = _own(session, by, view_id), checked_name(name)
    if row.name == said:
        return
    check_version(session, "view", row, version)
    row.name = said
    _record(session, by, Action.VIEW_RENAMED, row)


def share(session: Session, by: By, view_id: str, *, shared: bool, version: int | None = None) -> None:
    """Show a view of one's own to all who work reports, or to oneself alone again.

    What it lists is asked anew for each who looks. What it is already is harmless. Refusals:
    `view.not_found`, `record.changed`.
    """
    row = _own(session, by, view_id)
    if row.shared is shared:
        return
    check_version(session, "view", row, version)
    row.shared = shared
    _record(session, by, Action.VIEW_SHARED, row)


def delete(session: Session, by: By, view_id: str, version: int | None = None) -> None:
    """Let a view of one's own go. Refusals: `view.not_found`, `record.changed`."""
    row = _own(session, by, view_id)
    check_version(session, "view", row, version)
    _record(session, by, Action.VIEW_DELETED, row)
    session.delete(row)


def _own(session: Session, by: By, view_id: str) -> SavedViewRow:
    check_worker(by.staff)
    mine = select(SavedViewRow).where(SavedViewRow.id == view_id, SavedViewRow.owner_id == by.staff.id)
    row = session.scalar(mine.with_for_update())
    if row is None:
        raise NotFound("view.not_found")
    return row


def _record(session: Session, by: By, action: Action, row: SavedViewRow) -> None:
    details = {"name": row.name, "kind": row.kind, "query": row.query, "shared": row.shared}
    event.record(session, by.actor, action, ("view", row.id), details)
