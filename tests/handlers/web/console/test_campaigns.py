"""Campaigns in the console: written, looked at by a second person, and watched while they go out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from notifications.campaigns import tell_failed, tell_next
from notifications.timetable import send_campaigns
from store.actions import campaign_retry, campaign_sending, campaign_tap, reference, staff, subscription
from store.actions.subscription import Consent
from store.domain.delivery import DeliveryState
from store.domain.event import Action
from store.domain.rounds import Round
from store.domain.staff import By, Role
from store.domain.subscription import Frequency, Subscription, Topic
from store.engine import Session
from store.queries import campaigns
from tests.support.campaigns import WISH, a_draft, approved, begun, ended, partly_failed, waiting
from tests.support.console import Console, Visitor
from tests.support.page_forms import form_of
from tests.support.triage_factory import PROFILE, Town

PATH = "/console/campaigns"
NOISE = PROFILE.category("noise.domestic").label["en"]
NEW: dict[str, Any] = {
    "title": "Lock your shed",
    "topic": "campaigns",
    "text-en": "Lock your shed tonight. Ask {email}.",
    "text-pl": "Zamknij szopę.",
    "area-margate": "yes",
    "days": "3",
    "at": "09:00",
}


@pytest.fixture
async def supervisor(console: Console) -> Visitor:
    visitor = console.visitor()
    await visitor.sign_in(await console.staff("hal", Role.SUPERVISOR))
    return visitor


async def do(visitor: Visitor, path: str, deed: str, **typed: Any) -> Any:
    form = form_of((await visitor.get(path)).text, f"{path}/{deed}")
    return await visitor.post(f"{path}/{deed}", **(form | typed))


async def test_a_campaign_is_written_approved_by_another_and_watched(
    browser: Visitor, supervisor: Visitor, town: Town
) -> None:
    await town.write(reference.seed, PROFILE)
    await town.write(
        subscription.subscribe,
        await town.resident(),
        Subscription(frozenset({Topic.CAMPAIGNS})),
        Consent("Yes", "en"),
    )
    made = await browser.post(
        f"{PATH}/new", **(form_of((await browser.get(f"{PATH}/new")).text, f"{PATH}/new") | NEW)
    )
    path = made.location.partition("?")[0]
    text = (await browser.get(path)).text
    assert "No words yet in Romanian" in text
    assert "1 person" in text
    assert "Approve it" not in text
    assert (await do(browser, path, "submission")).location.endswith("done=campaign-submitted")
    assert "A supervisor who did not write it approves it." in (await browser.get(path)).text
    assert (await do(supervisor, path, "approval")).location.endswith("done=campaign-approved")
    await send_campaigns(town.store)
    text = (await browser.get(path)).text
    assert "Waiting to go out</dt><dd>1</dd>" in text
    await do(browser, path, "pause")
    assert "Paused</dt><dd>1</dd>" in (await browser.get(path)).text
    await do(browser, path, "resumption")
    await do(browser, path, "cancellation")
    assert "Cancelled" in (await browser.get(PATH)).text


@pytest.mark.parametrize("deed", ["pause", "cancellation"])
async def test_a_page_that_was_opened_before_stops_it_however_far_it_came_meanwhile(
    browser: Visitor, town: Town, cleo: By, monkeypatch: pytest.MonkeyPatch, deed: str
) -> None:
    monkeypatch.setattr(campaign_sending, "AT_ONCE", 1)
    monkeypatch.setattr(campaign_retry, "AT_ONCE", 1)
    path = f"{PATH}/{await partly_failed(town, cleo, await town.staff('Hal', Role.SUPERVISOR))}"
    await town.write(campaign_retry.retry, cleo, path.rpartition("/")[2])
    form = form_of((await browser.get(path)).text, f"{path}/{deed}")
    while await town.write(tell_failed, Round()) is not None:
        pass
    assert (await browser.post(f"{path}/{deed}", **form)).status == 303


async def test_a_page_that_was_opened_before_it_began_cancels_it_between_two_pages(
    browser: Visitor, town: Town, cleo: By, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(campaign_sending, "AT_ONCE", 1)
    for _ in range(3):
        await town.write(subscription.subscribe, await town.resident(), WISH, Consent("Yes", "en"))
    made = await approved(town, cleo, await town.staff("Hal", Role.SUPERVISOR))
    path = f"{PATH}/{made}"
    form = form_of((await browser.get(path)).text, f"{path}/cancellation")
    assert [await town.write(tell_next, Round()) for _ in range(2)] == [1, 1]
    gone = await browser.post(f"{path}/cancellation", **form)
    assert gone.location.endswith("done=campaign-cancelled")
    assert await town.write(tell_next, Round()) is None


async def test_what_failed_is_told_with_its_reason_in_plain_words(
    browser: Visitor, town: Town, cleo: By
) -> None:
    await town.write(reference.seed, PROFILE)
    path = f"{PATH}/{await begun(town, cleo, await town.staff('Hal', Role.SUPERVISOR), people=3)}"
    await ended(town, DeliveryState.FAILED, DeliveryState.FAILED, error="Bad Request: chat not found")
    await ended(town, DeliveryState.UNCERTAIN, error="Who knows")
    text = (await browser.get(path)).text
    assert "The messenger does not know this chat any more" in text
    assert '<td role="cell" data-label="How many">2</td>' in text
    assert "Who knows" in text
    assert "3 of 3</label>" in text


async def test_what_people_did_about_it_is_told_as_numbers(browser: Visitor, town: Town, cleo: By) -> None:
    await town.write(reference.seed, PROFILE)
    person = await town.resident("Ada Marsh")
    await town.write(subscription.subscribe, person, WISH, Consent("Yes", "en"))
    made = await begun(town, cleo, await town.staff("Hal", Role.SUPERVISOR), people=0)
    await ended(town, DeliveryState.SENT)
    known = (await town.read(campaigns.page, cleo.staff, made)).campaign.id
    for button in ("more", "new-button"):
        await town.write(campaign_tap.tapped, known, button, person.id)
    await town.write(subscription.stop, person)
    text = (await browser.get(f"{PATH}/{made}")).text
    for said in ("Tapped “More like this”", "Tapped “new-button”", "Wanted no more of it within 72 hours"):
        assert f"{said}</dt><dd>1</dd>" in text
    assert "Ada" not in text


async def test_while_it_goes_out_its_page_says_how_fast_and_asks_again_by_itself(
    browser: Visitor, town: Town, cleo: By
) -> None:
    await town.write(reference.seed, PROFILE)
    path = f"{PATH}/{await begun(town, cleo, await town.staff('Hal', Role.SUPERVISOR), people=60)}"
    text = (await browser.get(path)).text
    assert f'hx-get="{path}"' in text
    assert "Look again" in text
    await ended(town, *(DeliveryState.SENT for _ in range(45)))
    town.pass_time(seconds=10)
    text = (await browser.get(path)).text
    assert "45 of 60</label>" in text
    assert "4.5 a second, less than a minute left. Counted just now." in text
    await ended(town, *(DeliveryState.SENT for _ in range(15)))
    await send_campaigns(town.store)
    piece = (await browser.get(path, **{"X-Background": "1"})).text
    assert "60 of 60</label>" in piece
    assert "It does not go out any more" in piece
    assert "hx-trigger" not in piece
    assert "It does not go out any more" not in (await browser.get(path)).text


async def test_a_campaign_that_waits_for_the_morning_says_until_when(
    browser: Visitor, town: Town, cleo: By
) -> None:
    await town.write(reference.seed, PROFILE)
    digest = replace(WISH, frequency=Frequency.DAILY)
    await town.write(subscription.subscribe, await town.resident(), digest, Consent("Yes", "en"))
    path = f"{PATH}/{await begun(town, cleo, await town.staff('Hal', Role.SUPERVISOR), people=0)}"
    assert "The next may go 24 November 2026, " in (await browser.get(path)).text


async def test_time_left_is_of_what_may_go_by_now_and_not_of_what_waits_for_a_digest(
    browser: Visitor, town: Town, cleo: By
) -> None:
    await town.write(reference.seed, PROFILE)
    digest = replace(WISH, frequency=Frequency.WEEKLY)
    for _ in range(30):
        await town.write(subscription.subscribe, await town.resident(), digest, Consent("Yes", "en"))
    path = f"{PATH}/{await begun(town, cleo, await town.staff('Hal', Role.SUPERVISOR), people=22)}"
    await browser.get(path)
    await ended(town, *(DeliveryState.SENT for _ in range(2)))
    town.pass_time(seconds=10)
    text = (await browser.get(path)).text
    assert "0.2 a second, about 2 minutes left of what may go by now. 30 wait for a later time." in text
    assert "The next may go 30 November 2026, " in text
    await ended(town, *(DeliveryState.SENT for _ in range(20)))
    town.pass_time(seconds=10)
    text = (await browser.get(path)).text
    assert " left of what" not in text
    assert "30 wait for a later time. The next may go 30 November 2026, " in text


async def test_what_failed_is_tried_again_by_a_button(browser: Visitor, town: Town, cleo: By) -> None:
    await town.write(reference.seed, PROFILE)
    path = f"{PATH}/{await partly_failed(town, cleo, await town.staff('Hal', Role.SUPERVISOR))}"
    text = (await browser.get(path)).text
    assert "Failed</dt><dd>1</dd>" in text
    assert (await do(browser, path, "retry")).location.endswith("done=campaign-retried")
    await send_campaigns(town.store)
    text = (await browser.get(path)).text
    assert "What failed is tried again" in text
    assert "Waiting to go out</dt><dd>2</dd>" in text
    assert "Try again what failed" not in text


async def test_mistakes_come_back_with_what_was_typed(browser: Visitor) -> None:
    form = form_of((await browser.get(f"{PATH}/new")).text, f"{PATH}/new") | NEW
    for wrong, said in (
        ({"text-en": ""}, "Write what it says in English."),
        ({"text-en": "Dear {name}"}, "{name} stands for nothing."),
        ({"topic": "nonsense"}, "Choose what people subscribed to."),
        ({"days": "900"}, "from 1 to 90"),
        ({"link": "ftp://a"}, "A link begins with https://"),
        ({"problem": "noise.domestic"}, "“Report this” is not ticked."),
        ({"button-report": "yes", "problem": "vehicle.flying"}, "Choose a kind of problem from the list"),
        ({"day": "2026-02-30"}, "Give the day as a date"),
    ):
        refused = await browser.post(f"{PATH}/new", **(form | wrong))
        assert refused.status == 422, wrong
        assert said in refused.text, wrong
        assert "Lock your shed" in refused.text


async def test_it_is_changed_with_its_time_and_sent_back(
    browser: Visitor, supervisor: Visitor, town: Town, cleo: By
) -> None:
    path = f"{PATH}/{await waiting(town, cleo)}"
    assert (await do(supervisor, path, "return", reason="Say where")).status == 303
    assert "Say where" in (await browser.get(path)).text
    await do(browser, path, "change", day="2026-12-24", at="10:30")
    assert "24 December 2026, 10:30am" in (await browser.get(path)).text
    assert form_of((await browser.get(path)).text, f"{path}/change")["at"] == "10:30"


async def test_it_is_spread_over_hours_and_says_when_the_last_is_due(
    browser: Visitor, town: Town, cleo: By
) -> None:
    path = f"{PATH}/{await waiting(town, cleo)}"
    await do(browser, path, "change", day="2026-12-24", at="10:30", spread="6")
    text = (await browser.get(path)).text
    assert "6 hours between 8am and 9pm" in text
    assert "24 December 2026, 4:30pm" in text
    assert form_of(text, f"{path}/change")["spread"] == "6"
    refused = await do(browser, path, "change", days="1", spread="48")
    assert "Its days end before all of it is out" in refused.text


async def test_it_is_tried_on_oneself_where_one_has_a_chat(browser: Visitor, town: Town, cleo: By) -> None:
    await town.write(reference.seed, PROFILE)
    path = f"{PATH}/{await a_draft(town, cleo)}"
    assert "Send it to me alone" not in (await browser.get(path)).text
    await town.write(_link, cleo)
    assert (await do(browser, path, "test")).location.endswith("done=campaign-tested")
    assert await town.how_often(Action.CAMPAIGN_TESTED) == 1


def _link(session: Session, by: By) -> None:
    staff.link(session, staff.start_link(session, by.staff.id), 4_711)


async def test_it_has_buttons_and_a_kind_of_problem_to_report(browser: Visitor, town: Town) -> None:
    form = form_of((await browser.get(f"{PATH}/new")).text, f"{PATH}/new") | NEW
    chosen = {"button-report": "yes", "button-less": "yes", "problem": "noise.domestic", "unlisted": "yes"}
    path = (await browser.post(f"{PATH}/new", **(form | chosen))).location.partition("?")[0]
    text = (await browser.get(path)).text
    assert f"Report this ({NOISE}), Less like this" in text
    kept = form_of(text, f"{path}/change")
    assert {name: kept.get(name) for name in chosen} == chosen
    assert "button-more" not in kept
