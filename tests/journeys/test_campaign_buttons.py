"""A campaign comes with buttons: each does what it says, in the reader's language, also much later."""

from __future__ import annotations

from typing import Any

import pytest

from bot.emulator import Bubble, Person
from notifications.wording import say as worded
from store.domain.campaign_button import CampaignButton, subject_of
from store.domain.subscription import Topic
from tests.support.campaigns import told
from tests.support.form import SEND, data_of, say, step_of, tap
from tests.support.news import choose, kept, press, stop, subscribe
from tests.support.town import Town

ALL = frozenset(CampaignButton)
PARKING = "vehicle.parking"


async def hears(town: Town, person: Person, said: str = "Lock your shed", **other: Any) -> tuple[str, Bubble]:
    """Let this person get a campaign; return its id, and the message."""
    await subscribe(person, "campaigns")
    id_ = await told(town, buttons=ALL, **other)
    return id_, await person.wait_for(said)


def data(id_: str, button: CampaignButton) -> str:
    return f"o:told:{subject_of(id_, button)}"


@pytest.mark.parametrize("language", ["en", "pl"])
async def test_the_buttons_come_in_the_readers_language_above_the_way_out(town: Town, language: str) -> None:
    person = town.emulator.person(f"Ola {language}", language_code=language)
    said = {"en": "Lock your shed", "pl": "Zamknij"}[language]
    _, shown = await hears(town, person, said, link="https://safety.example/sheds")
    keys = ("campaign.link", *(f"campaign.button.{one}" for one in ("report", "meetings", "more", "less")))
    assert shown.labels[:5] == [worded(language, key) for key in keys]
    assert shown.labels[5] == worded(language, "subscribe.stop")


async def test_report_this_opens_the_form_at_its_category_and_leaves_the_message(town: Town) -> None:
    id_, shown = await hears(town, town.ada, category=PARKING)
    asked = await press(town.ada, data(id_, CampaignButton.REPORT))
    assert "Nuisance or dangerous parking" in asked.text
    assert step_of(asked) == "danger"
    assert (await town.open_draft(town.ada)).answers["category"] == PARKING
    assert next(b for b in town.ada.messages if b.id == shown.id).text == shown.text


async def test_report_this_without_a_category_opens_the_form_and_keeps_an_open_report(town: Town) -> None:
    id_, _ = await hears(town, town.ada)
    assert step_of(await press(town.ada, data(id_, CampaignButton.REPORT))) == "danger"
    asked = await press(town.ada, data(id_, CampaignButton.REPORT))
    assert "not sent yet" in asked.text


async def test_find_a_meeting_asks_from_where(town: Town) -> None:
    id_, shown = await hears(town, town.ada)
    asked = await press(town.ada, data(id_, CampaignButton.MEETINGS))
    assert asked.id != shown.id
    assert (await town.open_draft(town.ada)).form == "find_meetings"


async def test_more_shows_whoever_has_it_how_to_have_it_more_often(town: Town) -> None:
    id_, _ = await hears(town, town.ada)
    shown = await press(town.ada, data(id_, CampaignButton.MORE))
    assert "You get this already: Safety campaigns." in shown.text
    await press(town.ada, "o:news:often")
    assert "I have changed it." in (await tap(town.ada, "daily")).text


async def test_more_takes_the_topic_up_again_or_subscribes_to_it_weeks_later(town: Town) -> None:
    id_, _ = await hears(town, town.ada)
    await press(town.ada, "o:news:open")
    await press(town.ada, "o:news:topics")
    await tap(town.ada, "campaigns")
    await choose(town.ada, "surveys")
    left = await kept(town, town.ada)
    assert left
    assert left.topics == {Topic.SURVEYS}
    shown = await press(town.ada, data(id_, CampaignButton.LESS))
    assert "You have left this already: Safety campaigns." in shown.text
    shown = await press(town.ada, data(id_, CampaignButton.MORE))
    assert "☑ Safety campaigns" in str(shown.labels)
    await say(town.ada, "/cancel")
    await stop(town.ada)
    assert step_of(await press(town.ada, data(id_, CampaignButton.MORE))) == "where"
    await choose(town.ada, "everywhere")
    assert "About: Safety campaigns" in (await tap(town.ada, "at_once")).text
    await tap(town.ada, SEND)
    again = await kept(town, town.ada)
    assert again
    assert again.topics == {Topic.CAMPAIGNS}


async def test_less_shows_what_can_be_changed_and_tells_whoever_gets_nothing(town: Town) -> None:
    id_, _ = await hears(town, town.ada)
    shown = await press(town.ada, data(id_, CampaignButton.LESS))
    assert "less often" in shown.text
    assert {"o:news:often", "o:news:topics", "o:news:pause", "o:news:stop"} <= set(data_of(shown))
    await stop(town.ada)
    shown = await press(town.ada, data(id_, CampaignButton.LESS))
    assert shown.text == "You get no news from us."


async def test_a_campaign_that_we_do_not_know_any_more_still_helps(town: Town) -> None:
    _, shown = await hears(town, town.ada)
    gone = "0" * 32
    for button, said in (
        (CampaignButton.LESS, "less often"),
        (CampaignButton.MORE, "This is the news you get"),
        (CampaignButton.MEETINGS, "meeting"),
    ):
        town.ada.tap_data(data(gone, button), shown.id)
        assert said in (await town.ada.wait_for()).text
    town.ada.tap_data(data(gone, CampaignButton.REPORT), shown.id)
    assert step_of(await town.ada.wait_for()) == "danger"
    town.ada.tap_data("o:told:nonsense", shown.id)
    await town.settled()
    assert step_of(town.ada.last) == "danger"


async def test_a_stranger_to_whom_it_was_passed_on_can_tap_too(town: Town) -> None:
    id_, _ = await hears(town, town.ada)
    await say(town.dan, "/help")
    town.dan.tap_data(data(id_, CampaignButton.MORE), town.dan.last.id)
    assert step_of(await town.dan.wait_for()) == "where"
    assert (await town.open_draft(town.dan)).answers["topics"] == ["campaigns"]
