"""Urgent alerts: make them out the moment they may go, and tell at once whoever may agree to one."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable

from notifications import campaigns, cards, recipients
from notifications.one_by_one import each, end
from store.actions import campaign_settle
from store.domain.delivery import STAFF_KIND, Lane, Outgoing
from store.domain.event import Action, Event
from store.domain.rounds import Round
from store.engine import Session, Store
from store.queries import campaigns as campaign_rows
from store.queries import urgent

log = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 1.0
"""Another process may have approved it: `wake` is heard only in this one."""
KIND = STAFF_KIND + "urgent"


class Herald:
    """Makes alerts out page by page, so that the first people have one while the rest is written.

    So does it let the messages of a campaign follow whoever stopped it, but no alert waits for these.

    `wake()` says that one may go.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Say that an alert was approved."""
        self._woken.set()

    async def run(self) -> None:
        """Make out what is due until cancelled."""
        while True:
            await self.tell_all()
            if await self.settle():
                continue
            try:
                async with asyncio.timeout(LOOK_EVERY_SECONDS):
                    await self._woken.wait()
            except TimeoutError:
                continue

    async def settle(self) -> bool:
        """Let a page of messages follow a campaign that was paused, goes on, or was cancelled.

        Tells whether there were any.
        """
        if not await self._store.read(campaign_rows.is_unsettled):
            return False
        return await self._store.write(campaign_settle.next_page)

    async def tell_all(self) -> None:
        """Make out every alert that may go now, and those that are tried again."""
        self._woken.clear()
        if not await self._store.read(urgent.is_due):
            return
        its = Round()
        await each(self._store, _tell_next, its, _made_out)
        await each(self._store, _tell_failed, its, _tried_again)
        await end(self._store, its)


def _tell_next(session: Session, its: Round) -> int | None:
    return campaigns.tell_next(session, its, Lane.URGENT)


def _tell_failed(session: Session, its: Round) -> int | None:
    return campaigns.tell_failed(session, its, Lane.URGENT)


def _made_out(count: int) -> None:
    log.info("An alert is made out to %s people.", count, extra={"action": "urgent.made_out"})


def _tried_again(count: int) -> None:
    log.info("An alert is tried again for %s people.", count, extra={"action": "urgent.retried"})


def of(session: Session, event: Event, staff_chat_id: int, public_url: str) -> Iterable[Outgoing]:
    """Return the word that an alert waits for a second person.

    To each supervisor but its author, and to the staff group (0: there is none).
    """
    if event.action != Action.CAMPAIGN_SUBMITTED:
        return
    alert = urgent.submitted(session, event.subject_id)
    if alert is None:
        return
    people = [one for one in recipients.supervisors(session, None) if one.id != alert.author_id]
    chats = {one.id: one.chat_id or 0 for one in people} | ({"group": staff_chat_id} if staff_chat_id else {})
    for who, chat_id in chats.items():
        params = cards.urgent(chat_id, alert, public_url)
        yield Outgoing(Lane.URGENT, chat_id, KIND, "sendMessage", params, f"{event.id}:{who}:{KIND}")
