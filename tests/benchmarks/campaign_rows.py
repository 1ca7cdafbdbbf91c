"""A campaign to all subscribers, as two people at the desk make one and the timetable lets it go out."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from notifications.timetable import send_campaigns
from store.actions import campaign, staff
from store.domain.actor import SYSTEM, Channel
from store.domain.campaign import CampaignFacts
from store.domain.staff import By, Role
from store.domain.subscription import Topic
from store.engine import Store
from store.profile.load import load
from store.tables.campaign import CampaignRow
from store.tables.resident import ResidentRow
from tests.benchmarks.campaign import WORDS
from tests.benchmarks.reminders import AT_ONCE, subscribe

FACTS = CampaignFacts("Lock the shed", Topic.CAMPAIGNS, {"en": WORDS})


async def subscribe_all(store: Store, people: int) -> None:
    """Let so many subscribe to everything; those who are there already stay."""
    there = await store.read(_residents)
    for first in range(there, people, AT_ONCE):
        await store.write(subscribe, range(first, min(people, first + AT_ONCE)), [()], [Topic.CAMPAIGNS])


async def queue_campaign(store: Store) -> None:
    """Make the campaign, if there is none yet, and queue what of it is not queued."""
    await store.write(_approved)
    await send_campaigns(store)


def _residents(session: Session) -> int:
    return session.scalar(select(func.count(ResidentRow.id))) or 0


def _approved(session: Session) -> None:
    """Let an officer write it and a supervisor agree."""
    if session.scalar(select(CampaignRow.id)) is not None:
        return
    author, approver = (
        By(staff.add(session, SYSTEM, role.value, role.value, role), Channel.WEB)
        for role in (Role.OFFICER, Role.SUPERVISOR)
    )
    reference = campaign.make(session, author, FACTS, load("thanet").district)
    campaign.submit(session, author, reference)
    campaign.approve(session, approver, reference)
