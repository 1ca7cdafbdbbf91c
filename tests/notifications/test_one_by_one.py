"""One campaign that fails at every look holds up none of the others, and somebody sees that it fails."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from notifications import campaign_news
from notifications.clockwork import Clockwork
from notifications.one_by_one import each
from notifications.timetable import TIMETABLE, come_again
from store.actions import reference
from store.domain.campaign import CampaignState
from store.domain.errors import Unreadable
from store.domain.rounds import Round
from store.domain.staff import By, Role
from store.engine import Session
from store.queries import campaigns, jobs
from store.tables.campaign import CampaignRow
from store.tables.campaign_pattern import CampaignPatternRow
from tests.notifications.test_campaigns import results, subscriber
from tests.support.campaign_patterns import RIBBON, a_pattern
from tests.support.campaigns import approved, begun
from tests.support.deliveries import letters, link_chat
from tests.support.triage_factory import PROFILE, Town

SENDING = next(entry for entry in TIMETABLE if entry.name == "send campaigns that are due")


@pytest.fixture
async def sam(town: Town) -> By:
    await town.write(reference.seed, PROFILE)
    by = await town.staff("Sam")
    await town.write(link_chat, by.staff.id, 71)
    return by


@pytest.fixture
async def hal(town: Town) -> By:
    return await town.staff("Hal", Role.SUPERVISOR)


def _break(session: Session, its_id: str) -> None:
    session.execute(update(CampaignRow).where(CampaignRow.id == its_id).values(facts={}))


def _lose_state(session: Session, its_id: str) -> None:
    session.execute(update(CampaignRow).where(CampaignRow.id == its_id).values(state="lost"))


def _id_of(session: Session, its_reference: str) -> str:
    return session.scalars(select(CampaignRow.id).where(CampaignRow.reference == its_reference)).one()


def _states(session: Session) -> set[str]:
    return set(session.scalars(select(CampaignRow.state)))


async def test_a_broken_campaign_does_not_hold_up_the_next_and_its_run_counts_as_failed(
    town: Town, sam: By, hal: By
) -> None:
    await subscriber(town)
    soon = town.clock.now() + timedelta(hours=1)
    broken = await approved(town, sam, hal, send_at=soon)
    sound = await approved(town, sam, hal, send_at=soon + timedelta(minutes=1))
    await town.write(_break, await town.read(_id_of, broken))
    town.pass_time(hours=2)
    clockwork = Clockwork(town.store, "https://safety.example", [SENDING])
    for _ in range(2):
        await clockwork.look()
        await clockwork.tick(SENDING)
    assert sum((await results(town, sam, sound)).values()) == 1
    assert await town.read(_states) == {CampaignState.APPROVED, CampaignState.SENDING}
    last = (await town.read(jobs.standing))[SENDING.code].last
    assert last is not None
    assert last.error == "Unreadable"


async def test_a_broken_recurring_campaign_does_not_hold_up_the_next(town: Town, sam: By) -> None:
    broken, _ = [await a_pattern(town, sam, RIBBON) for _ in range(2)]
    await town.write(_break_rule, broken)
    town.pass_time(days=360)
    with pytest.raises(Unreadable):
        await come_again(town.store)
    made = await town.read(campaigns.listing, sam.staff)
    assert sorted(one.facts.send_at.year for one in made if one.facts.send_at) == [2026, 2026, 2027]


def _break_rule(session: Session, its_reference: str) -> None:
    its = CampaignPatternRow.reference == its_reference
    session.execute(update(CampaignPatternRow).where(its).values(rule={}))


async def test_a_broken_campaign_does_not_keep_the_news_of_others_from_their_authors(
    town: Town, sam: By, hal: By
) -> None:
    for _ in range(2):
        await begun(town, sam, hal)
    await town.write(_lose_state, (await town.read(campaigns.followed))[0])
    await campaign_news.follow(town.store)
    assert len(await letters(town.store, campaign_news.KIND)) == 1


async def test_trouble_that_is_no_fault_of_one_thing_ends_the_round(town: Town) -> None:
    def fails(_session: Session, _its: Round) -> int | None:
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="the disk is full"):
        await each(town.store, fails, Round(), lambda _: None)
