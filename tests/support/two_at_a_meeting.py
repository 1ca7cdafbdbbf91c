"""Two at one desk with what belongs to a meeting besides what it is."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from tests.support.meetings import a_meeting
from tests.support.papers import PAPER, attached
from tests.support.two_at_meetings import MEETING, of_made, of_meeting
from tests.support.two_writers import Desk, Scene


async def attaching(desk: Desk) -> Scene:
    return replace(await of_meeting(desk), file=PAPER)


async def taking_off(desk: Desk) -> Scene:
    made = await a_meeting(desk.town, desk.dan)
    await desk.town.write(attached, desk.dan, made.reference)
    return await of_made(desk, made)


MEETING_SCENES: dict[str, Callable[[Desk], Awaitable[Scene]]] = {
    f"{MEETING}/document": attaching,
    f"{MEETING}/document-removal": taking_off,
}
