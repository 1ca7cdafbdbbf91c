"""Two at one desk with what belongs to a meeting besides what it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

from store.actions import turnout
from store.domain.recurrence import local_of
from store.domain.turnout import Turnout
from tests.support.meetings import a_meeting, published
from tests.support.papers import PAPER, attached
from tests.support.two_at_meetings import MEETING, of_made, of_meeting
from tests.support.two_writers import Desk, Scene


async def attaching(desk: Desk) -> Scene:
    return replace(await of_meeting(desk), file=PAPER)


async def taking_off(desk: Desk) -> Scene:
    made = await a_meeting(desk.town, desk.dan)
    await desk.town.write(attached, desk.dan, made.reference)
    return await of_made(desk, made)


async def recording(desk: Desk) -> Scene:
    """What changes meanwhile is who came: a meeting that has begun is changed in nothing else here."""
    made = await published(desk.town, desk.dan, local_of(desk.town.clock.now()) + timedelta(minutes=1))
    desk.town.pass_time(minutes=2)

    async def meanwhile() -> None:
        await desk.town.write(turnout.set_turnout, desk.dan, made.reference, Turnout(17, 0))

    typed = {"in_person": "18", "online": "2", "partners": "The council"}
    return Scene(f"/console/meetings/{made.reference}", typed, meanwhile, "In person: none → 17")


SCENES: dict[str, Callable[[Desk], Awaitable[Scene]]] = {
    f"{MEETING}/document": attaching,
    f"{MEETING}/document-removal": taking_off,
    f"{MEETING}/turnout": recording,
}
