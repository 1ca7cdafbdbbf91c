"""Where a campaign's readers are, in its form: areas, wards, and what the profile has no more."""

from __future__ import annotations

from store.domain.staff import By
from store.queries import campaigns
from tests.support.campaigns import a_draft
from tests.support.console import Visitor
from tests.support.page_forms import form_of
from tests.support.triage_factory import PROFILE, Town

PATH = "/console/campaigns"
GONE = "atlantis"
WARD = next(ward for ward in PROFILE.wards if ward.valid_to is None)


async def places(town: Town, by: By, reference: str) -> frozenset[str]:
    return (await town.read(campaigns.page, by.staff, reference)).campaign.facts.places


async def test_it_is_for_wards_that_its_page_and_form_name(browser: Visitor, town: Town, cleo: By) -> None:
    path = f"{PATH}/{(reference := await a_draft(town, cleo))}"
    form = form_of((await browser.get(path)).text, f"{path}/change")
    await browser.post(f"{path}/change", **(form | {f"ward-{WARD.code}": "yes", "area-margate": "yes"}))
    assert await places(town, cleo, reference) == {WARD.code, "margate"}
    text = (await browser.get(path)).text
    assert WARD.name in text.partition("For those who subscribed to")[2].partition("</dd>")[0]
    assert '<details class="wards" open>' in text
    form = form_of(text, f"{path}/change")
    assert {name for name in form if name.startswith(("area-", "ward-", "place-"))} == {
        f"ward-{WARD.code}",
        "area-margate",
    }
    del form[f"ward-{WARD.code}"]
    await browser.post(f"{path}/change", **form)
    assert await places(town, cleo, reference) == {"margate"}


async def test_a_place_that_the_profile_has_no_more_stays_until_somebody_unticks_it(
    browser: Visitor, town: Town, cleo: By
) -> None:
    path = f"{PATH}/{(reference := await a_draft(town, cleo, places=frozenset({GONE})))}"
    text = (await browser.get(path)).text
    assert f"{GONE} (no longer in the profile)</label>" in text
    assert '<details class="wards">' in text
    form = form_of(text, f"{path}/change") | {"title": "Sheds"}
    await browser.post(f"{path}/change", **form)
    assert await places(town, cleo, reference) == {GONE}
    form = form_of((await browser.get(path)).text, f"{path}/change")
    del form[f"place-{GONE}"]
    await browser.post(f"{path}/change", **form)
    assert await places(town, cleo, reference) == frozenset()


async def test_a_form_from_before_a_new_profile_does_not_become_everywhere(
    browser: Visitor, town: Town, cleo: By
) -> None:
    path = f"{PATH}/{(reference := await a_draft(town, cleo))}"
    form = form_of((await browser.get(path)).text, f"{path}/change")
    await browser.post(f"{path}/change", **(form | {f"area-{GONE}": "yes"}))
    assert await places(town, cleo, reference) == {GONE}
