"""A picture comes to everybody with the words and buttons of a campaign, each time, and goes up once."""

from __future__ import annotations

import itertools
from typing import Any

import obstore
from obstore.store import from_url

from bot.emulator import Bubble
from notifications.timetable import send_campaigns
from store.actions import campaign, campaign_by_hand, campaign_pattern, staff
from store.domain.actor import SYSTEM, Channel
from store.domain.campaign_button import CampaignButton, subject_of
from store.domain.staff import By, Role
from tests.support.campaign_files import attached_to_pattern, lying
from tests.support.campaign_patterns import REACTIVE, plan
from tests.support.campaigns import told
from tests.support.form import step_of
from tests.support.news import press, subscribe
from tests.support.papers import PAPER
from tests.support.pictures import jpeg
from tests.support.town import Town
from tests.support.triage_factory import PROFILE

_numbers = itertools.count(1)


async def test_all_get_the_same_picture_and_its_buttons_work(town: Town) -> None:
    people = [town.emulator.person(f"Ola {n}") for n in range(3)]
    for person in people:
        await subscribe(person, "campaigns")

    async def with_picture(reference: str) -> None:
        media: Any = from_url(town.house.media.as_uri())
        await lying(town.house, media, town.officer, reference)

    id_ = await told(town, with_picture, buttons=frozenset({CampaignButton.REPORT}))
    shown = [await person.wait_for("Lock your") for person in people]
    assert len({one.raw["photo"][-1]["file_id"] for one in shown}) == 1
    sent = town.emulator.calls_of("sendPhoto")
    assert len([call for call in sent if "photo" not in call.params]) == 1
    asked = await press(people[0], f"o:told:{subject_of(id_, CampaignButton.REPORT)}")
    assert step_of(asked) == "danger"
    assert asked.id != shown[0].id


async def come_twice(town: Town, body: bytes) -> list[tuple[str, Bubble]]:
    """Let a recurring campaign with this file go out twice; return both references, and what came."""
    person = town.emulator.person("Ola")
    await subscribe(person, "campaigns")
    media: Any = from_url(town.house.media.as_uri())
    pattern = await town.staff_does(campaign_pattern.make, plan(REACTIVE), PROFILE.district)
    await obstore.put_async(media, await town.staff_does(attached_to_pattern, pattern, body), body)
    name = f"sue{next(_numbers)}san"
    sue = By(await town.house.write(staff.add, SYSTEM, name, "Sue", Role.SUPERVISOR), Channel.WEB)
    came = list[tuple[str, Bubble]]()
    for _ in range(2):
        person.mark()
        made = await town.staff_does(campaign_by_hand.make_one, pattern)
        await town.staff_does(campaign.submit, made)
        await town.house.write(campaign.approve, sue, made)
        await send_campaigns(town.house.app.store)
        came.append((made, await person.wait_for("Lock your")))
    return came


async def test_a_picture_of_a_recurring_campaign_goes_up_once_for_all_its_times(town: Town) -> None:
    before = len(town.emulator.calls_of("sendPhoto"))
    shown = [bubble for _, bubble in await come_twice(town, jpeg(size=(96, 48)))]
    assert len({one.id for one in shown}) == 2
    assert len({one.raw["photo"][-1]["file_id"] for one in shown}) == 1
    sent = town.emulator.calls_of("sendPhoto")[before:]
    assert len([call for call in sent if "photo" not in call.params]) == 1


async def test_a_document_of_a_recurring_campaign_has_the_name_of_the_campaign_it_comes_with(
    town: Town,
) -> None:
    for made, shown in await come_twice(town, PAPER):
        assert shown.raw["document"]["file_name"] == f"{made}.pdf"
