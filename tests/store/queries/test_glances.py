from __future__ import annotations

from dataclasses import replace

from store.actions import triage
from store.domain.finding import Filter, Kind
from store.domain.reference import Restriction
from store.domain.report import ClosedReason
from store.domain.staff import By, Role
from store.domain.suggestion import MOST_LIKE_IT, Glance
from store.queries import finding
from tests.support.evidence_factory import kept_file
from tests.support.triage_factory import HARBOUR, PROFILE, Town, counted

QUEUE = Filter(Kind.REPORTS, states=("waiting",))
STORY = "Loud music from the flat above until three in the morning"
ELSEWHERE = HARBOUR | {"ward": "eastcliff"}


async def seen(town: Town, by: By, wanted: Filter = QUEUE) -> dict[str, Glance]:
    """What stands beside each line of the queue, by reference."""
    page = await town.read(finding.found_reports, by.staff, PROFILE, wanted)
    return {line.reference: page.glances[line.id] for line in page.lines if line.id in page.glances}


async def glances(town: Town, by: By) -> dict[str, Glance]:
    """What the queue points out, apart from how like each other the stories of this town are."""
    found = await seen(town, by)
    bare = {each: replace(told, story="", duplicates=()) for each, told in found.items()}
    return {each: told for each, told in bare.items() if told != Glance()}


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
    found = await glances(town, cleo)
    assert found == dict.fromkeys([old, *known], Glance(by_person=3)), "also what waits from before"
    assert [text for _kind, text in found[known[0]].reasons] == ["Repeat victim? 3 in 3 months"]


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


async def test_it_tells_how_a_story_begins_its_files_and_its_risk(town: Town) -> None:
    cleo, eve = await town.staff("Cleo"), await town.staff("Eve", Role.OFFICER, Restriction.HATE)
    told = await town.report(what="A man with a knife at the bus stop", often="daily")
    await kept_file(town, told)
    secret = await town.report(category="street.hate", what="A man with a knife")
    found = await seen(town, eve)
    assert found[told].story == "A man with a knife at the bus stop"
    assert (found[told].files, "a weapon" in found[told].risks) == (1, True)
    assert (found[secret].story, found[secret].risks) == ("", ())
    assert secret not in await seen(town, cleo)


async def test_it_points_out_reports_that_say_nearly_the_same_near_by_these_days(town: Town) -> None:
    cleo, eve = await town.staff("Cleo"), await town.staff("Eve", Role.OFFICER, Restriction.HATE)
    old = await town.report(what=STORY)
    town.pass_time(days=8)
    first = await town.report(what=STORY)
    second = await town.report(what=f"{STORY}!")
    hidden = await town.report(what=STORY, identity="anonymous")
    other = await town.report(what="Somebody tipped an old sofa into the lane")
    far = await town.report(what=STORY, where=HARBOUR | {"lat": 51.3373})
    found = {each: told.duplicates for each, told in (await seen(town, cleo)).items()}
    assert found == {old: (second, first), first: (second,), second: (first,), hidden: (), other: (), far: ()}
    hate = [await town.report(category="street.hate", what=STORY) for _ in range(2)]
    assert (await seen(town, eve))[hate[0]].duplicates == (hate[1],)
    await town.write(triage.reject, cleo, second, ClosedReason.DUPLICATE, "")
    assert (await seen(town, cleo))[first].duplicates == ()


async def test_only_the_queue_is_looked_at_so_and_in_two_statements(town: Town) -> None:
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
    assert len(few) == len(many) == 3
    assert await seen(town, cleo, Filter(Kind.REPORTS)) == {}


def test_a_large_number_is_said_as_at_least_so_many() -> None:
    [(_kind, text)] = Glance(like_it=MOST_LIKE_IT).reasons
    assert text == "Hot spot? 50 or more like it in 28 days"
