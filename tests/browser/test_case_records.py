from __future__ import annotations

from playwright.async_api import Page, expect

from store.actions import triage
from store.domain.actor import Channel
from store.domain.staff import By
from tests.browser.test_console import Scene, look, scene, sent, sign_in, sized

__all__ = ["scene", "sized"]


async def test_a_case_is_split_held_and_merged_on_its_page(sized: Page, scene: Scene) -> None:
    town, by = scene.console.town, By(scene.cleo, Channel.WEB)
    more = await sent(town, await town.resident("Cass Hill"), "noise.domestic", "Music, and shouting too.")
    await town.write(triage.add_to_case, by, more, scene.case)
    await sign_in(sized, scene)
    await sized.goto(scene.url(f"/console/cases/{scene.case}"))
    await sized.get_by_text("Put a legal hold on it").click()
    await sized.get_by_label("Who may ask for it, and until when").fill("The court, until May.")
    await sized.get_by_role("button", name="Keep everything").click()
    await expect(sized.get_by_role("status")).to_contain_text("under a legal hold")
    await sized.get_by_text("Split it", exact=True).click()
    await sized.get_by_text("Correct what it is about").click()
    await sized.get_by_text("Restrict who may open it").click()
    await sized.get_by_text("Merge it into another case").click()
    await look(sized, "case-records")
    await sized.get_by_role("checkbox", name=more).check()
    await sized.get_by_role("button", name="Split the case").click()
    await expect(sized.get_by_role("status")).to_have_text("This is the new case. Nobody was told.")
    await sized.get_by_text("Merge it into another case").click()
    await sized.get_by_label("The other case's reference").fill("nothing")
    await sized.get_by_role("button", name="Merge", exact=True).click()
    await expect(sized.get_by_role("alert")).to_contain_text("Type the reference of the other case.")
    await look(sized, "case-records-mistake")
    await sized.get_by_label("The other case's reference").fill(scene.case)
    await sized.get_by_role("button", name="Merge", exact=True).click()
    await expect(sized.get_by_role("status")).to_contain_text("The cases are one.")
