"""Nobody reads of a restricted report by way of the cases that it was in, whatever was done before."""

from __future__ import annotations

from typing import Any

import pytest

from store.actions import case, case_merge, message, triage
from store.actions.restriction import restrict_case, restrict_report
from store.domain.case import CaseState
from store.domain.errors import Changed, NotFound, Refusal
from store.domain.finding import Filter, Kind
from store.domain.reference import Restriction
from store.domain.staff import By, Role
from store.queries import finding
from tests.support.case_file import a_case, another_report, case_row
from tests.support.triage_factory import HARBOUR, PROFILE, Town

HATE, CHILD = Restriction.HATE, Restriction.SAFEGUARDING
CLIFF = HARBOUR | {"words": "on the cliff", "lat": 51.3392, "lon": 1.4251}


async def found(town: Town, by: By, words: str) -> set[str]:
    page = await town.read(finding.found_cases, by.staff, PROFILE, Filter(Kind.CASES, text=words))
    return {line.reference for line in page.lines}


async def place_of(town: Town, reference: str) -> tuple[Any, Any]:
    row = await town.read(case_row, reference)
    return row["place_words"], row["lat"]


async def hidden_cliff(town: Town, *references: str) -> None:
    """Check that nobody without a grant reads or finds a report's place on these cases."""
    eve = await town.staff("Anybody")
    assert await found(town, eve, "cliff") == set()
    points = await town.read(finding.points, eve.staff, PROFILE, Filter(Kind.CASES))
    assert CLIFF["lat"] not in {point.lat for point in points}
    for reference in references:
        assert CLIFF["words"] != (await place_of(town, reference))[0], reference
        assert "cliff" not in repr(await town.write(case.open_page, eve, reference))


async def on_the_cliff(town: Town, by: By) -> tuple[str, str]:
    """Return a report, and the case that was opened for it."""
    report = await town.report(where=CLIFF)
    return report, (await town.write(triage.open_case, by, report)).reference


@pytest.mark.parametrize("way", ["move", "split"])
async def test_a_report_that_leaves_takes_its_place_along(town: Town, way: str) -> None:
    hal = await town.staff("Hal", Role.OFFICER, HATE)
    report, left = await on_the_cliff(town, hal)
    await another_report(town, hal, left)
    if way == "move":
        await town.write(case_merge.move_report, hal, report, await a_case(town, hal, category="street.hate"))
    else:
        new = (await town.write(case_merge.split, hal, left, [report])).reference
        assert (await place_of(town, new))[0] == CLIFF["words"]
        await town.write(restrict_case, hal, new, HATE, "Slurs")
    assert await place_of(town, left) == (HARBOUR["words"], HARBOUR["lat"])
    await hidden_cliff(town, left)


async def test_a_case_that_is_opened_keeps_quiet_about_where_its_restricted_report_was(town: Town) -> None:
    hal = await town.staff("Hal", Role.OFFICER, HATE)
    report, reference = await on_the_cliff(town, hal)
    await town.write(restrict_case, hal, reference, HATE, "Slurs")
    await town.write(restrict_case, hal, reference, None, "The case is for all")
    await hidden_cliff(town, reference)
    await town.write(restrict_report, hal, report, None, "And so is the report")
    assert await place_of(town, reference) == (CLIFF["words"], CLIFF["lat"])


@pytest.mark.parametrize("elsewhere", [False, True])
async def test_a_case_that_went_away_tells_nothing_of_a_report_that_was_restricted_since(
    town: Town, *, elsewhere: bool
) -> None:
    hal = await town.staff("Hal", Role.OFFICER, HATE)
    report, old = await on_the_cliff(town, hal)
    new = await a_case(town, hal)
    await town.write(case_merge.merge, hal, old, new)
    if elsewhere:
        await town.write(case_merge.move_report, hal, report, await a_case(town, hal))
    await town.write(restrict_report, hal, report, HATE, "Slurs")
    await hidden_cliff(town, old, new)


