"""Two at the desk of a recurring campaign: each form about it, and what happens meanwhile."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date

from store.actions import campaign_by_hand, campaign_pattern
from store.queries import campaign_patterns
from tests.support.campaign_files import attached_to_pattern
from tests.support.campaign_patterns import TUESDAYS, a_pattern, plan
from tests.support.papers import PAPER
from tests.support.triage_factory import PROFILE
from tests.support.two_at_campaigns import CAMPAIGN
from tests.support.two_writers import Desk, Scene

PATTERN = "/console/campaigns/recurring/{reference}"


async def of_changed(desk: Desk, *, often: bool = False, **typed: str) -> Scene:
    """Dan changes it; whoever sends the form again makes sense of that."""
    rule = plan(TUESDAYS) if often else plan()
    reference = await a_pattern(desk.town, desk.dan, rule.rule)

    async def meanwhile() -> None:
        changed = plan(rule.rule, title="Sheds and barns")
        await desk.town.write(campaign_pattern.change, desk.dan, reference, changed, PROFILE.district)

    return Scene(f"/console/campaigns/recurring/{reference}", typed, meanwhile, "Recurring campaign changed")


async def of_file(desk: Desk, *, there: bool) -> Scene:
    """Dan changes it while a file is chosen, or about to be taken off."""
    scene = await of_changed(desk)
    if not there:
        return replace(scene, file=PAPER)
    await desk.town.write(attached_to_pattern, desk.dan, scene.page.rpartition("/")[2], PAPER)
    return scene


async def of_paused(desk: Desk) -> Scene:
    """Dan lets it go on and pauses it again."""
    reference = await a_pattern(desk.town, desk.dan)
    await desk.town.write(campaign_pattern.pause, desk.dan, reference)

    async def meanwhile() -> None:
        for deed in (campaign_pattern.resume, campaign_pattern.pause):
            await desk.town.write(deed, desk.dan, reference)

    return Scene(f"/console/campaigns/recurring/{reference}", {}, meanwhile, "Paused")


async def of_days(desk: Desk) -> Scene:
    """Dan confirms other days."""
    pattern = await a_pattern(desk.town, desk.dan, sure=False)
    page = await desk.town.read(campaign_patterns.page, desk.dan.staff, pattern)
    made = page.came[0].campaign
    assert made

    async def meanwhile() -> None:
        days = date(2026, 12, 14), date(2026, 12, 15)
        await desk.town.write(campaign_by_hand.confirm_days, desk.dan, made, *days)

    return Scene(f"/console/campaigns/{made}", {}, meanwhile, "Its days confirmed")


SCENES: dict[str, Callable[[Desk], Awaitable[Scene]]] = {
    f"{PATTERN}/change": lambda desk: of_changed(desk, title="Barns"),
    f"{PATTERN}/file": lambda desk: of_file(desk, there=False),
    f"{PATTERN}/file-removal": lambda desk: of_file(desk, there=True),
    f"{PATTERN}/approval": lambda desk: of_changed(desk, often=True),
    f"{PATTERN}/pause": of_changed,
    f"{PATTERN}/resumption": of_paused,
    f"{PATTERN}/ending": of_changed,
    f"{PATTERN}/occurrence": of_changed,
    f"{CAMPAIGN}/days": of_days,
}
