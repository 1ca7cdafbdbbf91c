"""A campaign from its first word in an officer's chat to those who subscribed, also over a restart."""

from __future__ import annotations

import pytest

from bot.emulator import Fault, FaultKind
from notifications import campaign_news
from notifications.timetable import send_campaigns
from store.actions import campaign_by_hand, campaign_pattern
from tests.support.campaign_chat import WORDS, begin, press, supervisor
from tests.support.campaign_patterns import plan
from tests.support.form import say, tap
from tests.support.news import choose, subscribe
from tests.support.pictures import jpeg
from tests.support.town import Town
from tests.support.triage_factory import PROFILE

OTHERS = {
    "Polish": "Zamknij szopę.",
    "Romanian": "Încuie magazia.",
    "Czech": "Zamkněte kůlnu.",
    "Slovak": "Zamknite kôlňu.",
    "Ukrainian": "Замкніть сарай.",
}


async def set_every_part(town: Town) -> None:
    """Write it in all languages, with a picture, buttons and a time; the program restarts in the middle."""
    cleo = town.cleo
    card = await begin(cleo)
    assert "It is kept as a draft, and nobody gets it yet." in card.text
    card = await press(cleo, "How many would hear of it")
    assert "Would hear of it now: 1 person" in card.text
    await press(cleo, "Words (1 of 6)")
    for name, words in OTHERS.items():
        await press(cleo, f"＋ {name}")
        await say(cleo, words)
    assert "No words yet" not in cleo.last.text
    await press(cleo, "Back to the campaign")

    await press(cleo, "Picture or PDF")
    cleo.send_photo(jpeg())
    await cleo.wait_for("What does it show?")
    await town.settled()
    await town.house.restart()
    card = await say(cleo, "A shed with a lock")
    assert "The picture is with it." in card.text
    assert "Picture above the words: A shed with a lock" in card.text
    await press(cleo, "Buttons")
    await choose(cleo, "report", "less")
    await tap(cleo, "noise")
    await tap(cleo, "noise.domestic")
    await press(cleo, "Spread over hours")
    await say(cleo, "2")
    await press(cleo, "When")
    card = await say(cleo, "tomorrow at 10")
    assert "Buttons: Report this (Noise from a home), Less like this" in card.text
    assert "Goes out: Thursday 26 November, 10:00, spread over 2 hours" in card.text
    assert "The last of it is due: Thursday 26 November, 12:00" in card.text


@pytest.mark.timeout(180)  # every part of a campaign is set, each in several messages
async def test_every_part_is_set_in_chat_and_it_reaches_who_subscribed(
    own_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign_news, "LOOK_SECONDS", 0.05)
    town, cleo, sue = own_town, own_town.cleo, await supervisor(own_town)
    await subscribe(town.ada, "campaigns")
    town.ada.mark()

    await set_every_part(town)
    await press(cleo, "Try it on myself")
    tried = await cleo.wait_for("Замкніть сарай.")
    assert (tried.kind, tried.labels[:2]) == ("photo", ["Повідомити про це", "Менше такого"])
    done = await press(cleo, "Send for approval")
    assert "Waits for approval" in done.text
    assert "Approve" not in done.labels

    told = await sue.wait_for("Cleo Example wrote a campaign that waits for approval: “Sheds”")
    sue.tap("Open the campaign", told)
    await sue.wait_for("Written by: Cleo Example")
    sue.tap("Approve")
    await sue.wait_for("Approved by: Sue Example")
    await cleo.wait_for("Sue Example approved your campaign “Sheds”")
    town.pass_time(days=1, hours=3)
    await send_campaigns(town.house.app.store)
    got = await town.ada.wait_for("Lock your shed tonight")
    assert (got.kind, got.labels[:2]) == ("photo", ["Report this", "Less like this"])
    assert got.text == WORDS.format(partnership=town.house.app.reference.profile.district.partnership)
    await cleo.wait_for("has gone out: sent to 1 of 1")
    await press(cleo, "All campaigns")
    assert "1 of 1 done: 1 sent" in (await press(cleo, "Sent · Sheds")).text
    assert town.desk.transcript() == ""


async def test_what_failed_is_tried_again_once_it_is_over(
    own_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign_news, "LOOK_SECONDS", 0.05)
    town, cleo, sue = own_town, own_town.cleo, await supervisor(own_town)
    await subscribe(town.ada, "campaigns")
    await begin(cleo)
    await press(cleo, "Send for approval")
    await sue.wait_for("waits for approval: “Sheds”")
    await press(sue, "Open the campaign")
    await press(sue, "Approve")
    town.ada.mark()
    refused = Fault(FaultKind.FAIL, "sendMessage", 1, code=400, chat_id=town.ada.id)
    town.emulator.faults.add(refused)
    await send_campaigns(town.house.app.store)
    news = await cleo.wait_for("has gone out: sent to 0 of 1 (1 failed)")
    cleo.tap("Open the campaign", news)
    card = await cleo.wait_for("1 of 1 done: 1 failed.")
    assert card.id != news.id, "the news is edited on"
    again = await press(cleo, "Try the failed ones again")
    assert "Going out" in again.text
    await send_campaigns(town.house.app.store)
    await town.ada.wait_for("Lock your shed tonight")


async def test_edits_commands_and_a_whole_report_in_between_lose_nothing(town: Town) -> None:
    cleo = town.cleo
    await say(cleo, "/campaign")
    await say(cleo, "Shedds")
    named = next(bubble.id for bubble in cleo.messages if bubble.text == "Shedds")
    await tap(cleo, "surveys")
    cleo.mark()
    cleo.edit(named, "Sheds")
    await cleo.wait_for("in English")
    cleo.send_photo(jpeg())
    await cleo.wait_for("A picture or document comes next, once there are words.")

    assert await town.report(cleo, group="other")
    await town.settled()
    await town.house.restart()
    assert "half written: “Sheds”" in (await say(cleo, "/campaign")).text
    await press(cleo, "Go on")
    card = await say(cleo, "Tell us how safe you feel.")
    assert "\nSheds\n" in card.text
    assert "For those who subscribed to: Surveys" in card.text
    assert await town.draft(cleo) is None


async def test_days_that_nobody_knows_yet_are_confirmed_in_chat_and_then_it_is_sent_on(
    own_town: Town,
) -> None:
    town, cleo = own_town, own_town.cleo
    pattern = await town.staff_does(campaign_pattern.make, plan(sure=False), PROFILE.district)
    reference = await town.staff_does(campaign_by_hand.make_one, pattern)
    await say(cleo, "/campaigns")
    cleo.tap(f"s:campaign:{reference}")
    card = await cleo.wait_for("Its days are to be confirmed before it can be sent for approval.")
    assert "Send for approval" not in card.labels
    await press(cleo, "Confirm its days")
    card = await say(cleo, "14 to 16 December 2027")
    assert "Its days are confirmed: 14 to 16 December 2027." in card.text
    assert "Goes out: Tuesday 14 December 2027, 09:00" in card.text
    assert "Waits for approval" in (await press(cleo, "Send for approval")).text
