from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.actions import delivery, resident, subscription
from store.actions.subscription import Consent
from store.domain.delivery import SUBSCRIBED_KIND, Lane, Outgoing
from store.domain.event import Action
from store.domain.resident import Resident
from store.domain.subscription import Frequency, QuietHours, Subscription, Topic, WhyStopped
from store.queries import subscriptions
from store.tables.delivery import DeliveryRow
from store.tables.event import EventRow
from store.tables.resident import ResidentRow
from store.tables.subscriber import SubscriberRow
from tests.support.triage_factory import MORNING, Town

WISH = Subscription(frozenset({Topic.MEETINGS, Topic.URGENT}), frozenset({"margate"}), Frequency.WEEKLY)
CONSENT = Consent("We send you news. STOP ends it.", "en")
WEEK = timedelta(days=7)


async def subscriber(town: Town, wish: Subscription = WISH) -> Resident:
    ada = await town.resident()
    assert await town.write(subscription.subscribe, ada, wish, CONSENT) == wish
    return ada


async def kept(town: Town, who: Resident) -> Subscription | None:
    return await town.read(subscriptions.of, who.id)


def consent_of(session: Session, resident_id: str) -> tuple[Any, ...]:
    row = session.get_one(SubscriberRow, resident_id)
    return row.consent_words, row.consent_language, row.consent_at, row.created_at


def told_of(session: Session, resident_id: str) -> list[str]:
    wanted = select(EventRow.action).where(EventRow.subject_id == resident_id).order_by(EventRow.id)
    return list(session.scalars(wanted.where(EventRow.subject_kind == "subscription")))


async def test_what_somebody_wished_and_agreed_to_is_kept(town: Town) -> None:
    ada = await subscriber(town)
    assert await kept(town, ada) == WISH
    assert await town.read(consent_of, ada.id) == (*(CONSENT.words, "en"), MORNING, MORNING)
    assert town.events[-1] == (Action.SUBSCRIBED, {})


async def test_somebody_who_never_subscribed_has_none_and_nothing_of_it_changes(town: Town) -> None:
    ben = await town.resident("Ben")
    assert await kept(town, ben) is None
    assert await town.write(subscription.change, ben, WISH) is None
    assert await town.write(subscription.pause, ben, MORNING + WEEK) is None
    assert not await town.write(subscription.stop, ben)
    await town.write(subscription.say_why, ben, WhyStopped.MOVED)
    assert await kept(town, ben) is None
    assert await town.read(told_of, ben.id) == []


async def test_a_change_names_what_changed_and_nothing_that_was_chosen(town: Town) -> None:
    ada = await subscriber(town)
    wish = Subscription(
        frozenset({Topic.SURVEYS}), frozenset(), Frequency.WEEKLY, QuietHours(time(20), time(9))
    )
    assert await town.twice(subscription.change, ada, wish) == wish
    assert await kept(town, ada) == wish
    assert town.last(Action.SUBSCRIPTION_CHANGED) == {"changed": ["topics", "places", "quiet"]}
    assert await town.how_often(Action.SUBSCRIPTION_CHANGED) == 1


async def test_a_pause_outlasts_a_change_and_ends_by_going_on(town: Town) -> None:
    ada = await subscriber(town)
    until = MORNING + WEEK
    paused = await town.twice(subscription.pause, ada, until)
    assert paused == replace(WISH, paused_until=until)
    daily = replace(WISH, frequency=Frequency.DAILY)
    await town.write(subscription.change, ada, daily)
    assert await kept(town, ada) == replace(daily, paused_until=until)
    assert await town.twice(subscription.pause, ada, None) == daily
    assert await town.read(told_of, ada.id) == [
        *("subscription.subscribed", "subscription.paused"),
        *("subscription.changed", "subscription.changed"),
    ]


async def test_stopping_ends_it_and_again_does_no_harm(town: Town) -> None:
    ada = await subscriber(town)
    await town.write(subscription.pause, ada, MORNING + WEEK)
    assert await town.write(subscription.stop, ada)
    town.pass_time(hours=1)
    assert not await town.write(subscription.stop, ada)
    assert await kept(town, ada) == replace(WISH, stopped_at=MORNING)
    assert await town.write(subscription.change, ada, WISH) is None
    assert await town.write(subscription.pause, ada, None) is None
    assert await town.how_often(Action.SUBSCRIPTION_STOPPED) == 1


@pytest.mark.parametrize(
    "how", [subscription.stop, lambda session, ada: subscription.pause(session, ada, MORNING + WEEK)]
)
async def test_what_waits_for_subscribers_is_not_sent_after_a_stop_or_in_a_pause_but_all_else_is(
    town: Town, how: Callable[[Session, Resident], object]
) -> None:
    ada, ben = await subscriber(town), await subscriber(town)
    kinds = (f"{SUBSCRIBED_KIND}x", "meeting.coming", "x")

    def queue(session: Session) -> None:
        things = [
            Outgoing(Lane.REMINDER, who.chat_id, kind, "sendMessage", {})
            for who in (ada, ben)
            for kind in kinds
        ]
        delivery.queue(session, things)

    await town.write(queue)
    await town.write(how, ada)
    ids = await town.read(lambda session: session.scalars(select(DeliveryRow.id)).all())
    leased = await town.write(delivery.lease, ids)
    wanted = select(DeliveryRow.chat_id, DeliveryRow.kind).where(DeliveryRow.id.in_(leased))
    left = await town.read(lambda session: session.execute(wanted).all())
    assert {kind for chat_id, kind in left if chat_id == ada.chat_id} == set(kinds[1:])
    assert {kind for chat_id, kind in left if chat_id == ben.chat_id} == set(kinds)


async def test_the_first_reason_counts_and_only_of_who_stopped(town: Town) -> None:
    ada = await subscriber(town)
    await town.write(subscription.say_why, ada, WhyStopped.OTHER)
    await town.write(subscription.stop, ada)
    await town.write(subscription.say_why, ada, WhyStopped.MOVED)
    await town.write(subscription.say_why, ada, WhyStopped.TOO_MANY)
    found = await kept(town, ada)
    assert found
    assert found.why_stopped is WhyStopped.MOVED


async def test_who_subscribes_again_agrees_anew_and_the_reason_for_the_stop_is_gone(town: Town) -> None:
    ada = await subscriber(town)
    await town.write(subscription.stop, ada)
    await town.write(subscription.say_why, ada, WhyStopped.MOVED)
    town.pass_time(days=30)
    await town.write(subscription.subscribe, ada, WISH, Consent("Wysyłamy wiadomości.", "pl"))
    assert await kept(town, ada) == WISH
    again = MORNING + timedelta(days=30)
    assert await town.read(consent_of, ada.id) == ("Wysyłamy wiadomości.", "pl", again, MORNING)


async def test_subscribing_touches_no_relay_of_an_anonymous_report(town: Town) -> None:
    ada = await town.resident()
    await town.report(ada, identity="anonymous")
    await town.write(subscription.subscribe, ada, WISH, CONSENT)
    await town.write(resident.set_language, ada, "pl")
    owner = select(ResidentRow.relay).join(SubscriberRow, SubscriberRow.resident_id == ResidentRow.id)
    assert await town.read(lambda session: session.scalars(owner).all()) == [False]
    relays = select(func.count()).select_from(ResidentRow).where(ResidentRow.relay)
    assert await town.read(lambda session: session.scalar(relays)) == 1
