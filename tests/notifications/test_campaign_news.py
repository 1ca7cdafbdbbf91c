"""Who wrote and who approved a campaign see in their chats how far it is: one message, edited."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from notifications.campaign_news import KIND, follow
from store.actions import campaign, campaign_retry, delivery, reference, staff, subscription
from store.actions.subscription import Consent
from store.domain.actor import SYSTEM
from store.domain.delivery import DeliveryState, Sent
from store.domain.staff import By, Role
from store.domain.subscription import Frequency
from store.queries import outbox
from tests.support.campaigns import WISH, begun, ended
from tests.support.deliveries import Letter, letters, link_chat
from tests.support.triage_factory import PROFILE, Town

SENT, SAM, HAL = DeliveryState.SENT, 71, 72


@pytest.fixture
async def sam(town: Town) -> By:
    await town.write(reference.seed, PROFILE)
    by = await town.staff("Sam")
    await town.write(link_chat, by.staff.id, SAM)
    return by


@pytest.fixture
async def hal(town: Town) -> By:
    by = await town.staff("Hal", Role.SUPERVISOR)
    await town.write(link_chat, by.staff.id, HAL)
    return by


async def deliver(town: Town, state: DeliveryState = SENT) -> None:
    """Let what is told of a campaign as it goes arrive; a new message gets the number of its chat."""
    due = (await town.store.read(outbox.due, 1_000)).deliveries
    for one in due:
        if one.kind == KIND:
            assert await town.write(delivery.lease, [one.id]) == {one.id}
            number = one.chat_id if state is SENT else None
            await town.write(delivery.finish, [Sent(one.id, state, number, to_staff=True)])


async def look(town: Town, **later: float) -> list[Letter]:
    """Follow what goes out after a while; return what is queued of it."""
    town.pass_time(**later)
    await follow(town.store)
    found = [one for one in await letters(town.store, KIND) if one.state == DeliveryState.QUEUED]
    return sorted(found, key=lambda one: one.chat_id)


def said(found: Sequence[Letter]) -> list[tuple[int, str, str]]:
    return [(one.chat_id, one.method, one.text.partition("): ")[2] or one.text) for one in found]


async def test_one_message_is_edited_as_it_goes_and_says_how_it_ended(town: Town, sam: By, hal: By) -> None:
    out = await begun(town, sam, hal, people=100)
    first = await look(town)
    assert said(first) == [(SAM, "sendMessage", "0 of 100."), (HAL, "sendMessage", "0 of 100.")]
    assert first[0].text == f"Campaign “Lock your shed” ({out}): 0 of 100."
    await deliver(town)
    assert await look(town, seconds=15) == []
    await ended(town, *(SENT for _ in range(10)))
    town.pass_time(seconds=5)
    edit = await look(town, seconds=5)
    words = "10 of 100, about 2 minutes left."
    assert said(edit) == [(SAM, "editMessageText", words), (HAL, "editMessageText", words)]
    assert [one.params["message_id"] for one in edit] == [SAM, HAL]
    await deliver(town)
    await ended(town, *(SENT for _ in range(10)))
    assert await look(town, seconds=14) == []
    assert len(await look(town, seconds=1)) == 2
    await deliver(town)
    await ended(town, *(SENT for _ in range(77)), DeliveryState.BLOCKED, DeliveryState.FAILED, SENT)
    await look(town, seconds=5)
    told = f"Campaign “Lock your shed” ({out}) has gone out: sent to 98 of 100 (1 blocked us, 1 failed)."
    last = await look(town)
    assert {one.text for one in last} == {f"{told} What failed can be tried again."}
    opens = {"Open the campaign": f"s:campaign:{out}:beside"}
    assert [one.buttons for one in (*first, *edit, *last)] == [opens] * 6
    await deliver(town)
    assert await look(town, minutes=5) == []


async def test_it_waits_for_its_own_message_and_survives_that_this_is_lost(
    town: Town, sam: By, hal: By
) -> None:
    await begun(town, sam, hal, people=4)
    assert len(await look(town)) == 2
    await ended(town, SENT)
    assert {one.method for one in await look(town, seconds=20)} == {"sendMessage"}
    await deliver(town, DeliveryState.BLOCKED)
    assert await look(town, seconds=20) == []
    await ended(town, SENT, SENT, SENT)
    assert await look(town, seconds=20) == []


async def test_pausing_and_cancelling_are_told(town: Town, sam: By, hal: By) -> None:
    out = await begun(town, sam, hal, people=4)
    await look(town)
    await deliver(town)
    await ended(town, SENT)
    await town.write(campaign.pause, sam, out)
    assert {one.text for one in await look(town, seconds=15)} == {
        f"Campaign “Lock your shed” ({out}) is paused: 1 of 4."
    }
    await deliver(town)
    await town.write(campaign.cancel, hal, out)
    assert {one.text for one in await look(town, seconds=1)} == {
        f"Campaign “Lock your shed” ({out}) is cancelled: sent to 1 of 4."
    }


async def test_what_is_tried_again_goes_on_in_the_same_message(town: Town, sam: By, hal: By) -> None:
    out = await begun(town, sam, hal, people=1)
    await ended(town, DeliveryState.FAILED, error="Bad Request")
    await look(town)
    assert len(await look(town)) == 2
    await deliver(town)
    assert await look(town, seconds=15) == []
    await town.write(campaign_retry.retry, sam, out)
    assert {one.method for one in await look(town, seconds=15)} == {"editMessageText"}


async def test_it_says_that_people_chose_when(town: Town, sam: By, hal: By) -> None:
    town.pass_time(minutes=1)
    digest = replace(WISH, frequency=Frequency.DAILY)
    await town.write(subscription.subscribe, await town.resident(), digest, Consent("Yes", "en"))
    await begun(town, sam, hal, people=0)
    words = "0 of 1. The rest waits for the hours that people chose."
    assert {text for _, _, text in said(await look(town))} == {words}


async def test_who_has_no_chat_or_works_here_no_more_hears_nothing(town: Town, sam: By) -> None:
    gus = await town.staff("Gus", Role.SUPERVISOR)
    await begun(town, sam, gus)
    await town.write(staff.disable, SYSTEM, sam.staff.id)
    assert await look(town) == []


async def test_what_takes_hours_is_told_more_seldom(town: Town, sam: By, hal: By) -> None:
    await begun(town, sam, hal, people=4)
    await look(town)
    await deliver(town)
    await ended(town, SENT)
    assert len(await look(town, hours=1)) == 2
    await deliver(town)
    await ended(town, SENT)
    assert await look(town, seconds=50) == []
    assert len(await look(town, seconds=15)) == 2
