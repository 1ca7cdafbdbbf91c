"""A campaign on a phone and on a desk: written, approved by another, watched."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Browser, Page, expect

from notifications.timetable import send_campaigns
from store.actions import campaign
from store.domain.actor import Channel
from store.domain.delivery import DeliveryState
from store.domain.staff import By
from tests.browser.test_console import Scene, look, scene, sign_in, sized
from tests.support.campaigns import begun, ended, sending, waiting
from tests.support.pictures import jpeg

__all__ = ["scene", "sized"]
WITHIN_MS = 20_000


async def test_a_campaign_is_written_and_sent_for_approval(sized: Page, scene: Scene) -> None:
    await sign_in(sized, scene)
    await sized.goto(scene.url("/console/campaigns"))
    await sized.get_by_role("link", name="New campaign").click()
    await look(sized, "campaign-new")
    await sized.get_by_label("Name of the campaign").fill("Lock your shed")
    await sized.get_by_role("button", name="Make the draft").click()
    await expect(sized.get_by_role("alert")).to_contain_text("Write what it says in English.")
    await sized.get_by_label("What it says in English").fill("Lock your shed tonight. Ask {email}.")
    await sized.get_by_label("What it says in Polish").fill("Zamknij szopę.")
    await sized.get_by_label("Find a meeting").check()
    await sized.get_by_role("button", name="Make the draft").click()
    await expect(sized.get_by_text("No words yet in Romanian")).to_be_visible()
    await sized.get_by_text("A picture or document").click()
    picture: Any = {"name": "shed.jpg", "mimeType": "image/jpeg", "buffer": jpeg(size=(640, 480))}
    await sized.get_by_label("Picture or document").set_input_files(picture)
    await sized.get_by_role("button", name="Put it to the campaign").click()
    await expect(sized.get_by_role("alert")).to_contain_text("Say what the picture shows")
    await sized.get_by_label("Picture or document").set_input_files(picture)
    await sized.get_by_label("What the picture shows").fill("A shed with a lock")
    await sized.get_by_role("button", name="Put it to the campaign").click()
    await expect(sized.get_by_role("img", name="A shed with a lock")).to_be_visible()
    await look(sized, "campaign-draft")
    await sized.get_by_role("button", name="Send it for approval").click()
    await expect(sized.get_by_role("status").first).to_contain_text("It waits for a supervisor")
    await expect(sized.get_by_role("button", name="Approve it")).to_have_count(0)
    await sized.goto(scene.url("/console/campaigns"))
    await look(sized, "campaigns")


async def test_a_supervisor_approves_what_another_wrote_and_watches_it(sized: Page, scene: Scene) -> None:
    town, hal = scene.console.town, By(scene.cleo, Channel.WEB)
    dan = await town.staff("Dan")
    reference = await waiting(town, dan)
    await sign_in(sized, scene)
    await sized.goto(scene.url(f"/console/campaigns/{reference}"))
    await look(sized, "campaign-waiting")
    await sized.get_by_role("button", name="Approve it").click()
    await expect(sized.get_by_role("status").first).to_contain_text("It is approved")
    out = await sending(town, dan, hal)
    await town.write(campaign.pause, dan, out)
    await sized.goto(scene.url(f"/console/campaigns/{out}"))
    await look(sized, "campaign-paused")
    await sized.get_by_role("button", name="Let it go on").click()
    await expect(sized.get_by_role("status").first).to_contain_text("It goes on.")


async def test_its_page_follows_while_it_goes_out_and_what_failed_is_tried_again(
    sized: Page, scene: Scene
) -> None:
    town, hal = scene.console.town, By(scene.cleo, Channel.WEB)
    out = await begun(town, await town.staff("Dan"), hal, people=3)
    await sign_in(sized, scene)
    await sized.goto(scene.url(f"/console/campaigns/{out}"))
    await expect(sized.get_by_label("0 of 3")).to_be_visible()
    await sized.evaluate("window.stays = true")
    await ended(town, DeliveryState.SENT, DeliveryState.SENT)
    town.pass_time(seconds=10)
    await expect(sized.get_by_label("2 of 3")).to_be_visible(timeout=WITHIN_MS)
    await expect(sized.get_by_text("0.2 a second")).to_be_visible()
    await look(sized, "campaign-going")
    await ended(town, DeliveryState.FAILED, error="Bad Request: chat not found")
    await send_campaigns(town.store)
    await expect(sized.locator("#standing")).to_have_text("Sent", timeout=WITHIN_MS)
    assert await sized.evaluate("window.stays")
    await sized.get_by_role("link", name="look at the whole page again").click()
    await look(sized, "campaign-failed")
    await sized.get_by_role("button", name="Try again what failed").click()
    await expect(sized.get_by_role("status").first).to_contain_text("What failed is tried again")
    await expect(sized.locator("#standing")).to_have_text("Going out")


async def test_without_scripts_a_link_looks_again(browser: Browser, scene: Scene) -> None:
    town, hal = scene.console.town, By(scene.cleo, Channel.WEB)
    out = await begun(town, await town.staff("Dan"), hal, people=1)
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await sign_in(page, scene)
    await page.goto(scene.url(f"/console/campaigns/{out}"))
    await ended(town, DeliveryState.SENT)
    town.pass_time(seconds=10)
    await page.get_by_role("link", name="Look again").click()
    await expect(page.get_by_label("1 of 1")).to_be_visible()
    await context.close()
