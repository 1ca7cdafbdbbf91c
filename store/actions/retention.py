"""Delete what is past its time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from store.actions import campaign_tap
from store.actions.evidence_files import forget_originals
from store.domain.delivery import DeliveryState
from store.domain.retention import DELIVERY_DAYS, DRAFT_DAYS, SIGN_IN_DAYS, UPDATE_DAYS
from store.engine import now
from store.tables.delivery import DeliveryRow
from store.tables.draft import DraftRow
from store.tables.inbox import WAITING, InboxRow
from store.tables.staff import SignInTokenRow, StaffSessionRow

AT_ONCE = 1_000
"""So many deliveries are looked at in one unit of work: a campaign leaves up to a million at once."""
CLOCKS_DIFFER = timedelta(hours=1)
"""By no more do the clocks of two machines differ: deliveries lie in the order in which they were made."""


@dataclass(frozen=True, slots=True)
class Page:
    """How many deliveries of a page were deleted, and after which (id) the next begins; None at the end."""

    count: int
    last: int | None


def forget(session: Session) -> dict[str, int]:
    """Delete what is past its time: drafts, updates, taps, sign-ins, originals of pictures.

    Returns how many of each. Deliveries go by `forget_deliveries`.
    """
    at = now(session)
    doomed = {
        "drafts": delete(DraftRow).where(DraftRow.updated_at < at - DRAFT_DAYS),
        "updates": delete(InboxRow).where(InboxRow.state != WAITING, InboxRow.handled_at < at - UPDATE_DAYS),
        "tokens": delete(SignInTokenRow).where(SignInTokenRow.expires_at < at - SIGN_IN_DAYS),
        "sessions": delete(StaffSessionRow).where(StaffSessionRow.expires_at < at - SIGN_IN_DAYS),
    }
    counts = {name: session.execute(statement).rowcount for name, statement in doomed.items()}  # type: ignore[attr-defined]
    counts["taps"] = campaign_tap.forget(session, at - DELIVERY_DAYS)
    return counts | {"originals": forget_originals(session, at)}


def forget_deliveries(session: Session, after: int = 0) -> Page:
    """Delete what is past its time of the next page of deliveries: those after this id."""
    before = now(session) - DELIVERY_DAYS
    its: list[ColumnElement[bool]] = [DeliveryRow.id > after]
    end = session.execute(
        select(DeliveryRow.id, DeliveryRow.created_at)
        .where(*its)
        .order_by(DeliveryRow.id)
        .offset(AT_ONCE - 1)
        .limit(1)
    ).one_or_none()
    if end is not None:
        its.append(DeliveryRow.id <= end.id)
    doomed = delete(DeliveryRow).where(
        *its,
        DeliveryRow.state.not_in([DeliveryState.QUEUED, DeliveryState.LEASED]),
        func.coalesce(DeliveryRow.finished_at, DeliveryRow.created_at) < before,
    )
    count = session.execute(doomed).rowcount  # type: ignore[attr-defined]
    if end is None or end.created_at >= before + CLOCKS_DIFFER:
        return Page(count, None)
    return Page(count, end.id)
