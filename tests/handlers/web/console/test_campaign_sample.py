"""What a campaign's page shows of what people get, and of who they are: numbers, never names."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store.actions import subscription
from store.actions.subscription import Consent
from store.domain.campaign_button import CampaignButton
from store.domain.staff import By
from store.domain.subscription import Frequency, Subscription, Topic
from tests.support.campaigns import a_draft
from tests.support.console import Visitor
from tests.support.triage_factory import PROFILE, Town

PATH = "/console/campaigns"


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


@pytest.mark.parametrize(("public", "ends"), [(True, "Read all: "), (False, "…</p>")])
async def test_words_that_a_digest_cuts_are_shown_as_it_says_them(
    browser: Visitor, town: Town, cleo: By, *, public: bool, ends: str
) -> None:
    short = await a_draft(town, cleo)
    assert "In a digest" not in (await browser.get(f"{PATH}/{short}")).text
    long = await a_draft(town, cleo, texts={"en": "Lock your shed. " * 60}, public=public)
    text = (await browser.get(f"{PATH}/{long}")).text
    shown = text.partition("In a digest with other news")[2]
    assert ends in shown
    assert (f"/campaigns/{long}?lang=en</p>" in shown) is public
    assert ("one more button brings all of it" in shown) is not public


async def test_it_says_for_how_many_it_comes_too_late(browser: Visitor, town: Town, cleo: By) -> None:
    weekly = Subscription(frozenset({Topic.CAMPAIGNS}), frequency=Frequency.WEEKLY)
    await town.write(subscription.subscribe, await town.resident(), weekly, Consent("Yes", "en"))
    town.pass_time(minutes=1)
    for days, said in ((1, "1 person; too late for 1 of them: it ends"), (9, "1 person</dd>")):
        path = f"{PATH}/{await a_draft(town, cleo, good_for=timedelta(days=days))}"
        assert f"Would hear of it now</dt><dd>{said}" in (await browser.get(path)).text
    spread_out = f"{PATH}/{await a_draft(town, cleo, spread=3, good_for=timedelta(days=1))}"
    assert "1 person; too late for about 1 of them" in (await browser.get(spread_out)).text
