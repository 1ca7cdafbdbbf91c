"""One campaign that fails at every look holds up none of the others, and somebody sees that it fails."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, text, update

from notifications import campaign_news, campaign_trouble
from notifications.clockwork import Clockwork
from notifications.one_by_one import each
from notifications.timetable import TIMETABLE, come_again, send_campaigns
from notifications.urgent import Herald
from store.actions import campaign, reference
from store.actions import campaign_trouble as noted
from store.domain.campaign import CampaignState
from store.domain.delivery import Lane
from store.domain.errors import Unreadable
from store.domain.rounds import Round
from store.domain.staff import By, Role
from store.engine import Session
from store.queries import campaign_troubles, campaigns, jobs
from store.tables.campaign import CampaignRow
from store.tables.campaign_pattern import CampaignPatternRow
from tests.notifications.test_campaigns import results, subscriber
from tests.support import urgent
from tests.support.campaign_patterns import RIBBON, a_pattern
from tests.support.campaigns import approved, begun
from tests.support.deliveries import letters, link_chat
from tests.support.readers import hal
from tests.support.triage_factory import PROFILE, Town

__all__ = ["hal"]

SENDING = next(entry for entry in TIMETABLE if entry.name == "send campaigns that are due")


@pytest.fixture
async def sam(town: Town) -> By:
    await town.write(reference.seed, PROFILE)
    by = await town.staff("Sam")
    await town.write(link_chat, by.staff.id, 71)
    return by


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


@pytest.mark.parametrize("urgent_one", [False, True])
async def test_supervisors_hear_once_which_one_fails_and_the_timetable_names_it_until_it_is_stopped(
    town: Town, sam: By, hal: By, *, urgent_one: bool
) -> None:
    await town.write(link_chat, hal.staff.id, 72)
    make = urgent.approved if urgent_one else approved
    broken, _sound = [await make(town, sam, hal) for _ in range(2)]
    await town.write(_break, await town.read(_id_of, broken))
    clockwork = Clockwork(town.store, "https://safety.example", [SENDING])
    for minute in range(20):
        await clockwork.tick(SENDING)
        if urgent_one and minute:
            with pytest.raises(Unreadable):
                await Herald(town.store).tell_all()
        town.pass_time(minutes=1)
    what, where = ("urgent alert", "urgent") if urgent_one else ("campaign", "campaigns")
    [told] = await letters(town.store, campaign_trouble.KIND)
    assert (told.chat_id, told.lane == Lane.URGENT) == (72, urgent_one)
    assert f"{what} “" in told.text
    assert told.text.endswith(f"({broken}).\nhttps://safety.example/console/{where}/{broken}")
    assert [one.reference for one in await town.read(campaign_troubles.still)] == [broken]
    await town.write(campaign.cancel, sam, broken, lane=Lane.URGENT if urgent_one else Lane.CAMPAIGN)
    assert await town.read(campaign_troubles.still) == []


async def test_on_postgresql_two_rounds_that_find_it_at_once_tell_supervisors_once(
    town: Town, sam: By, hal: By
) -> None:
    if town.store.dialect == "sqlite":  # one writer: nothing runs side by side
        return
    await town.write(link_chat, hal.staff.id, 72)
    broken = await town.read(_id_of, await approved(town, sam, hal))
    pattern = await town.read(_pattern_of, await a_pattern(town, sam))
    await asyncio.gather(*(town.write(_note_slowly, [broken, pattern]) for _ in range(2)))
    assert len(await letters(town.store, campaign_trouble.KIND)) == 2


def _note_slowly(session: Session, failed: list[str]) -> None:
    noted.note(session, failed)
    session.execute(text("SELECT pg_sleep(0.3)"))


def _pattern_of(session: Session, its_reference: str) -> str:
    its = CampaignPatternRow.reference == its_reference
    return session.scalars(select(CampaignPatternRow.id).where(its)).one()


async def test_one_that_fails_again_after_something_was_done_about_it_is_named_again(
    town: Town, sam: By, hal: By
) -> None:
    await town.write(link_chat, hal.staff.id, 72)
    broken = await begun(town, sam, hal)
    await town.write(_break, await town.read(_id_of, broken))
    await town.write(_make_out_anew)
    for _ in range(2):
        with pytest.raises(Unreadable):
            await send_campaigns(town.store)
        await town.write(campaign.pause, sam, broken)
        await send_campaigns(town.store)
        await town.write(campaign.resume, sam, broken)
    assert len(await letters(town.store, campaign_trouble.KIND)) == 2


def _make_out_anew(session: Session) -> None:
    session.execute(update(CampaignRow).values(all_told=False))


async def test_a_broken_recurring_campaign_does_not_hold_up_the_next(town: Town, sam: By) -> None:
    broken, _ = [await a_pattern(town, sam, RIBBON) for _ in range(2)]
    await town.write(_break_rule, broken)
    town.pass_time(days=360)
    sue = await town.staff("Sue", Role.SUPERVISOR)
    await town.write(link_chat, sue.staff.id, 72)
    for _ in range(2):
        with pytest.raises(Unreadable):
            await come_again(town.store)
    [told] = await letters(town.store, campaign_trouble.KIND)
    assert told.text.endswith(f"https://safety.example/console/campaigns/recurring/{broken}")
    assert [one.reference for one in await town.read(campaign_troubles.still)] == [broken]
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
