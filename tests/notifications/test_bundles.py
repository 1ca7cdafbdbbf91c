"""Digests: one message with all that is due for somebody, true to the moment it goes, and nothing twice."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from notifications import bundles
from notifications.pieces import MESSAGE_MAX_UNITS
from notifications.stop_row import stop_row
from notifications.timetable import bundle, remind, send_campaigns
from store.actions import bundle as bundling
from store.actions import campaign, delivery, meeting, resident, subscription, unsent
from store.actions.subscription import Consent
from store.domain.campaign import CampaignState
from store.domain.campaign_button import CampaignButton
from store.domain.clock import LONDON
from store.domain.delivery import BUNDLE, Delivery, DeliveryState, Sent, units
from store.domain.meeting import Venue
from store.domain.resident import Resident
from store.domain.staff import By
from store.domain.subscription import Frequency, QuietHours, Subscription, Topic
from store.engine import Session
from store.queries import campaigns, outbox
from store.tables.delivery import DeliveryRow
from tests.notifications.test_campaigns import results
from tests.notifications.test_reminders import heard, send
from tests.support.campaign_files import attached
from tests.support.campaigns import a_draft, approved
from tests.support.deliveries import Letter, letters, plan
from tests.support.meetings import published
from tests.support.pictures import jpeg
from tests.support.readers import hal, sam
from tests.support.triage_factory import Town, counted

__all__ = ["hal", "sam"]

DAILY = Subscription(frozenset({Topic.CAMPAIGNS, Topic.MEETINGS}), frequency=Frequency.DAILY)
FRIDAY = datetime(2026, 12, 11, 18, 30)
"""When a meeting begins; its reminder of a week before is due on the Friday before (naive London time)."""


async def reader(town: Town, wish: Subscription = DAILY, language: str = "en") -> Resident:
    person = await town.resident()
    person = await town.write(resident.set_language, person, language)
    await town.write(subscription.subscribe, person, wish, Consent("Yes", language))
    return person


async def at(town: Town, local: datetime) -> None:
    town.clock.advance(local.replace(tzinfo=LONDON) - town.clock.now())
    await remind(town.store)
    await send_campaigns(town.store)


async def all_due(town: Town, sam: By, hal: By, *texts: str, **more: Any) -> list[str]:
    """Let a meeting and campaigns with these words wait for the digest of the next morning."""
    town.clock.advance(datetime(2026, 12, 4, 18, 45, tzinfo=LONDON) - town.clock.now())
    made = [await approved(town, sam, hal, title=text[:99], texts={"en": text}, **more) for text in texts]
    await send_campaigns(town.store)
    await remind(town.store)
    return made


async def next_morning(town: Town) -> None:
    town.clock.advance(datetime(2026, 12, 5, 9, tzinfo=LONDON) - town.clock.now())


async def digests(town: Town) -> list[Letter]:
    return await letters(town.store, BUNDLE)


async def in_hand(town: Town) -> list[Delivery]:
    return (await town.read(outbox.due, 100)).deliveries


async def test_all_that_is_due_comes_as_one_message_with_a_paragraph_for_each(
    town: Town, sam: By, hal: By
) -> None:
    ada = await reader(town)
    await published(town, sam, FRIDAY)
    sheds, bikes = await all_due(
        town, sam, hal, "Lock your shed.", "Mark your bike.", link="https://safety.example/sheds"
    )
    assert await send(town) == [], "nothing of it goes by itself"
    await next_morning(town)
    assert await send(town) == [ada.chat_id]
    assert await send(town) == []
    for made in (sheds, bikes):
        assert await results(town, sam, made) == {DeliveryState.SENT: 1}
    found = [one.state for one in await letters(town.store, chat_id=ada.chat_id)]
    assert found == ["sent"] * 4, "three things and what they went with"
    await send_campaigns(town.store)
    page = await town.read(campaigns.page, sam.staff, sheds)
    assert page.campaign.state is CampaignState.SENT


async def test_a_digest_says_what_when_and_where_with_the_buttons_of_each_and_how_to_stop(
    town: Town, sam: By, hal: By
) -> None:
    await reader(town)
    there = await published(town, sam, FRIDAY)
    await all_due(town, sam, hal, "Lock your shed.", link="https://safety.example/sheds")
    await next_morning(town)
    await bundle(town.store)
    [digest] = await digests(town)
    assert digest.text == (
        "Here is your news:\n\n1. Lock your shed.\n\n"
        f"2. {there.facts.title}\nFriday 11 December, 6:30pm to 8pm\n"
        f"Where: {there.facts.venue.name}, {there.facts.venue.address}"
    )
    assert [*digest.buttons] == ["1 · Read more", "2 · Details", "Stop the news", "Change my news"]
    assert digest.buttons["1 · Read more"] == "https://safety.example/sheds"
    assert digest.buttons["2 · Details"] == f"o:meeting:{there.reference}"


async def test_a_campaign_that_is_cut_ends_with_where_to_read_it_all(town: Town, sam: By, hal: By) -> None:
    await reader(town)
    [long] = await all_due(town, sam, hal, "Lock your shed. " * 60)
    await all_due(town, sam, hal, "Mark your bike.")
    [unlisted] = await all_due(town, sam, hal, "Shut your door. " * 60, public=False)
    await next_morning(town)
    await bundle(town.store, "https://safety.example/")
    [digest] = await digests(town)
    first, second, third = digest.text.split("\n\n")[1:]
    assert first.endswith(f"…\nRead all: https://safety.example/campaigns/{long}?lang=en")
    assert len(first.removeprefix("1. ")) <= bundles.LINE_MAX_CHARACTERS
    assert (second, third.endswith("…")) == ("2. Mark your bike.", True)
    id_ = (await town.read(campaigns.page, sam.staff, unlisted)).campaign.id
    assert [*digest.buttons][:2] == ["3 · Show all", "Stop the news"]
    assert digest.buttons["3 · Show all"] == f"o:told_all:{id_}"


async def test_a_campaign_with_a_picture_leads_to_it(town: Town, sam: By, hal: By) -> None:
    await reader(town)
    await all_due(town, sam, hal, "Mark your bike.")
    made = await a_draft(town, sam, texts={"en": "Lock your shed."})
    await town.write(attached, sam, made, jpeg())
    await town.write(campaign.submit, sam, made)
    await town.write(campaign.approve, hal, made)
    await send_campaigns(town.store)
    await next_morning(town)
    await bundle(town.store, "https://safety.example/")
    [digest] = await digests(town)
    assert next(iter(digest.buttons)) == "2 · Show all"


async def test_all_buttons_of_a_campaign_are_there_and_the_way_out_once(town: Town, sam: By, hal: By) -> None:
    ada = await reader(town)
    more = {"link": "https://safety.example/sheds", "buttons": frozenset(CampaignButton)}
    await all_due(town, sam, hal, "Lock your shed.", "Mark your bike.", **more)
    await town.write(resident.set_language, ada, "pl")
    await next_morning(town)
    await bundle(town.store)
    [digest] = await digests(town)
    labels = ["Read more", "Report this", "Find a meeting", "More like this", "Less like this"]
    numbered = [f"{number} · {label}" for number in (1, 2) for label in labels]
    assert [*digest.buttons] == [*numbered, *(label for label, _ in stop_row("pl"))]
    assert digest.buttons["2 · Report this"].endswith(".report")


async def test_where_the_messenger_takes_no_more_buttons_the_first_of_each_is_left(
    town: Town, sam: By, hal: By, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundles, "KEYBOARD_MAX_BYTES", 1_000)
    await reader(town)
    more = {"link": "https://safety.example/sheds", "buttons": frozenset(CampaignButton)}
    await all_due(town, sam, hal, "Lock your shed.", "Mark your bike.", **more)
    await next_morning(town)
    await bundle(town.store)
    [digest] = await digests(town)
    assert [*digest.buttons][:3] == ["1 · Read more", "2 · Read more", "Stop the news"]
    assert len(json.dumps(digest.params["reply_markup"]).encode()) <= bundles.KEYBOARD_MAX_BYTES


async def test_each_reads_it_in_their_own_language(town: Town, sam: By, hal: By) -> None:
    await reader(town, language="pl")
    await all_due(town, sam, hal, "Lock your shed.", "Mark your bike.")
    await next_morning(town)
    await bundle(town.store)
    [digest] = await digests(town)
    assert digest.text.startswith("Oto wiadomości dla Państwa:\n\n1. ")


async def test_one_thing_alone_comes_as_it_is(town: Town, sam: By, hal: By) -> None:
    ada, ben = await reader(town), await reader(town, replace(DAILY, topics=frozenset({Topic.MEETINGS})))
    await published(town, sam, FRIDAY)
    await all_due(town, sam, hal, "Lock your shed.")
    await next_morning(town)
    assert sorted(await send(town)) == sorted([ada.chat_id, ben.chat_id])
    [only] = await heard(town, ben)
    assert only.kind == "subscribed.meeting"
    assert len(await digests(town)) == 1


async def test_what_goes_alone_goes_as_it_was_worded(town: Town, sam: By, hal: By) -> None:
    ada = await reader(town)
    await published(town, sam, FRIDAY)
    await at(town, FRIDAY - timedelta(days=7))
    await next_morning(town)
    await bundle(town.store)
    [only] = await heard(town, ada)
    assert only.text.startswith("Coming up:")
    assert "line" not in only.params


async def test_a_meeting_before_the_digest_is_told_at_once_and_a_change_too(
    town: Town, sam: By, hal: By
) -> None:
    ada = await reader(town, replace(DAILY, frequency=Frequency.WEEKLY))
    soon = await published(town, sam, datetime(2026, 12, 5, 18, 30))
    await all_due(town, sam, hal, "Lock your shed.")
    assert await send(town) == [ada.chat_id], "a reminder for tomorrow does not wait for Monday"
    await town.write(meeting.cancel, sam, soon.reference, "The hall is flooded")
    await remind(town.store)
    assert await send(town) == [ada.chat_id]


async def moved(town: Town, sam: By, hal: By, made: Any) -> None:
    facts = replace(made[0].facts, venue=Venue("Another hall", "1 Example Road"))
    await town.write(meeting.change, sam, made[0].reference, made[0].starts_at, facts)


async def paused(town: Town, sam: By, hal: By, made: Any) -> None:
    await town.write(campaign.pause, sam, made[1])


async def cancelled(town: Town, sam: By, hal: By, made: Any) -> None:
    await town.write(campaign.cancel, sam, made[1])


@pytest.mark.parametrize("bundled", [False, True], ids=["gathered", "bundled"])
@pytest.mark.parametrize(("deed", "gone"), [(moved, "neighbourhood"), (paused, "shed"), (cancelled, "shed")])
async def test_what_is_not_so_any_more_goes_out_of_a_digest_that_has_not_gone(
    town: Town, sam: By, hal: By, deed: Callable[..., Awaitable[None]], gone: str, *, bundled: bool
) -> None:
    ada = await reader(town)
    there = await published(town, sam, FRIDAY)
    sheds, bikes, doors = await all_due(town, sam, hal, "Lock your shed.", "Mark your bike.", "Shut it.")
    await next_morning(town)
    if bundled:
        await bundle(town.store)
    waiting = await in_hand(town)
    await deed(town, sam, hal, (there, sheds))
    assert await town.write(delivery.lease, [one.id for one in waiting]) == set()
    await bundle(town.store)
    [digest] = await digests(town)
    assert gone not in digest.text
    assert "Mark your bike." in digest.text
    assert await send(town) == [ada.chat_id]
    for made in (bikes, doors):
        assert await results(town, sam, made) == {DeliveryState.SENT: 1}


async def test_a_campaign_that_goes_on_comes_with_another_digest(town: Town, sam: By, hal: By) -> None:
    ada = await reader(town)
    sheds, bikes = await all_due(town, sam, hal, "Lock your shed.", "Mark your bike.")
    await next_morning(town)
    await bundle(town.store)
    await town.write(campaign.pause, sam, sheds)
    assert await send(town) == [], "it is not true any more, and is made anew"
    assert await send(town) == [ada.chat_id]
    await town.write(campaign.resume, sam, sheds)
    assert await send(town) == [ada.chat_id]
    for made in (sheds, bikes):
        assert await results(town, sam, made) == {DeliveryState.SENT: 1}
    assert await digests(town) == []


async def test_paused_and_resumed_before_it_goes_it_goes_once(town: Town, sam: By, hal: By) -> None:
    ada = await reader(town)
    sheds, _ = await all_due(town, sam, hal, "Lock your shed.", "Mark your bike.")
    await next_morning(town)
    await bundle(town.store)
    await town.write(campaign.pause, sam, sheds)
    await town.write(campaign.resume, sam, sheds)
    assert await send(town) == [ada.chat_id]
    assert await send(town) == []
    assert await results(town, sam, sheds) == {DeliveryState.SENT: 1}


async def test_held_while_its_digest_ended_it_is_not_forgotten(town: Town, sam: By, hal: By) -> None:
    ada = await reader(town)
    sheds, bikes = await all_due(town, sam, hal, "Lock your shed.", "Mark your bike.")
    await next_morning(town)
    await bundle(town.store)
    await town.write(campaign.pause, sam, sheds)
    await town.write(_block, ada.chat_id)
    await town.write(campaign.resume, sam, sheds)
    await send(town)
    for made in (sheds, bikes):
        assert await results(town, sam, made) == {DeliveryState.BLOCKED: 1}


def _block(session: Session, chat_id: int) -> None:
    resident.mark_blocked(session, chat_id, blocked=True)
    unsent.cancel_for_chat(session, chat_id, DeliveryState.BLOCKED)


@pytest.mark.parametrize("bundled", [False, True], ids=["gathered", "bundled"])
async def test_who_stops_gets_no_digest(town: Town, sam: By, hal: By, *, bundled: bool) -> None:
    ada = await reader(town)
    made = await all_due(town, sam, hal, "Lock your shed.", "Mark your bike.")
    await next_morning(town)
    if bundled:
        await bundle(town.store)
    await town.write(subscription.stop, ada)
    assert await send(town) == []
    await bundle(town.store)
    for one in made:
        assert await results(town, sam, one) == {DeliveryState.CANCELLED: 1}
    assert await digests(town) == []


async def test_what_comes_too_late_is_left_out_and_the_rest_goes(town: Town, sam: By, hal: By) -> None:
    ada = await reader(town)
    short = await all_due(town, sam, hal, "Today only.", good_for=timedelta(hours=14, minutes=30))
    long = await all_due(town, sam, hal, "Lock your shed.", "Mark your bike.")
    await next_morning(town)
    await bundle(town.store)
    town.pass_time(hours=1)
    assert await send(town) == [], "one thing in it came too late"
    assert await send(town) == [ada.chat_id]
    assert await results(town, sam, short[0]) == {DeliveryState.EXPIRED: 1}
    for one in long:
        assert await results(town, sam, one) == {DeliveryState.SENT: 1}


async def test_it_waits_for_the_end_of_quiet_hours_that_were_chosen_since(
    town: Town, sam: By, hal: By
) -> None:
    ada = await reader(town)
    await all_due(town, sam, hal, "Lock your shed.", "Mark your bike.")
    later = replace(DAILY, quiet=QuietHours(time(7), time(11)))
    await town.write(subscription.change, ada, later, Consent("Yes", "en"))
    await next_morning(town)
    assert await send(town) == []
    town.pass_time(hours=2)
    assert await send(town) == [ada.chat_id]


@pytest.mark.parametrize(
    ("outcome", "so"),
    [
        (DeliveryState.SENT, "sent"),
        (DeliveryState.UNCERTAIN, "uncertain"),
        (DeliveryState.FAILED, "failed"),
        (DeliveryState.BLOCKED, "blocked"),
    ],
)
async def test_all_in_it_ends_as_it_ends(
    town: Town, sam: By, hal: By, outcome: DeliveryState, so: str
) -> None:
    await reader(town)
    made = await all_due(town, sam, hal, "Lock your shed.", "Mark your bike.")
    await next_morning(town)
    await bundle(town.store)
    [one] = await in_hand(town)
    assert await town.write(delivery.lease, [one.id]) == {one.id}
    await town.write(delivery.finish, [Sent(one.id, outcome, 7, error="why", bundle=True)])
    for campaign_made in made:
        assert await results(town, sam, campaign_made) == {outcome: 1}
    rows = await town.read(_rows)
    assert [(row.state, row.message_id, row.error, row.params) for row in rows] == [(so, 7, "why", None)] * 3


def _rows(session: Session) -> list[DeliveryRow]:
    return list(session.scalars(select(DeliveryRow).order_by(DeliveryRow.id)))


async def test_after_a_crash_on_its_way_all_in_it_is_in_doubt_and_nothing_goes_again(
    town: Town, sam: By, hal: By
) -> None:
    await reader(town)
    made = await all_due(town, sam, hal, "Lock your shed.", "Mark your bike.")
    await next_morning(town)
    await bundle(town.store)
    [one] = await in_hand(town)
    await town.write(delivery.lease, [one.id])
    await town.write(delivery.recover)
    assert await send(town) == []
    for campaign_made in made:
        assert await results(town, sam, campaign_made) == {DeliveryState.UNCERTAIN: 1}


@pytest.mark.parametrize("how", ["put back", "given back"])
async def test_one_that_comes_back_unsent_goes_again_without_what_was_halted_meanwhile(
    town: Town, sam: By, hal: By, how: str
) -> None:
    ada = await reader(town)
    sheds, bikes, doors = await all_due(town, sam, hal, "Lock your shed.", "Mark your bike.", "Shut it.")
    await next_morning(town)
    await bundle(town.store)
    [one] = await in_hand(town)
    await town.write(delivery.lease, [one.id])
    await town.write(campaign.pause, sam, sheds)
    if how == "put back":
        await town.write(delivery.put_back, [one])
    else:
        await town.write(delivery.give_back, [one.id])
    assert await results(town, sam, sheds) == {DeliveryState.HELD: 1}
    assert await send(town) == []
    assert await send(town) == [ada.chat_id]
    assert await results(town, sam, bikes) == await results(town, sam, doors) == {DeliveryState.SENT: 1}


async def test_one_that_came_back_unsent_goes_whole_where_nothing_changed(
    town: Town, sam: By, hal: By
) -> None:
    ada = await reader(town)
    await all_due(town, sam, hal, "Lock your shed.", "Mark your bike.")
    await next_morning(town)
    await bundle(town.store)
    [one] = await in_hand(town)
    await town.write(delivery.lease, [one.id])
    await town.write(delivery.put_back, [one])
    assert await send(town) == [ada.chat_id]
    assert len(await digests(town)) == 1


async def test_many_people_page_by_page_each_once(
    town: Town, sam: By, hal: By, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundling, "AT_ONCE", 2)
    people = [await reader(town) for _ in range(5)]
    await all_due(town, sam, hal, "Lock your shed.", "Mark your bike.", "Shut it.")
    await next_morning(town)
    assert sorted(await send(town)) == sorted(person.chat_id for person in people)
    assert await send(town) == []


async def test_what_failed_and_is_tried_again_goes_alone(town: Town, sam: By, hal: By) -> None:
    ada = await reader(town)
    await all_due(town, sam, hal, "Lock your shed.", "Mark your bike.")
    await next_morning(town)
    await bundle(town.store)
    [one] = await in_hand(town)
    await town.write(delivery.lease, [one.id])
    await town.write(delivery.finish, [Sent(one.id, DeliveryState.FAILED, bundle=True)])
    await town.write(_try_again)
    assert await send(town) == [ada.chat_id]


def _try_again(session: Session) -> None:
    first = select(DeliveryRow.id).where(DeliveryRow.kind != BUNDLE).order_by(DeliveryRow.id).limit(1)
    again = {"state": DeliveryState.QUEUED.value, "params": "{}"}
    session.execute(update(DeliveryRow).where(DeliveryRow.id == session.scalar(first)).values(**again))


LONG = "Lock your shed. " * 60


@pytest.mark.parametrize(
    ("texts", "shown", "more"),
    [
        (["Lock your shed."] * 10, 10, None),
        (["Lock your shed."] * 13, 10, "And 3 more: /meetings"),
        ([LONG] * 10, 10, None),
        (["🚲" * 400] * 10, 5, "And 5 more: /meetings"),
    ],
)
def test_no_more_than_has_room_and_the_rest_is_counted(
    texts: list[str], shown: int, more: str | None
) -> None:
    text, those = bundles.worded([{"text": one} for one in texts], "en")
    assert units(text) <= MESSAGE_MAX_UNITS
    assert len(those) == shown
    assert text.split("\n\n")[-1].startswith(more or f"{shown}. ")


async def test_sqlite_finds_what_is_to_be_bundled_and_what_is_in_a_digest_by_index(
    town: Town, sam: By, hal: By
) -> None:
    if town.store.dialect != "sqlite":
        pytest.skip("PostgreSQL chooses by what it knows of the rows")
    await reader(town)
    await all_due(town, sam, hal, "Lock your shed.", "Mark your bike.")
    await next_morning(town)
    with counted() as sent:
        await bundle(town.store)
    assert "ix_deliveries_gathered (due_at<?)" in await town.read(plan, sent[0])
    with counted() as sent:
        await town.write(bundling.lease, [1])
    for statement in (one for one in sent if "WHERE deliveries.bundled_into" in one):
        assert "ix_deliveries_bundled (bundled_into=?)" in await town.read(plan, statement)
