from __future__ import annotations

from playwright.async_api import Page, expect

from tests.browser.test_console import Scene, look, scene, sign_in, sized

__all__ = ["scene", "sized"]


async def test_a_report_is_closed_to_oneself_on_its_page_and_the_desk_says_that_it_waits(
    sized: Page, scene: Scene
) -> None:
    await sign_in(sized, scene)
    await sized.goto(scene.url(f"/console/reports/{scene.waiting}"))
    await sized.get_by_text("Restrict who may open it").click()
    await sized.get_by_role("button", name="Change who may open it").click()
    await expect(sized.get_by_role("alert")).to_contain_text("Choose who may open it.")
    await look(sized, "report-restriction")
    await sized.get_by_label("Hate: people granted this kind").check()
    await sized.get_by_label("Why", exact=True).last.fill("Slurs on the door.")
    await sized.get_by_role("button", name="Change who may open it").click()
    await expect(sized.get_by_role("status").first).to_contain_text("closed to you from now on")
    await look(sized, "report-restricted-away")
    await expect(sized.get_by_text(scene.waiting)).to_have_count(0)
    await sized.goto(scene.url("/console"))
    await expect(sized.get_by_text("Nobody may open 1 restricted record: hate.")).to_be_visible()
    await look(sized, "desk-unseen")
