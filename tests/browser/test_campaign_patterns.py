"""A recurring campaign on a phone and on a desk: its rule chosen, its next days seen, its draft confirmed."""

from __future__ import annotations

from typing import Any

from playwright.async_api import Page, expect

from tests.browser.test_console import Scene, look, scene, sign_in, sized
from tests.support.pictures import jpeg

__all__ = ["scene", "sized"]


async def test_a_rule_is_chosen_looked_at_made_and_its_days_confirmed(sized: Page, scene: Scene) -> None:
    await sign_in(sized, scene)
    await sized.goto(scene.url("/console/campaigns"))
    await sized.get_by_role("link", name="Recurring campaigns").click()
    await look(sized, "recurring-none")
    await sized.get_by_role("link", name="New recurring campaign").click()
    await sized.get_by_label("It comes again").select_option("Each year: a full week of a month")
    await sized.get_by_label("Month", exact=True).select_option("April")
    await sized.get_by_label("Which weekday or week").select_option("last")
    await sized.get_by_label("Are its days certain?").select_option("No: a person confirms them each time")
    await sized.get_by_role("button", name="Show the next days").click()
    await expect(sized.get_by_role("status")).to_contain_text("19 to 25 April 2027")
    await look(sized, "recurring-new")
    await sized.get_by_label("Name of the campaign").fill("Stalking Awareness Week")
    await sized.get_by_label("What it says in English").fill("Being followed? Tell somebody. Ask {email}.")
    await sized.get_by_role("button", name="Make it").click()
    await expect(sized.get_by_role("heading", level=1)).to_contain_text("Stalking Awareness Week")
    await expect(sized.get_by_text("Every year in the last full week of April", exact=True)).to_be_visible()
    await look(sized, "recurring-made")
    picture: Any = {"name": "walk.jpg", "mimeType": "image/jpeg", "buffer": jpeg(size=(640, 480))}
    await sized.get_by_text("A picture or document").click()
    await sized.get_by_label("Picture or document").set_input_files(picture)
    await sized.get_by_label("What the picture shows").fill("Somebody looks over their shoulder")
    await look(sized, "recurring-file")
    await sized.get_by_role("button", name="Put it to the campaign").click()
    await expect(sized.get_by_role("status").first).to_contain_text("It goes with each of its times.")
    shown = sized.get_by_role("img", name="Somebody looks over their shoulder")
    await expect(shown).to_be_visible()
    assert await shown.evaluate("image => image.naturalWidth") == 640
    await look(sized, "recurring-with-picture")
    await sized.get_by_text("Make a draft of it now").click()
    await sized.get_by_role("button", name="Make the draft").click()
    await expect(sized.get_by_role("img", name="Somebody looks over their shoulder")).to_be_visible()
    await sized.get_by_role("button", name="Send it for approval").click()
    await expect(sized.get_by_role("alert")).to_contain_text("Its days are a proposal. Confirm them first.")
    await look(sized, "recurring-draft")
    await sized.get_by_label("First day").fill("2027-04-26")
    await sized.get_by_label("Last day").fill("2027-04-30")
    await sized.get_by_role("button", name="Confirm the days").click()
    await expect(sized.get_by_text("26 to 30 April 2027").first).to_be_visible()
    await sized.get_by_role("button", name="Send it for approval").click()
    await expect(sized.get_by_role("status").first).to_contain_text("It waits for a supervisor")
    await sized.goto(scene.url("/console/campaigns/recurring"))
    await look(sized, "recurring")
