"""The timetable on a phone and on a desk: read, and run now by an administrator."""

from __future__ import annotations

from datetime import timedelta

from playwright.async_api import Page, expect

from notifications.clockwork import Clockwork
from store.actions import job
from store.domain.job import Run
from store.domain.staff import Role
from tests.browser.test_console import Scene, look, scene, sign_in, sized
from tests.support.cycle import come_round

__all__ = ["scene", "sized"]


async def test_an_administrator_reads_the_timetable_and_runs_something_now(sized: Page, scene: Scene) -> None:
    town = scene.console.town
    began = town.clock.now() - timedelta(minutes=3)
    await town.write(job.finish, "remind-people-of-meetings", Run(began, 3_200, "3 reminders queued"))
    await town.write(job.finish, "tell-what-came-of-meetings", Run(began, 3_200, error="OSError"))
    await sign_in(sized, scene, await scene.console.staff("ann", Role.ADMINISTRATOR))
    await sized.goto(scene.url("/console/timetable"))
    await expect(sized.get_by_text("3 reminders queued")).to_be_visible()
    await look(sized, "timetable")
    await sized.get_by_role("button", name="Run now : delete what is past its time").focus()
    await sized.keyboard.press("Enter")
    await expect(sized.get_by_role("status").first).to_contain_text("It begins within seconds.")
    await expect(sized.get_by_text("Asked for by Ann")).to_be_visible()
    await look(sized, "timetable-asked")
    await Clockwork(town.store, "https://safety.example").look()
    await sized.reload()
    await expect(sized.get_by_text("Asked for by Ann")).to_have_count(0)


async def test_a_supervisor_marks_what_the_plan_asks_for_as_done(sized: Page, scene: Scene) -> None:
    town = scene.console.town
    await town.write(come_round, "perception_survey", 2027)
    await town.write(come_round, "action_plan", 2026, await town.staff("Gus", Role.SUPERVISOR))
    await sign_in(sized, scene)
    await expect(sized.get_by_role("heading", name="The plan's year")).to_be_visible()
    await look(sized, "desk-with-the-plan")
    await sized.get_by_role("button", name="Mark it done").press("Enter")
    await expect(sized.get_by_role("status").first).to_contain_text("It is done for this year.")
    await expect(sized.get_by_text("by Cleo")).to_be_visible()
    await look(sized, "timetable-of-a-supervisor")
    await sized.goto(scene.url("/console"))
    await expect(sized.get_by_role("heading", name="The plan's year")).to_have_count(0)
