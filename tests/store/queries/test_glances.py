from __future__ import annotations

from store.actions import triage
from store.domain.finding import Filter, Kind
from store.domain.reference import Restriction
from store.domain.report import ClosedReason
from store.domain.staff import By, Role
from store.domain.suggestion import MOST_LIKE_IT, Glance
from store.queries import finding
from tests.support.triage_factory import HARBOUR, PROFILE, Town, counted

QUEUE = Filter(Kind.REPORTS, states=("waiting",))
ELSEWHERE = HARBOUR | {"ward": "eastcliff"}


async def glances(town: Town, by: By, wanted: Filter = QUEUE) -> dict[str, Glance]:
    """What the queue points out, by reference."""
    page = await town.read(finding.found_reports, by.staff, PROFILE, wanted)
    return {line.reference: page.glances[line.id] for line in page.lines if line.id in page.glances}


async def test_the_queue_points_out_a_hot_spot_of_its_ward(town: Town) -> None:
    cleo = await town.staff("Cleo")
    here = [await town.report(await town.resident(f"Resident {n}")) for n in range(5)]
    for n in range(4):
        await town.report(await town.resident(f"Neighbour {n}"), where=ELSEWHERE)
    assert await glances(town, cleo) == dict.fromkeys(here, Glance(like_it=5))
    await town.write(triage.reject, cleo, here[0], ClosedReason.NOT_ASB, "")
    assert await glances(town, cleo) == {}


async def test_it_points_out_somebody_who_told_three_times_but_nobody_who_stays_hidden(town: Town) -> None:
    cleo, ada = await town.staff("Cleo"), await town.resident()
    for _ in range(3):
        await town.report(ada, identity="anonymous", where=ELSEWHERE)
    old = await town.report(ada, category="street.threats")
    town.pass_time(days=95)
    known = [await town.report(ada, category="street.threats") for _ in range(2)]
    assert await glances(town, cleo) == {}
    known.append(await town.report(ada))
    seen = await glances(town, cleo)
    assert seen == dict.fromkeys([old, *known], Glance(by_person=3)), "also what waits from before"
    assert seen[known[0]].reasons == ("Repeat victim? 3 in 3 months",)


async def test_it_names_an_open_case_only_to_those_who_may_open_it(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    eve = await town.staff("Eve", Role.OFFICER, Restriction.HATE)
    case = await town.write(triage.open_case, cleo, await town.report())
    waiting = await town.report()
    assert await glances(town, dan) == {waiting: Glance(case=case.reference)}
    hidden = await town.write(triage.open_case, eve, await town.report(category="street.hate"))
    told = await town.report(category="street.hate")
    assert (await glances(town, eve))[told] == Glance(case=hidden.reference)
    assert told not in await glances(town, dan)


async def test_only_the_queue_is_looked_at_so_and_in_one_statement(town: Town) -> None:
    cleo, ada = await town.staff("Cleo"), await town.resident()
    for _ in range(3):
        await town.report(ada)
    with counted() as few:
        assert len(await glances(town, cleo)) == 3
    town.pass_time(hours=2)
    for _ in range(3):
        await town.report(ada)
    with counted() as many:
        assert len(await glances(town, cleo)) == 6
    assert len(few) == len(many)
    assert await glances(town, cleo, Filter(Kind.REPORTS)) == {}


def test_a_large_number_is_said_as_at_least_so_many() -> None:
    assert Glance(like_it=MOST_LIKE_IT).reasons == ("Hot spot? 50 or more like it in 28 days",)
