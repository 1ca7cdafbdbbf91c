"""The questions of one kind of problem: short, and skipped together by who wants to be done."""

from __future__ import annotations

from tests.support.form import SKIP, fill, start, step_of, tap
from tests.support.town import Town, reference_in

SKIP_REST = "~sa"


async def test_all_questions_of_the_category_can_be_skipped_at_once(town: Town) -> None:
    shown = await start(town.ada, "often")
    shown = await tap(town.ada, SKIP)
    assert (step_of(shown) or "").startswith("extra.")
    assert step_of(await tap(town.ada, SKIP_REST)) == "files"
    kept = await town.kept(reference_in(await fill(town.ada)))
    assert not kept.extra


async def test_what_happens_now_is_not_asked_whether_it_goes_on(town: Town) -> None:
    await start(town.ada, "when", group="other")
    assert step_of(await tap(town.ada, "now")) == "often"
    kept = await town.kept(reference_in(await fill(town.ada)))
    assert kept.still_going == "yes"
