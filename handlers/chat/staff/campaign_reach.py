"""Count who would hear of a campaign before the turn that opens its card.

That reads all who subscribed. Inside a turn, which writes, whoever else is to be answered would wait for it.
"""

from __future__ import annotations

from telegram import Bot, Update

from handlers.chat.staff.campaign_card import HEAR, SHOW
from handlers.chat.turn import Fetched
from notifications.buttons import StaffTap, read
from store.domain.campaign import TO_BE_CHANGED
from store.domain.errors import NotFound
from store.domain.staff import may_work_reports
from store.engine import Session, Store
from store.queries import campaign_sample, campaigns, chat
from store.queries.campaign_sample import Sample

OPENS = rf"^s:{SHOW}(?:_submit|_approve)?:"
"""The taps before which is counted: those that show the card of what may still change, also after a deed."""


class Counter:
    """Counts for members of staff who open the card of a campaign that may still change."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def fetch(self, update: Update, _bot: Bot) -> Fetched:
        """Return who would hear of it; None where that is not known any more, or nobody's business."""
        user, at, query = update.effective_user, update.effective_chat, update.callback_query
        tap = read((query and query.data) or "")
        if user is None or at is None or at.type != at.PRIVATE or not isinstance(tap, StaffTap):
            return None
        found = await self._store.read(_hear, user.id, tap.subject)
        return {HEAR: found} if found is not None else None


def _hear(session: Session, user_id: int, reference: str) -> Sample | None:
    staff = chat.who(session, user_id).staff
    if staff is None or not may_work_reports(staff):
        return None
    try:
        found = campaigns.find(session, staff, reference)
    except NotFound:
        return None
    if found.state not in TO_BE_CHANGED or found.unreadable:
        return None
    return campaign_sample.of(session, found.facts, by_place=False)
