"""Delete what is past its time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from store.actions import campaign_file, campaign_tap
from store.actions.evidence_files import forget_originals
from store.domain.delivery import DeliveryState
from store.domain.retention import CAMPAIGN_FILE_DAYS, DELIVERY_DAYS, DRAFT_DAYS, SIGN_IN_DAYS, UPDATE_DAYS
from store.engine import now
from store.tables.delivery import DeliveryRow
from store.tables.draft import DraftRow
from store.tables.ids import CLOCKS_DIFFER
from store.tables.inbox import WAITING, InboxRow
from store.tables.staff import SignInTokenRow, StaffSessionRow

AT_ONCE = 1_000
"""So many rows are looked at in one unit of work: a campaign leaves up to a million at once."""


@dataclass(frozen=True, slots=True)
class Page:
    """How many rows of a page were deleted, and after which (id) the next begins; None at the end."""

    count: int
    last: int | None


def forget(session: Session) -> dict[str, int]:
    """Delete what is past its time: forms, sign-ins, files; return how many of each.

    What may be very many goes page by page: see `PAGED`.
    """
    at = now(session)
    doomed = {
        "drafts": delete(DraftRow).where(DraftRow.updated_at < at - DRAFT_DAYS),
        "tokens": delete(SignInTokenRow).where(SignInTokenRow.expires_at < at - SIGN_IN_DAYS),
        "sessions": delete(StaffSessionRow).where(StaffSessionRow.expires_at < at - SIGN_IN_DAYS),
    }
    counts = {name: session.execute(statement).rowcount for name, statement in doomed.items()}  # type: ignore[attr-defined]
    counts["files"] = campaign_file.forget(session, at - CAMPAIGN_FILE_DAYS)
    return counts | {"originals": forget_originals(session, at)}


def forget_deliveries(session: Session, after: int = 0) -> Page:
    """Delete what is past its time of the next page of deliveries: those after this id."""
    before = now(session) - DELIVERY_DAYS
    over = DeliveryRow.state.not_in([DeliveryState.QUEUED, DeliveryState.LEASED])
    past = func.coalesce(DeliveryRow.finished_at, DeliveryRow.created_at) < before
    return _page(session, DeliveryRow.id, DeliveryRow.created_at, over & past, before, after)


def forget_updates(session: Session, after: int = 0) -> Page:
    """Delete what is past its time of the next page of updates: those after this id."""
    before = now(session) - UPDATE_DAYS
    past = (InboxRow.state != WAITING) & (InboxRow.handled_at < before)
    return _page(session, InboxRow.id, InboxRow.received_at, past, before, after)


def forget_taps(session: Session, after: int = 0) -> Page:
    """Delete the next page of taps that are past their time: the oldest, so the next begins as this did."""
    count = campaign_tap.forget(session, now(session) - DELIVERY_DAYS, AT_ONCE)
    return Page(count, None if count < AT_ONCE else after)


PAGED: Mapping[str, Callable[[Session, int], Page]] = MappingProxyType(
    {"deliveries": forget_deliveries, "updates": forget_updates, "taps": forget_taps}
)
"""What goes page by page, each in a unit of its own."""


def _page(
    session: Session,
    its_id: InstrumentedAttribute[int],
    made_at: InstrumentedAttribute[datetime],
    past: ColumnElement[bool],
    before: datetime,
    after: int,
) -> Page:
    """Delete what is `past` of the next page; the walk ends at what was made since `before`."""
    its: list[ColumnElement[bool]] = [its_id > after]
    ends = select(its_id, made_at).where(*its).order_by(its_id).offset(AT_ONCE - 1).limit(1)
    end = session.execute(ends).one_or_none()
    if end is not None:
        its.append(its_id <= end[0])
    count = session.execute(delete(its_id.class_).where(*its, past)).rowcount  # type: ignore[attr-defined]
    return Page(count, None if end is None or end[1] >= before + CLOCKS_DIFFER else end[0])