async def test_a_case_comes_back_under_the_kind_of_the_only_report_it_has(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, HATE)
    report, old = await on_the_cliff(town, hal)
    new = await a_case(town, hal)
    await town.write(case_merge.merge, hal, old, new)
    await town.write(restrict_report, hal, report, HATE, "Slurs")
    await town.write(case_merge.unmerge, hal, old)
    with pytest.raises(NotFound):
        await town.write(case.open_page, cleo, old)
    await hidden_cliff(town, new)
    assert await place_of(town, old) == (CLIFF["words"], CLIFF["lat"])


async def test_a_case_that_comes_back_has_the_place_of_a_report_that_opens_with_it(town: Town) -> None:
    hal = await town.staff("Hal", Role.OFFICER, HATE)
    report, old = await on_the_cliff(town, hal)
    await another_report(town, hal, old)
    new = await a_case(town, hal)
    await town.write(case_merge.merge, hal, old, new)
    await town.write(restrict_report, hal, report, HATE, "Slurs")
    await town.write(case_merge.unmerge, hal, old)
    assert await place_of(town, old) == (HARBOUR["words"], HARBOUR["lat"])
    await hidden_cliff(town, old, new)


@pytest.mark.parametrize("way", ["add", "move", "restrict"])
async def test_a_restricted_case_does_not_open_to_those_granted_what_comes_into_it(
    town: Town, way: str
) -> None:
    both, sid = (
        await town.staff("Eve", Role.OFFICER, HATE, CHILD),
        await town.staff("Sid", Role.OFFICER, CHILD),
    )
    reference = await a_case(town, both, category="street.hate")
    await town.write(message.note, both, reference, "The symbol on the wall")
    report = await town.report(category="street.safeguarding")
    if way == "add":
        await town.write(triage.add_to_case, both, report, reference)
    elif way == "move":
        source = (await town.write(triage.open_case, both, report)).reference
        await another_report(town, both, source)
        await town.write(case_merge.move_report, both, report, reference)
    else:
        [inside] = (await town.write(case.open_page, both, reference)).reports
        report = inside.reference
        await town.write(restrict_report, both, report, CHILD, "A child")
    with pytest.raises(NotFound):
        await town.write(case.open_page, sid, reference)
    assert (await town.write(triage.open_report, sid, report)).report.restriction is CHILD
    assert (await town.write(case.open_page, both, reference)).case.restriction is HATE


async def test_a_report_in_a_restricted_case_opens_no_wider_than_the_case(town: Town) -> None:
    both = await town.staff("Eve", Role.OFFICER, HATE, CHILD)
    reference = await a_case(town, both, category="street.hate")
    plain = await another_report(town, both, reference)
    child = await another_report(town, both, reference, category="street.safeguarding")
    for report in (plain, child):
        with pytest.raises(Refusal) as refusal:
            await town.write(restrict_report, both, report, None, "Nothing of it")
        assert refusal.value.key == "report.in_restricted_case"
    await town.write(restrict_report, both, child, HATE, "No child after all")
    new = (await town.write(case_merge.split, both, reference, [plain])).reference
    await town.write(restrict_case, both, new, None, "Nothing of it")
    after = await town.write(restrict_report, both, plain, None, "Nothing of it")
    assert after is not None
    assert after.restriction is None


async def test_who_wrote_about_a_hidden_report_is_not_told_to_whoever_writes_second(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    hal, ada = await town.staff("Hal", Role.OFFICER, HATE), await town.resident()
    hidden = await town.report(ada)
    reference = (await town.write(triage.open_case, cleo, hidden)).reference
    await another_report(town, cleo, reference)
    await town.write(restrict_report, cleo, hidden, HATE, "Slurs")
    await town.write(case.move, dan, reference, CaseState.INVESTIGATING)
    version = (await town.write(case.open_page, cleo, reference)).case.version
    await town.write(message.reply, hal, hidden, "We are coming")
    await town.write(message.add, ada, hidden, "And again")
    with pytest.raises(Changed) as changed:
        await town.write(case.move, cleo, reference, CaseState.MONITORING, version)
    assert changed.value.values["who"] == "Dan"
