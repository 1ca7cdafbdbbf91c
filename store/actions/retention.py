"""Delete what is past its time."""

from __future__ import annotations

from sqlalchemy import delete, func
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


def forget(session: Session) -> dict[str, int]:
    """Delete what is past its time: drafts, updates, deliveries, taps, sign-ins, originals of pictures.

    Returns how many of each.
    """
    at = now(session)
    doomed = {
        "drafts": delete(DraftRow).where(DraftRow.updated_at < at - DRAFT_DAYS),
        "updates": delete(InboxRow).where(InboxRow.state != WAITING, InboxRow.handled_at < at - UPDATE_DAYS),
        "deliveries": delete(DeliveryRow).where(
            DeliveryRow.state.not_in([DeliveryState.QUEUED, DeliveryState.LEASED]),
            func.coalesce(DeliveryRow.finished_at, DeliveryRow.created_at) < at - DELIVERY_DAYS,
        ),
        "tokens": delete(SignInTokenRow).where(SignInTokenRow.expires_at < at - SIGN_IN_DAYS),
        "sessions": delete(StaffSessionRow).where(StaffSessionRow.expires_at < at - SIGN_IN_DAYS),
    }
    counts = {name: session.execute(statement).rowcount for name, statement in doomed.items()}  # type: ignore[attr-defined]
    counts["taps"] = campaign_tap.forget(session, at - DELIVERY_DAYS)
    return counts | {"originals": forget_originals(session, at)}
