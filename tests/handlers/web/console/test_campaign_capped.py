"""The page of a campaign says what waits, or came too late, as its readers had enough for a week."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import update

from notifications.timetable import send_campaigns
from store.actions import reference, subscription
from store.actions.subscription import Consent
from store.domain.delivery import DeliveryState
from store.domain.frequency_cap import CAPPED
from store.domain.staff import By, Role
from store.domain.subscription import Subscription, Topic
from store.engine import Session
from store.tables.delivery import DeliveryRow
from tests.support.campaigns import approved
from tests.support.console import Visitor
from tests.support.triage_factory import PROFILE, Town


def _capped(session: Session, state: DeliveryState) -> None:
    session.execute(update(DeliveryRow).values(state=state.value, error=CAPPED))


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (DeliveryState.QUEUED, "1 message waits because its reader had as many campaigns"),
        (DeliveryState.EXPIRED, "1 message came too late because of that limit"),
    ],
)
async def test_the_page_says_what_the_limit_did(
    browser: Visitor, town: Town, cleo: By, state: DeliveryState, said: str
) -> None:
    await town.write(reference.seed, PROFILE)
    ada = await town.resident()
    await town.write(
        subscription.subscribe, ada, Subscription(frozenset({Topic.CAMPAIGNS})), Consent("Y", "en")
    )
    made = await approved(town, cleo, await town.staff("Hal", Role.SUPERVISOR), good_for=timedelta(days=9))
    await send_campaigns(town.store)
    path = f"/console/campaigns/{made}"
    assert "limit" not in (await browser.get(path)).text
    await town.write(_capped, state)
    assert said in (await browser.get(path)).text
