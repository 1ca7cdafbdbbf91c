"""A campaign as its author and its readers live it, through the whole program."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from notifications import campaign_news
from notifications.timetable import send_campaigns
from store.actions import campaign, staff
from store.domain.actor import SYSTEM, Channel
from store.domain.campaign import CampaignFacts
from store.domain.campaign_results import STOPPED
from store.domain.reference import District
from store.domain.staff import By, Role
from store.domain.subscription import Topic
from store.engine import Session
from store.queries import campaign_results
from store.tables.campaign import CampaignRow
from tests.support.house import until
from tests.support.news import subscribe
from tests.support.town import Town

WORDS = "Lock your shed tonight."
FACTS = CampaignFacts("Sheds", Topic.CAMPAIGNS, {"en": WORDS}, languages=frozenset({"sk"}))


def _approved(session: Session, author: By, district: District) -> str:
    boss = staff.add(session, SYSTEM, f"gus{author.staff.id[:8]}", "Gus", Role.SUPERVISOR)
    reference = campaign.make(session, author, FACTS, district)
    campaign.submit(session, author, reference)
    campaign.approve(session, By(boss, Channel.WEB), reference)
    return reference


def _taps(session: Session, reference: str) -> dict[str, int]:
    wanted = select(CampaignRow.id).where(CampaignRow.reference == reference)
    return dict(campaign_results.taps(session, session.scalars(wanted).one()))


async def test_its_author_sees_it_go_in_one_message_that_is_edited_also_after_a_restart(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign_news, "LOOK_SECONDS", 0.05)
    people = [town.emulator.person(name, language_code="sk") for name in ("Eva", "Jana")]
    for person in people:
        await subscribe(person, "campaigns")
    district = town.house.app.reference.profile.district
    reference = await town.staff_does(_approved, district)
    await send_campaigns(town.house.app.store)
    for person in people:
        await person.wait_for(WORDS)

    def told() -> list[str]:
        return [
            one.text for one in town.cleo.messages if one.text.startswith(f"Campaign “Sheds” ({reference})")
        ]

    await until(told)
    await town.house.restart()
    ended = f"Campaign “Sheds” ({reference}) has gone out: sent to 2 of 2."
    await until(lambda: told() == [ended])
    assert await town.house.read(_taps, reference) == {}
    people[0].say("/stop")
    await until(lambda: people[0].messages[-1].from_bot)
    assert await town.house.read(_taps, reference) == {STOPPED: 1}
