"""Hearing back on a phone and on a desk: staff share what came of a meeting, and everybody reads it."""

from __future__ import annotations

from datetime import timedelta

from playwright.async_api import Page, expect

from store.actions import attendance, meeting, meeting_sharing
from store.domain.actor import Channel
from store.domain.staff import By
from tests.browser.test_console import Scene, look, scene, sign_in, sized
from tests.support.meetings import LIGHTS, MENDED, PARKING, begun, facts, held

__all__ = ["scene", "sized"]

LONG = (
    "Teenagers meet behind the leisure centre every Friday after ten, with loud music from cars; "
    "those who live in the flats above cannot sleep."
)


async def write_down_and_share(page: Page) -> None:
    await page.get_by_text("Priorities and what came of them").click()
    first, second = page.get_by_role("group", name="Priority 1"), page.get_by_role("group", name="Priority 2")
    await first.get_by_label("What", exact=True).fill("Lights in King Street")
    await first.get_by_label("Who does it").fill("Thanet District Council")
    await second.get_by_label("What", exact=True).fill(LONG)
    await second.get_by_label("Who does it").fill("Sergeant Example, Kent Police")
    await page.get_by_role("button", name="Keep them").click()
    await expect(page.get_by_text("Not shared yet").first).to_be_visible()
    await page.get_by_role("link", name="Share what came of it").click()
    await expect(page.get_by_text("1 who said that they come")).to_be_visible()
    await look(page, "sharing")
    await page.get_by_role("button", name="Share it").click()
    await expect(page.get_by_role("status").first).to_contain_text("It is shared.")


async def test_staff_share_what_came_of_a_meeting_and_everybody_reads_it(sized: Page, scene: Scene) -> None:
    town = scene.console.town
    by = By(scene.cleo, Channel.WEB)
    coming = await town.write(meeting.make, by, town.clock.now() + timedelta(days=9), facts())
    await town.write(meeting.publish, by, coming.reference)
    there = await begun(town, by)
    await town.write(attendance.come, await town.resident(), there.reference)
    await sign_in(sized, scene)
    await sized.goto(scene.url("/console/meetings"))
    await expect(sized.get_by_role("heading", name="Meetings", exact=True)).to_be_visible()
    await sized.goto(scene.url(f"/console/meetings/{there.reference}"))
    await write_down_and_share(sized)
    await look(sized, "meeting-shared")
    await sized.get_by_text("Priorities and what came of them").click()
    first = sized.get_by_role("group", name="Priority 1")
    await first.get_by_label("What came of it").fill("Twelve lamps are mended, and four are new.")
    await sized.get_by_role("button", name="Keep them").click()
    await expect(sized.get_by_role("status").first).to_contain_text("is not shared yet")
    await look(sized, "meeting-to-share")
    await sized.get_by_role("link", name="Share what is new").click()
    await look(sized, "sharing-again")
    await sized.get_by_role("button", name="Share it").click()
    await expect(sized.get_by_role("link", name="Share what is new")).to_have_count(0)
    await sized.goto(scene.url(f"/console/meetings/{there.reference}/sharing"))
    await expect(sized.get_by_text("Nothing is new since it was shared.")).to_be_visible()
    await look(sized, "sharing-nothing-new")
    await sized.goto(scene.url(f"/console/meetings/{coming.reference}"))
    await expect(sized.get_by_role("heading", name="Begin with what came of last time")).to_be_visible()
    await look(sized, "meeting-begins")
    await sized.emulate_media(media="print")
    await look(sized, "meeting-begins-on-paper")


async def test_everybody_reads_what_came_of_meetings(sized: Page, scene: Scene) -> None:
    town = scene.console.town
    by = By(scene.cleo, Channel.WEB)
    for area in ("margate", "ramsgate"):
        over = await held(town, by, MENDED, PARKING, area=area, title=f"{area.title()} neighbourhood meeting")
        await town.write(meeting_sharing.share, by, over.reference)
    coming = await town.write(meeting.make, by, town.clock.now() + timedelta(days=9), facts())
    await town.write(meeting.publish, by, coming.reference)
    await held(town, by, LIGHTS, area="margate", title="Not shared")
    await held(town, by, area="margate", title="Nothing chosen")
    await sized.goto(scene.url("/meetings"))
    await look(sized, "meetings-public")
    await sized.get_by_role("link", name="You said, we did").click()
    await expect(sized.get_by_role("heading", level=1)).to_have_text("You said, we did")
    await expect(sized.get_by_role("heading", level=2)).to_have_text(
        ["Ramsgate neighbourhood meeting", "Margate neighbourhood meeting"]
    )
    await look(sized, "you-said")
    await sized.get_by_role("link", name="Margate", exact=True).click()
    await expect(sized.get_by_role("heading", level=2)).to_have_text(["Margate neighbourhood meeting"])
    await look(sized, "you-said-area")
    await sized.get_by_role("link", name="Margate neighbourhood meeting").click()
    await look(sized, "meeting-came-of-it")
    await sized.goto(scene.url(f"/meetings/{coming.reference}"))
    await expect(sized.get_by_role("heading", name="Last time")).to_be_visible()
    await look(sized, "meeting-last-time")
    await sign_in(sized, scene)
    await sized.goto(scene.url("/console/meetings"))
    await expect(sized.get_by_role("heading", name="To do after meetings")).to_be_visible()
    await look(sized, "meetings-to-do")
