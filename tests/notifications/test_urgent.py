"""Urgent alerts: at once and once to each, in the night only for danger to life, and followed up."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select

from notifications import campaigns as sending_out
from notifications.outbox import Outbox
from notifications.timetable import send_campaigns
from notifications.urgent import Herald
from store.actions import (
    campaign,
    campaign_sending,
    campaign_settle,
    delivery,
    reference,
    resident,
    staff,
    subscription,
    urgent,
)
from store.domain.campaign import CampaignState
from store.domain.campaign_results import Counted
from store.domain.clock import LONDON
from store.domain.delivery import DANGER_KIND, URGENT_KIND, DeliveryState, Lane
from store.domain.errors import NotFound, Refusal
from store.domain.resident import Resident
from store.domain.rounds import Round
from store.domain.staff import By, Role
from store.domain.subscription import Frequency, QuietHours, Subscription, Topic
from store.domain.urgent import Reach
from store.engine import Session
from store.queries import campaign_results, campaigns, outbox, public_campaigns
from store.queries import urgent as alerts
from store.tables.delivery import DeliveryRow
from tests.notifications.test_reminders import heard, send
from tests.support import campaigns as ordinary
from tests.support.deliveries import letters
from tests.support.readers import hal, subscribed
from tests.support.triage_factory import PROFILE, Town
from tests.support.urgent import FLOOD, OVER, approved, facts, going_out, partly_failed, waiting
from tests.support.waiting import eventually

__all__ = ["hal"]

WISH = Subscription(frozenset({Topic.URGENT, Topic.CAMPAIGNS}), quiet=QuietHours(time(21), time(8)))
NIGHT = datetime(2026, 11, 24, 23, 0, tzinfo=LONDON)
WARD = PROFILE.wards[0]


@pytest.fixture
async def sam(town: Town) -> By:
    """Write in a town without a staff group: what goes out is for residents."""
    town.store.before_commit = Outbox(0, "https://safety.example", lambda: PROFILE).publish
    await town.write(reference.seed, PROFILE)
    return await town.staff("Sam")


async def subscriber(town: Town, wish: Subscription = WISH, language: str = "en") -> Resident:
    return await subscribed(town, wish, language)


async def page(town: Town, by: By, reference: str) -> alerts.UrgentPage:
    return await town.read(alerts.page, by.staff, reference)


async def became(town: Town, by: By, reference: str) -> Counted:
    return await town.read(campaign_results.count, (await page(town, by, reference)).alert.id)


async def kinds(town: Town) -> set[tuple[int, str]]:
    def found(session: Session) -> set[tuple[int, str]]:
        return {(row.lane, row.kind) for row in session.execute(select(DeliveryRow.lane, DeliveryRow.kind))}

    return await town.read(found)


def night(town: Town) -> None:
    town.clock.advance(NIGHT - town.clock.now())


async def test_it_goes_at_once_to_whoever_wants_digests_and_in_their_words(
    town: Town, sam: By, hal: By
) -> None:
    ada = await subscriber(town, replace(WISH, frequency=Frequency.WEEKLY))
    ewa = await subscriber(town, language="pl")
    other = await subscriber(town, Subscription(frozenset({Topic.CAMPAIGNS})))
    sent = await approved(town, sam, hal)
    await Herald(town.store).tell_all()
    await town.write(urgent.approve, hal, sent)
    [english], [polish] = await heard(town, ada), await heard(town, ewa)
    assert english.text == "⚠️ Urgent: flooding\n\nWater at the harbour. Move your car."
    assert polish.text == "⚠️ Pilne: powódź\n\nWoda w porcie. Przestaw samochód."
    assert "Stop the news" in str(english.params["reply_markup"])
    assert await heard(town, other) == []
    assert await kinds(town) == {(Lane.URGENT, URGENT_KIND)}
    assert sorted(await send(town)) == sorted([ada.chat_id, ewa.chat_id])
    await send_campaigns(town.store)
    assert (await page(town, sam, sent)).alert.state is CampaignState.SENT
    assert (await became(town, sam, sent)).counts == {DeliveryState.SENT: 2}


@pytest.mark.parametrize(("marked", "agreed"), [(False, False), (True, False), (False, True), (True, True)])
async def test_only_where_both_marked_danger_does_it_come_in_the_night(
    town: Town, sam: By, hal: By, marked: bool, agreed: bool
) -> None:
    ada = await subscriber(town)
    watch = await subscriber(town, replace(WISH, quiet=QuietHours(time(9), time(17))))
    night(town)
    await going_out(town, sam, hal, danger=marked, agreed=agreed)
    at_once = [ada.chat_id, watch.chat_id] if marked and agreed else [watch.chat_id]
    assert sorted(await send(town)) == sorted(at_once)
    town.pass_time(hours=9)
    assert sorted([*at_once, *await send(town)]) == sorted([ada.chat_id, watch.chat_id])


async def test_quiet_hours_that_began_since_it_was_made_out_hold_it_too(town: Town, sam: By, hal: By) -> None:
    ada = await subscriber(town)
    await going_out(town, sam, hal, good_for=timedelta(hours=72))
    night(town)
    assert await send(town) == []
    town.pass_time(hours=9)
    assert await send(town) == [ada.chat_id]


async def test_an_alert_that_is_over_by_the_morning_does_not_come(town: Town, sam: By, hal: By) -> None:
    await subscriber(town)
    await subscriber(town, replace(WISH, quiet=QuietHours(time(22), time(2))))
    night(town)
    short = facts(good_for=timedelta(hours=4))
    assert await town.read(alerts.reach, short) == Reach(2, asleep=2, late=1)
    sent = await going_out(town, sam, hal, good_for=timedelta(hours=4))
    town.pass_time(hours=9)
    assert await send(town) == []
    assert (await became(town, sam, sent)).counts == {DeliveryState.EXPIRED: 2}


def _stop(session: Session, person: Resident) -> None:
    subscription.stop(session, person)


def _leave(session: Session, person: Resident) -> None:
    subscription.change(session, person, replace(WISH, topics=frozenset({Topic.CAMPAIGNS})))


def _pause(session: Session, person: Resident) -> None:
    subscription.pause(session, person, NIGHT)


def _block(session: Session, person: Resident) -> None:
    resident.mark_blocked(session, person.chat_id or 0, blocked=True)


def _not_me(session: Session, person: Resident) -> None:
    resident.set_do_not_contact(session, person, True)


@pytest.mark.parametrize("turns_away", [_stop, _leave, _pause, _block, _not_me])
async def test_whoever_turns_away_in_the_last_moment_gets_none_even_of_danger(
    town: Town, sam: By, hal: By, turns_away: Callable[[Session, Resident], None]
) -> None:
    ada, ben = await subscriber(town), await subscriber(town)
    await going_out(town, sam, hal, danger=True, agreed=True)
    assert await kinds(town) == {(Lane.URGENT, DANGER_KIND)}
    await town.write(turns_away, ada)
    assert await send(town) == [ben.chat_id]


async def test_wards_and_areas_say_who_gets_it_and_the_count_agrees(town: Town, sam: By, hal: By) -> None:
    ward = await subscriber(town, replace(WISH, places=frozenset({WARD.code})))
    area = await subscriber(town, replace(WISH, places=frozenset({WARD.area})))
    everywhere = await subscriber(town)
    elsewhere = next(one.code for one in PROFILE.wards if one.area != WARD.area)
    await subscriber(town, replace(WISH, places=frozenset({elsewhere})))
    for places in (frozenset({WARD.code}), frozenset({WARD.area})):
        assert (await town.read(alerts.reach, facts(places=places))).people == 3
    await going_out(town, sam, hal, places=frozenset({WARD.code}))
    assert sorted(await send(town)) == sorted([ward.chat_id, area.chat_id, everywhere.chat_id])


async def test_it_goes_ahead_of_a_campaign_and_of_nobody_twice_also_after_an_end_in_between(
    town: Town, sam: By, hal: By, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign_sending, "AT_ONCE", 2)
    people = [await subscriber(town) for _ in range(5)]
    await ordinary.approved(town, sam, hal)
    assert await town.write(sending_out.tell_next, Round()) == 2
    sent = await approved(town, sam, hal)
    assert await town.write(sending_out.tell_next, Round()) == 2
    urgent_first = [one.lane for one in await letters(town.store)]
    assert urgent_first.count(Lane.URGENT) == 2
    with pytest.raises(RuntimeError):
        await town.write(_half)
    await Herald(town.store).tell_all()
    assert (await became(town, sam, sent)).told == len(people)
    await Herald(town.store).tell_all()
    first = (await send(town))[:5]
    assert sorted(first) == sorted(one.chat_id for one in people)


def _half(session: Session) -> None:
    sending_out.tell_next(session, Round())
    raise RuntimeError


async def test_a_follow_up_goes_to_exactly_those_who_got_it_and_ends_the_rest(
    town: Town, sam: By, hal: By
) -> None:
    ada, ben, eve = await subscriber(town), await subscriber(town, language="pl"), await subscriber(town)
    night_owl = await subscriber(town, replace(WISH, quiet=QuietHours(time(6), time(12))))
    first = await going_out(town, sam, hal)
    assert sorted(await send(town)) == sorted([ada.chat_id, ben.chat_id, eve.chat_id])
    newcomer = await subscriber(town)
    await town.write(_leave, eve)
    follow = await town.write(urgent.follow, sam, first, OVER, PROFILE.district)
    found = await page(town, sam, follow)
    assert (found.reach.people, found.before and found.before.reference) == (2, first)
    assert [one.reference for one in (await page(town, sam, first)).after] == [follow]
    await town.write(urgent.submit, sam, follow)
    await town.write(urgent.approve, hal, follow)
    assert (await page(town, sam, first)).alert.state is CampaignState.CANCELLED
    await Herald(town.store).tell_all()
    assert (await heard(town, ada))[-1].text == "All clear: our urgent alert is over\n\nThe water is gone."
    assert sorted(await send(town)) == sorted([ada.chat_id, ben.chat_id])
    town.pass_time(hours=6)
    assert await send(town) == []
    assert await heard(town, newcomer) == []
    assert [one.text for one in await heard(town, night_owl)] == []
    await send_campaigns(town.store)
    assert (await page(town, sam, follow)).alert.state is CampaignState.SENT


async def test_what_never_went_out_is_followed_by_nothing(town: Town, sam: By, hal: By) -> None:
    draft = await waiting(town, sam)
    for said in (OVER, replace(OVER, urgent=None)):
        with pytest.raises(Refusal, match=r"urgent\.not_gone"):
            await town.write(urgent.follow, sam, draft, said, PROFILE.district)
    other = await ordinary.waiting(town, sam)
    with pytest.raises(Refusal, match=r"campaign\.not_found"):
        await town.write(urgent.approve, hal, other)
    with pytest.raises(Refusal, match=r"campaign\.not_found"):
        await town.write(campaign.change, sam, draft, ordinary.LOCKS, PROFILE.district)
    with pytest.raises(Refusal, match=r"campaign\.not_found"):
        await town.read(campaigns.page, sam.staff, draft)


async def test_two_people_agree_and_a_change_takes_that_back(town: Town, sam: By, hal: By) -> None:
    reference = await waiting(town, hal)
    with pytest.raises(Refusal, match=r"campaign\.own"):
        await town.write(urgent.approve, hal, reference)
    with pytest.raises(Refusal, match=r"campaign\.supervisor_only"):
        await town.write(urgent.approve, sam, reference)
    gus = await town.staff("Gus", Role.SUPERVISOR)
    await town.write(urgent.approve, gus, reference, danger=True)
    await town.write(urgent.approve, gus, reference)
    assert (await page(town, sam, reference)).alert.danger_agreed
    await town.write(campaign.change, sam, reference, facts(link="https://a.example"), PROFILE.district)
    found = (await page(town, sam, reference)).alert
    assert (found.state, found.approver) == (CampaignState.DRAFT, None)
    await town.write(urgent.submit, sam, reference)
    await town.write(urgent.approve, gus, reference)
    assert not (await page(town, sam, reference)).alert.danger_agreed


async def test_supervisors_and_the_group_are_told_at_once_that_one_waits_and_its_author_is_not(
    town: Town, sam: By
) -> None:
    town.store.before_commit = Outbox(-100, "https://safety.example", lambda: PROFILE).publish
    hal, gus = await town.staff("Hal", Role.SUPERVISOR), await town.staff("Gus", Role.SUPERVISOR)
    for number, by in enumerate((sam, hal, gus)):
        await town.write(_link, by, 4_711 + number)
    night(town)
    reference = await waiting(town, hal)
    told, in_group = await letters(town.store)
    assert (told.chat_id, in_group.chat_id, told.lane) == (4_713, -100, Lane.URGENT)
    assert f"https://safety.example/console/urgent/{reference}" in told.text
    assert [one.reference for one in await town.read(alerts.to_agree, gus.staff)] == [reference]
    assert list(await town.read(alerts.to_agree, hal.staff)) == []
    assert list(await town.read(alerts.to_agree, sam.staff)) == []
    await ordinary.waiting(town, sam)
    assert len(await letters(town.store, told.kind)) == 2


def _link(session: Session, by: By, chat_id: int) -> None:
    staff.link(session, staff.start_link(session, by.staff.id), chat_id)


async def test_the_herald_makes_out_what_is_approved_without_a_tick(town: Town, sam: By, hal: By) -> None:
    ada = await subscriber(town)
    herald = Herald(town.store)
    town.store.committed = lambda unit: herald.wake() if urgent.HERALD in unit.woken else None

    async def ada_has_it() -> bool:
        return bool(await heard(town, ada))

    async with asyncio.TaskGroup() as tasks:
        work = tasks.create_task(herald.run())
        await approved(town, sam, hal)
        await eventually(ada_has_it)
        work.cancel()


async def test_an_alert_waits_for_no_campaign_whose_messages_follow_its_end(
    town: Town, sam: By, hal: By, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign_settle, "AT_ONCE", 1)
    stopped = await ordinary.begun(town, sam, hal, people=5)
    await subscriber(town)
    alert = await waiting(town, sam)
    await town.write(campaign.cancel, sam, stopped)
    made_out: list[bool] = []
    page = campaign_settle.next_page

    def approved_with_the_first(session: Session) -> bool:
        its = select(DeliveryRow.id).where(
            DeliveryRow.lane == int(Lane.URGENT), DeliveryRow.kind == URGENT_KIND
        )
        made_out.append(session.execute(its).first() is not None)
        if len(made_out) == 1:
            urgent.approve(session, hal, alert)
        return page(session)

    async def all_have_followed() -> bool:
        return not await town.read(campaigns.is_unsettled)

    monkeypatch.setattr(campaign_settle, "next_page", approved_with_the_first)
    async with asyncio.TaskGroup() as tasks:
        work = tasks.create_task(Herald(town.store).run())
        await eventually(all_have_followed)
        work.cancel()
    assert made_out == [False, True, True, True, True]


async def test_it_has_not_ended_while_somebody_waits_for_the_morning(town: Town, sam: By, hal: By) -> None:
    await subscriber(town)
    night(town)
    sent = await going_out(town, sam, hal)
    await send_campaigns(town.store)
    assert (await page(town, sam, sent)).alert.state is CampaignState.SENDING
    assert (await became(town, sam, sent)).next_at == NIGHT.replace(hour=8) + timedelta(days=NIGHT.hour >= 8)


async def test_what_failed_of_it_is_tried_again_at_once_as_the_alert_that_it_is(
    town: Town, sam: By, hal: By
) -> None:
    ada = await subscriber(town)
    night(town)
    sent = await partly_failed(town, sam, hal, danger=True, agreed=True)
    await town.write(urgent.retry, sam, sent)
    await Herald(town.store).tell_all()
    assert await kinds(town) == {(Lane.URGENT, DANGER_KIND)}
    assert await send(town) == [ada.chat_id]


async def test_an_all_clear_is_tried_again_for_whoever_got_the_alert_wherever_they_are_by_now(
    town: Town, sam: By, hal: By
) -> None:
    ada = await subscriber(town, replace(WISH, places=frozenset({WARD.code})))
    first = await going_out(town, sam, hal, places=frozenset({WARD.code}))
    await send(town)
    elsewhere = next(one.code for one in PROFILE.wards if one.area != WARD.area)
    await town.write(subscription.change, ada, replace(WISH, places=frozenset({elsewhere})))
    await subscriber(town)
    over = await town.write(urgent.follow, sam, first, OVER, PROFILE.district)
    await town.write(urgent.submit, sam, over)
    await town.write(urgent.approve, hal, over)
    await Herald(town.store).tell_all()
    await ordinary.ended(town, DeliveryState.FAILED, lane=Lane.URGENT)
    await town.write(urgent.retry, sam, over)
    await send_campaigns(town.store)
    assert await send(town) == [ada.chat_id]


async def test_everybody_cannot_read_it_among_the_campaigns(town: Town, sam: By, hal: By) -> None:
    await subscriber(town)
    sent = await going_out(town, sam, hal)
    assert await town.read(public_campaigns.newest) == []
    with pytest.raises(NotFound):
        await town.read(public_campaigns.one, sent)


async def test_cancelled_it_reaches_nobody_else(town: Town, sam: By, hal: By) -> None:
    await subscriber(town)
    sent = await going_out(town, sam, hal)
    await town.write(urgent.cancel, sam, sent)
    assert await send(town) == []
    assert (await became(town, sam, sent)).counts == {DeliveryState.CANCELLED: 1}


async def test_what_waits_in_the_lanes_ahead_counts_for_the_time(town: Town, sam: By, hal: By) -> None:
    await subscriber(town)
    await going_out(town, sam, hal)
    assert (await town.read(alerts.reach, FLOOD)).ahead == 1


async def test_after_a_crash_nobody_hears_of_an_alert_that_was_cancelled_meanwhile(
    town: Town, sam: By, hal: By
) -> None:
    for _ in range(2):
        await subscriber(town)
    over, goes_on = await going_out(town, sam, hal), await going_out(town, sam, hal)
    due = (await town.read(outbox.due, 10, frozenset(), 10)).deliveries
    assert len(await town.write(delivery.lease, [one.id for one in due])) == 4
    await town.write(urgent.cancel, sam, over)
    await town.write(delivery.recover)
    assert dict((await became(town, sam, over)).counts) == {DeliveryState.UNCERTAIN: 2}
    assert dict((await became(town, sam, goes_on)).counts) == {DeliveryState.QUEUED: 2}
