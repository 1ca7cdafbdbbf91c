"""Two at the desk of a campaign: each form about it, and what happens meanwhile."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from store.actions import campaign
from tests.support import campaigns
from tests.support.campaign_files import attached
from tests.support.papers import PAPER
from tests.support.triage_factory import PROFILE
from tests.support.two_writers import Desk, Scene

CAMPAIGN = "/console/campaigns/{reference}"


async def of_changed(desk: Desk, reference: str, **typed: str) -> Scene:
    """Dan changes it; whoever sends the form again makes sense of that."""

    async def meanwhile() -> None:
        facts = campaigns.facts(title="Sheds and barns")
        await desk.town.write(campaign.change, desk.dan, reference, facts, PROFILE.district)

    return Scene(f"/console/campaigns/{reference}", typed, meanwhile, "Changed")


async def of_draft(desk: Desk, **typed: str) -> Scene:
    return await of_changed(desk, await campaigns.a_draft(desk.town, desk.cleo), **typed)


async def of_waiting(desk: Desk, **typed: str) -> Scene:
    """Dan takes it back, changes it and sends it again."""
    reference = await campaigns.waiting(desk.town, desk.dan)
    scene = await of_changed(desk, reference, **typed)

    async def meanwhile() -> None:
        await scene.meanwhile()
        await desk.town.write(campaign.submit, desk.dan, reference)

    return Scene(scene.page, scene.typed, meanwhile, "Sent for approval")


async def of_sending(desk: Desk, *, paused: bool) -> Scene:
    """Dan pauses it and lets it go on, or the other way round."""
    gus = desk.cleo
    reference = await campaigns.sending(desk.town, desk.dan, gus)
    deeds: list[Any] = [campaign.pause, campaign.resume]
    if paused:
        await desk.town.write(campaign.pause, desk.dan, reference)
        deeds.reverse()

    async def meanwhile() -> None:
        for deed in deeds:
            await desk.town.write(deed, desk.dan, reference)

    return Scene(f"/console/campaigns/{reference}", {}, meanwhile, "Paused")


async def of_file(desk: Desk, *, there: bool) -> Scene:
    """Dan changes it while a file is chosen, or about to be taken off."""
    reference = await campaigns.a_draft(desk.town, desk.cleo)
    if there:
        await desk.town.write(attached, desk.cleo, reference, PAPER)
    scene = await of_changed(desk, reference)
    return scene if there else replace(scene, file=PAPER)


async def of_failed(desk: Desk) -> Scene:
    """Dan pauses it and lets it go on."""
    reference = await campaigns.partly_failed(desk.town, desk.dan, desk.cleo)

    async def meanwhile() -> None:
        for deed in (campaign.pause, campaign.resume):
            await desk.town.write(deed, desk.dan, reference)

    return Scene(f"/console/campaigns/{reference}", {}, meanwhile, "Paused")


SCENES: dict[str, Callable[[Desk], Awaitable[Scene]]] = {
    f"{CAMPAIGN}/change": lambda desk: of_draft(desk, title="Barns"),
    f"{CAMPAIGN}/file": lambda desk: of_file(desk, there=False),
    f"{CAMPAIGN}/file-removal": lambda desk: of_file(desk, there=True),
    f"{CAMPAIGN}/submission": of_draft,
    f"{CAMPAIGN}/return": lambda desk: of_waiting(desk, reason="Say where"),
    f"{CAMPAIGN}/approval": of_waiting,
    f"{CAMPAIGN}/pause": lambda desk: of_sending(desk, paused=False),
    f"{CAMPAIGN}/resumption": lambda desk: of_sending(desk, paused=True),
    f"{CAMPAIGN}/retry": of_failed,
    f"{CAMPAIGN}/cancellation": of_draft,
}
