"""Two at the desk of a meeting: each form about it and its agenda, and what happens meanwhile."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from store.actions import agenda, agenda_desk, meeting, meeting_priority, series
from store.domain.meeting import Meeting
from store.queries import agenda as agendas
from tests.support.meetings import LIGHTS, a_meeting, a_series, begun, facts, published
from tests.support.two_writers import Desk, Scene

MEETING = "/console/meetings/{reference}"


async def of_meeting(desk: Desk, **typed: str) -> Scene:
    return await of_made(desk, await a_meeting(desk.town, desk.dan), **typed)


async def of_made(desk: Desk, made: Meeting, **typed: str) -> Scene:
    async def meanwhile() -> None:
        chaired = facts(chair="Dan")
        await desk.town.write(meeting.change, desk.dan, made.reference, made.starts_at, chaired)

    return Scene(f"/console/meetings/{made.reference}", typed, meanwhile, "Chair: none → Dan")


async def of_series(desk: Desk, **typed: str) -> Scene:
    made = await a_series(desk.town, desk.dan)

    async def meanwhile() -> None:
        await desk.town.write(series.end, desk.dan, made[9].reference, "Nobody came")

    return Scene(f"/console/meetings/{made[1].reference}", typed, meanwhile, "Series ended")


async def of_sharing(desk: Desk) -> Scene:
    made = await begun(desk.town, desk.dan, LIGHTS)

    async def meanwhile() -> None:
        told = [replace(LIGHTS, owner="Kent")]
        await desk.town.write(meeting_priority.set_priorities, desk.dan, made.reference, told)

    page = f"/console/meetings/{made.reference}"
    return Scene(page, {}, meanwhile, "(The council) → ", shown_on="/sharing")


async def of_agenda(desk: Desk, *, listed: bool = False, **typed: str) -> Scene:
    """A question that waits, or the last of two on the agenda; Dan words it."""
    there = await published(desk.town, desk.dan)
    await desk.town.write(agenda_desk.add, desk.dan, there.reference, "Dogs")
    await desk.town.write(agenda.ask, await desk.town.resident(), there.reference, "Lamps?")
    item = (await desk.town.read(agendas.desk, desk.dan.staff, there.reference)).waiting[0]
    which = (desk.dan, there.reference, item.id)
    if listed:
        await desk.town.write(agenda_desk.put_on, *which, "Lamps?")

    async def meanwhile() -> None:
        await desk.town.write(agenda_desk.put_on, *which, "The lamps in the alley")

    told = "Worded anew" if listed else "Put on the agenda"
    return Scene(f"/console/meetings/{there.reference}/agenda", typed, meanwhile, told, {"item": item.id})


async def of_declined(desk: Desk) -> Scene:
    """A question that waits; Dan does not take it."""
    scene = await of_agenda(desk)
    reference = scene.page.split("/")[-2]

    async def meanwhile() -> None:
        await desk.town.write(agenda_desk.decline, desk.dan, reference, scene.holding["item"], "Not there")

    return replace(scene, meanwhile=meanwhile, told="Not taken")


SCENES: dict[str, Callable[[Desk], Awaitable[Scene]]] = {
    f"{MEETING}/publication": of_meeting,
    f"{MEETING}/publication-time": lambda desk: of_meeting(desk, day="2026-11-30", at="09:00"),
    f"{MEETING}/change": lambda desk: of_meeting(desk, title="Another name"),
    f"{MEETING}/cancellation": lambda desk: of_meeting(desk, reason="The hall is closed"),
    f"{MEETING}/priorities": lambda desk: of_meeting(desk, **{"text-1": "Lights", "owner-1": "The council"}),
    f"{MEETING}/sharing": of_sharing,
    f"{MEETING}/rest": lambda desk: of_series(desk, title="Another name"),
    f"{MEETING}/series-publication": of_series,
    f"{MEETING}/series-end": lambda desk: of_series(desk, reason="The hall is closed"),
    f"{MEETING}/agenda-listing": lambda desk: of_agenda(desk, words="Light in the alley"),
    f"{MEETING}/agenda-refusal": lambda desk: of_agenda(desk, reason="The county does that"),
    f"{MEETING}/agenda-merging": of_agenda,
    f"{MEETING}/agenda-answer": lambda desk: of_agenda(desk, listed=True, words="On Friday"),
    f"{MEETING}/agenda-order": lambda desk: of_agenda(desk, listed=True, step="up"),
    f"{MEETING}/agenda-report": of_declined,
}
