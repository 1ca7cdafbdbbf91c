"""Campaigns in the console: written, looked at by a second person, and watched while they go out."""

from __future__ import annotations

from typing import Any

import pytest

from notifications.timetable import send_campaigns
from store.actions import reference, staff, subscription
from store.actions.subscription import Consent
from store.domain.campaign_button import CampaignButton
from store.domain.event import Action
from store.domain.staff import By, Role
from store.domain.subscription import Subscription, Topic
from store.engine import Session
from tests.support.campaigns import a_draft, waiting
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


async def test_its_page_shows_what_people_get_and_who_they_are_in_numbers(
    browser: Visitor, town: Town, cleo: By
) -> None:
    here = Subscription(frozenset({Topic.CAMPAIGNS}), frozenset({"margate"}))
    await town.write(subscription.subscribe, await town.resident(), here, Consent("Yes", "en"))
    buttons = frozenset({CampaignButton.MEETINGS, CampaignButton.LESS})
    text = (await browser.get(f"{PATH}/{await a_draft(town, cleo, buttons=buttons)}")).text
    assert f"Lock your shed. Ask {PROFILE.district.email}." in text
    assert "<span>Find a meeting</span>" in text
    assert "<span>Znajdź spotkanie</span>" in text
    assert "<span>Stop the news</span>" in text
    for name in ("English", "At once", "Margate"):
        assert f'<th scope="row">{name}</th><td class="number">1</td>' in text, name
