from __future__ import annotations

from playwright.async_api import Page, expect

from store.actions import case_merge, message, reference, triage
from store.domain.actor import Channel
from store.domain.staff import By
from tests.browser.test_console import THANET, Scene, look, scene, sent, sign_in, sized

__all__ = ["scene", "sized"]


async def test_a_merged_case_leads_on_and_back(sized: Page, scene: Scene) -> None:
    town, by = scene.console.town, By(scene.cleo, Channel.WEB)
    more = await sent(town, await town.resident("Cass Hill"), "noise.domestic", "Music, and shouting too.")
    old = (await town.write(triage.open_case, by, more)).reference
    await town.write(message.note, by, old, "The caretaker has heard it from the yard.")
    await sign_in(sized, scene)
    await sized.goto(scene.url(f"/console/cases/{old}"))
    await town.write(case_merge.merge, by, old, scene.case)
    await sized.get_by_text("Add a note for staff").click()
    await sized.get_by_label("Your note").fill("Rang the landlord, who will come on Friday.")
    await sized.get_by_role("button", name="Keep the note").click()
    await expect(sized.get_by_role("alert")).to_contain_text(f"was merged into {scene.case}")
    await look(sized, "merged-case-refused")
    await sized.goto(scene.url(f"/console/cases/{old}"))
    await look(sized, "merged-case")
    await sized.get_by_role("link", name=scene.case).first.click()
    await expect(
        sized.get_by_role("listitem").filter(has_text="The caretaker has heard").last
    ).to_contain_text(f"in case {old}")
    await look(sized, "case-with-merged")
    await sized.goto(scene.url(f"/console/cases/{old}"))
    await sized.get_by_role("button", name="Undo the merge").click()
    await expect(sized.get_by_role("status")).to_contain_text("The merge is undone.")


async def test_the_desk_shows_how_targets_stand_and_leads_to_them(sized: Page, scene: Scene) -> None:
    town, by = scene.console.town, By(scene.cleo, Channel.WEB)
    await town.write(reference.seed, THANET)
    await town.write(message.ask, by, scene.asked, "Is it every night?")
    await town.write(message.ask, by, scene.waiting, "Is it every night?")
    town.pass_time(days=4)
    await sign_in(sized, scene)
    await look(sized, "home-targets")
    await sized.get_by_role("link", name="reports missed their target").click()
    await expect(sized.get_by_role("heading", level=1)).to_be_visible()
    await sized.goto(scene.url("/console/reports"))
    await look(sized, "queue-targets")
    await sized.goto(scene.url(f"/console/reports/{scene.waiting}"))
    await expect(sized.get_by_text("Paused while we wait for the reporter")).to_be_visible()
    await look(sized, "report-targets")
