"""A campaign to all subscribers, in bounded pages through the outbox's own action, as reminders are told."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.actions import delivery
from store.domain.delivery import SUBSCRIBED_KIND, Lane, Outgoing
from store.domain.subscription import Topic
from store.engine import Store
from store.queries import audience
from store.tables.resident import ResidentRow
from tests.benchmarks.campaign import WORDS
from tests.benchmarks.reminders import AT_ONCE, subscribe

PAGE = 1_000
KIND = SUBSCRIBED_KIND + "campaign"


async def subscribe_all(store: Store, people: int) -> None:
    """Let so many subscribe to everything; those who are there already stay."""
    there = await store.read(_residents)
    for first in range(there, people, AT_ONCE):
        await store.write(subscribe, range(first, min(people, first + AT_ONCE)), [()], [Topic.CAMPAIGNS])


async def queue_campaign(store: Store) -> None:
    """Queue one message to every subscriber; to whom it is queued or sent already, nothing."""
    after: str | None = ""
    while after is not None:
        after = await store.write(_queue_page, after)


def _residents(session: Session) -> int:
    return session.scalar(select(func.count(ResidentRow.id))) or 0


def _queue_page(session: Session, after: str) -> str | None:
    people = audience.subscribers(session, Topic.CAMPAIGNS, (), after, PAGE)
    things = [
        Outgoing(
            Lane.CAMPAIGN,
            person.chat_id,
            KIND,
            "sendMessage",
            {"chat_id": person.chat_id, "text": WORDS},
            key=f"campaign:{person.resident_id}",
        )
        for person in people
    ]
    delivery.queue_many(session, things)
    return people[-1].resident_id if people else None
