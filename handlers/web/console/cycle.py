"""The plan's year: what is to be done of it, who did what when; supervisors mark it done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from handlers.web.guards import SUPERVISORS, Route
from handlers.web.visit import Visit, see
from store.actions import cycle
from store.domain.cycle import CycleTask, KnownRound, Round
from store.domain.staff import may_keep_the_plan
from store.domain.working_days import london_date
from store.queries import cycle as plan

PATH = "/console/timetable"


@dataclass(frozen=True, slots=True)
class Turn:
    """A task of the plan and its round: the newest that staff were told of, else the next one.

    `known` is None for one that is still to come; `late`: its time is over and it is not done.
    """

    task: CycleTask
    round: Round
    known: KnownRound | None
    late: bool = False

    @property
    def waits(self) -> bool:
        """Whether it is to be done."""
        return self.known is not None and self.known.done_at is None


async def year(visit: Visit) -> list[Turn]:
    """Return every task of the plan as it stands."""
    newest, day = await visit.store.read(plan.newest), london_date(visit.store.clock.now())
    turns = []
    for task in visit.site.profile().cycle:
        known = newest.get(task.code)
        one = task.round_of(known.year) if known else task.at(day) or task.next_after(day)
        late = known is not None and known.done_at is None and one.ends < day
        turns.append(Turn(task, one, known, late))
    return turns


async def waiting(visit: Visit) -> list[Turn]:
    """Return what is to be done, for whoever answers for the plan."""
    return [one for one in await year(visit) if one.waits] if may_keep_the_plan(visit.staff) else []


def _deed(name: str, done: str, deed: Callable[..., None]) -> Route:
    async def answer(visit: Visit) -> web.Response:
        await visit.store.write(deed, visit.by, visit.form.get("round", ""))
        return see(PATH, done=done)

    return Route("POST", f"{PATH}/{name}", SUPERVISORS, answer)


ROUTES = (
    _deed("completion", "cycle-done", cycle.finish),
    _deed("reopening", "cycle-reopened", cycle.reopen),
)
