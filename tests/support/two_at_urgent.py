"""Two at the desk of an urgent alert: each form about it, and what happens meanwhile."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from store.actions import campaign
from store.actions import urgent as alerts
from store.domain.delivery import Lane
from tests.support import urgent
from tests.support.triage_factory import PROFILE
from tests.support.two_writers import Desk, Scene

URGENT = "/console/urgent/{reference}"


async def of_draft(desk: Desk, reference: str = "", **typed: str) -> Scene:
    """Dan changes it; whoever sends the form again makes sense of that."""
    its = reference or await urgent.a_draft(desk.town, desk.cleo)

    async def meanwhile() -> None:
        facts = urgent.facts(title="Flooding: Water at the pier")
        await desk.town.write(campaign.change, desk.dan, its, facts, PROFILE.district)

    return Scene(f"/console/urgent/{its}", typed, meanwhile, "Changed")


async def of_waiting(desk: Desk, **typed: str) -> Scene:
    """Dan takes it back, changes it and sends it again."""
    reference = await urgent.waiting(desk.town, desk.dan)
    scene = await of_draft(desk, reference, **typed)

    async def meanwhile() -> None:
        await scene.meanwhile()
        await desk.town.write(alerts.submit, desk.dan, reference)

    return Scene(scene.page, scene.typed, meanwhile, "Sent for approval")


async def of_failed(desk: Desk) -> Scene:
    """Dan halts it and lets it go on."""
    await urgent.make_out(desk.town)
    await urgent.subscriber(desk.town)
    reference = await urgent.partly_failed(desk.town, desk.dan, desk.cleo)

    async def meanwhile() -> None:
        for deed in (campaign.pause, campaign.resume):
            await desk.town.write(deed, desk.dan, reference, lane=Lane.URGENT)

    return Scene(f"/console/urgent/{reference}", {}, meanwhile, "Paused")


SCENES: dict[str, Callable[[Desk], Awaitable[Scene]]] = {
    f"{URGENT}/change": lambda desk: of_draft(desk, reach="everywhere", link="https://a.example"),
    f"{URGENT}/submission": of_draft,
    f"{URGENT}/return": lambda desk: of_waiting(desk, reason="Say where"),
    f"{URGENT}/approval": of_waiting,
    f"{URGENT}/retry": of_failed,
    f"{URGENT}/cancellation": of_draft,
}
