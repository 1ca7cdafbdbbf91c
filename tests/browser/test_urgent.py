"""The whole life of an urgent alert on a phone and on a desk: written on a map, agreed to, sent, followed."""

from __future__ import annotations

from playwright.async_api import Browser, Page, expect

from notifications.urgent import Herald
from store.actions import reference, subscription, urgent
from store.actions.subscription import Consent
from store.domain.actor import Channel
from store.domain.staff import By
from store.domain.subscription import Subscription, Topic
from tests.browser.test_console import THANET, Scene, look, scene, sign_in, sized
from tests.support.urgent import OVER, going_out, waiting

__all__ = ["scene", "sized"]
HARBOUR = "Central Harbour"


async def subscribed(scene: Scene) -> None:
    town = scene.console.town
    await town.write(reference.seed, THANET)
    for places in (frozenset[str](), frozenset({"ramsgate"}), frozenset({"margate"})):
        wish = Subscription(frozenset({Topic.URGENT}), places)
        await town.write(subscription.subscribe, await town.resident(), wish, Consent("Yes", "en"))


async def test_wards_are_chosen_on_the_map_and_a_second_person_is_asked(sized: Page, scene: Scene) -> None:
    await subscribed(scene)
    await sign_in(sized, scene)
    await sized.goto(scene.url("/console/campaigns"))
    await sized.get_by_role("link", name="Urgent alerts").click()
    await sized.get_by_role("link", name="New urgent alert").click()
    await look(sized, "urgent-new")
    await sized.get_by_label("What it is about").select_option("Flooding")
    await sized.get_by_text(HARBOUR, exact=True).click()
    await expect(sized.get_by_role("checkbox", name=HARBOUR)).to_be_checked()
    await sized.get_by_role("checkbox", name="Eastcliff").focus()
    await sized.keyboard.press("Space")
    await expect(sized.get_by_role("checkbox", name="Eastcliff")).to_be_checked()
    await sized.get_by_label("Near a place").fill("51.3355, 1.3985")
    await sized.get_by_label("Everybody, whatever they chose").check()
    await sized.get_by_role("button", name="Tick the wards near it").click()
    await expect(sized.get_by_label("Only what is ticked here")).to_be_checked()
    await expect(sized.get_by_role("checkbox", name="Nethercourt")).to_be_checked()
    await expect(sized.get_by_role("checkbox", name=HARBOUR)).to_be_checked()
    await expect(sized.get_by_role("checkbox", name="Beacon Road")).not_to_be_checked()
    await look(sized, "urgent-near")
    await sized.get_by_role("button", name="Make the draft").click()
    await expect(sized.get_by_role("alert")).to_contain_text("Write what it says in English.")
    await expect(sized.get_by_role("checkbox", name=HARBOUR)).to_be_checked()
    await sized.get_by_label("What it says in English").fill("Water at the harbour. Move your car.")
    await sized.get_by_label("There is danger to life").check()
    await sized.get_by_role("button", name="Make the draft").click()
    await expect(sized.get_by_text("No words yet in Polish")).to_be_visible()
    await expect(sized.get_by_text("Less than a minute to reach the last of 2 people")).to_be_visible()
    await look(sized, "urgent-draft")
    await sized.get_by_role("button", name="Ask a second person").click()
    await expect(sized.get_by_role("status").first).to_contain_text("It waits for a second person")
    await expect(sized.get_by_role("button", name="Send it now")).to_have_count(0)
    await sized.goto(scene.url("/console/urgent"))
    await look(sized, "urgent-list")


async def test_a_supervisor_finds_it_first_sends_it_and_follows_it_up(sized: Page, scene: Scene) -> None:
    await subscribed(scene)
    town, cleo = scene.console.town, By(scene.cleo, Channel.WEB)
    dan = await town.staff("Dan")
    await waiting(town, dan, danger=True)
    await sign_in(sized, scene)
    await sized.goto(scene.url("/console"))
    await look(sized, "urgent-desk")
    await sized.get_by_role("link", name="Flooding: Water at the harbour").click()
    await look(sized, "urgent-waiting")
    await sized.get_by_label("I see danger to life too").check()
    await sized.get_by_role("button", name="Send it now").click()
    await expect(sized.get_by_role("status").first).to_contain_text("It goes out now.")
    await Herald(town.store).tell_all()
    await sized.reload()
    await expect(sized.get_by_text("0 of 3")).to_be_visible()
    await sized.locator("summary", has_text="Follow it up").click()
    await sized.get_by_label("What it is", exact=True).select_option("All clear: it is over")
    await sized.get_by_label("What it says in English").first.fill("It is over.")
    await look(sized, "urgent-going")
    await sized.locator("#follow-up").get_by_role("button", name="Make the draft").click()
    await expect(sized.get_by_text("Exactly those who got")).to_be_visible()
    await look(sized, "urgent-follow-up")
    before = await going_out(town, dan, cleo)
    after = await town.write(urgent.follow, dan, before, OVER, THANET.district)
    await town.write(urgent.submit, dan, after)
    await sized.goto(scene.url(f"/console/urgent/{after}"))
    await sized.get_by_role("button", name="Send it now").click()
    await sized.goto(scene.url(f"/console/urgent/{before}"))
    await expect(sized.get_by_text("Cancelled, or not wanted any more")).to_be_visible()
    await look(sized, "urgent-over")


async def test_without_scripts_wards_are_ticked_on_the_map_too(browser: Browser, scene: Scene) -> None:
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await sign_in(page, scene)
    await page.goto(scene.url("/console/urgent/new"))
    await page.get_by_text(HARBOUR, exact=True).click()
    await expect(page.get_by_role("checkbox", name=HARBOUR)).to_be_checked()
    await context.close()
