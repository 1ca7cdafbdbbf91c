"""Two at one desk, in a real browser: a template keeps what was typed, a second writer loses nothing."""

from __future__ import annotations

import re

from playwright.async_api import Browser, Page, expect

from store.actions import hold
from store.domain.actor import Channel
from store.domain.staff import By
from tests.browser.test_console import Scene, look, scene, sign_in, sized

__all__ = ["scene", "sized"]
BOTH = re.compile(r"^Dear Ben, thank you\.\n\n\S")


async def test_a_template_keeps_what_was_typed_there_and_in_every_other_form(
    sized: Page, scene: Scene
) -> None:
    await sign_in(sized, scene)
    await sized.goto(scene.url(f"/console/reports/{scene.waiting}"))
    await sized.get_by_text("Add a note for staff").click()
    await sized.get_by_text("Reply to the reporter", exact=True).click()
    await sized.get_by_label("Your note").fill("He rang twice.")
    reply, form = sized.get_by_label("Your reply"), sized.locator("#reply")
    await reply.fill("Dear Ben, thank you.")
    await form.get_by_text("Put in a template").click()
    await form.locator("button[name=template]").first.click()
    await expect(reply).to_have_value(BOTH)
    await expect(reply).to_be_focused()
    await expect(sized.get_by_label("Your note")).to_have_value("He rang twice.")
    await look(sized, "template")


async def test_a_template_keeps_what_was_typed_without_javascript(browser: Browser, scene: Scene) -> None:
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await sign_in(page, scene)
    await page.goto(scene.url(f"/console/reports/{scene.waiting}"))
    await page.get_by_text("Reply to the reporter", exact=True).click()
    await page.get_by_label("Your reply").fill("Dear Ben, thank you.")
    form = page.locator("#reply")
    await form.get_by_text("Put in a template").click()
    await form.locator("button[name=template]").first.click()
    await expect(page.get_by_label("Your reply")).to_have_value(BOTH)
    await context.close()


async def test_a_second_writer_reads_what_changed_and_sends_again(sized: Page, scene: Scene) -> None:
    town = scene.console.town
    dan = By(await scene.console.staff("dan"), Channel.WEB)
    await sign_in(sized, scene)
    await sized.goto(scene.url(f"/console/cases/{scene.case}"))
    await sized.get_by_text("Close it", exact=True).click()
    await sized.get_by_label("How it ended").select_option("resolved")
    await sized.get_by_label("Words for the reporters").fill("The music has stopped.")
    town.pass_time(minutes=1)
    await town.write(hold.hold, dan, scene.case, "The court asks.")
    await sized.get_by_role("button", name="Close the case").click()
    await expect(sized.get_by_role("alert")).to_contain_text("Dan changed this case")
    changed = sized.get_by_role("region", name="What changed since you opened this page")
    await expect(changed).to_contain_text("Legal hold set by Dan")
    await expect(sized.get_by_label("Words for the reporters")).to_have_value("The music has stopped.")
    await look(sized, "second-writer")
    await sized.get_by_role("button", name="Close the case").click()
    await expect(sized.get_by_role("status")).to_contain_text("The case is closed.")
