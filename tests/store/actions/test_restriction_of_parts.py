"""What a restriction reaches besides the record itself: cases that went into it, and the place of a case."""

from __future__ import annotations

import pytest

from store.actions import case, case_merge, message, triage
from store.actions.restriction import restrict_case, restrict_report
from store.domain.errors import NotFound
from store.domain.event import Action
from store.domain.finding import Filter, Kind
from store.domain.reference import Restriction
from store.domain.staff import By, Role
from store.queries import finding
from tests.support.case_file import a_case, another_report, case_row, filled
from tests.support.triage_factory import HARBOUR, PROFILE, Town

HATE = Restriction.HATE
CLIFF = HARBOUR | {"words": "on the cliff", "lat": 51.3392, "lon": 1.4251}


async def found(town: Town, by: By, words: str = "") -> set[str]:
    wanted = Filter(Kind.CASES, text=words)
    page = await town.read(finding.found_cases, by.staff, PROFILE, wanted)
    return {line.reference for line in page.lines}


async def test_a_case_that_went_into_one_that_is_restricted_since_closes_with_it(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, HATE)
    first = await filled(town, cleo, "Sally")
    second, last = await a_case(town, cleo), await a_case(town, cleo)
    await town.write(case_merge.merge, cleo, first, second)
    await town.write(case_merge.merge, cleo, second, last)
    await town.write(restrict_case, hal, last, HATE, "Slurs")
    for reference in (first, second, last):
        with pytest.raises(NotFound):
            await town.write(case.open_page, cleo, reference)
    assert await found(town, cleo) == await found(town, cleo, "sally") == set()
    assert await found(town, hal, "sally") == {last}


async def test_what_goes_into_a_restricted_case_is_under_its_kind_when_it_comes_back(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, HATE)
    plain, hate = await a_case(town, cleo), await a_case(town, hal, category="street.hate")
    await town.write(case_merge.merge, hal, plain, hate)
    await town.write(message.note, hal, hate, "A uniform gang")
    again = await town.write(case_merge.unmerge, hal, plain)
    assert (again.restriction, again.officer_id) == (HATE, hal.staff.id)
    assert await town.write(restrict_case, hal, plain, None, "Nothing of it is here")
    assert await found(town, cleo) == {plain}


async def test_a_case_that_becomes_restricted_by_what_comes_into_it_says_so(town: Town) -> None:
    hal = await town.staff("Hal", Role.OFFICER, HATE)
    reference = await a_case(town, hal)
    await another_report(town, hal, reference)
    assert await town.how_often(Action.CASE_RESTRICTED) == 0
    await another_report(town, hal, reference, category="street.hate")
    assert town.last(Action.CASE_RESTRICTED)["change"] == "not restricted → hate"
    assert await town.how_often(Action.CASE_RESTRICTED) == 1


async def test_a_report_that_is_restricted_by_itself_takes_its_place_out_of_its_case(town: Town) -> None:
    cleo = await town.staff("Cleo")
    report = await town.report(where=CLIFF)
    reference = (await town.write(triage.open_case, cleo, report)).reference
    await another_report(town, cleo, reference)
    assert await found(town, cleo, "cliff") == {reference}
    await town.write(restrict_report, cleo, report, HATE, "Slurs")
    row = await town.read(case_row, reference)
    assert (row["restriction"], row["place_words"], row["lat"]) == (None, HARBOUR["words"], HARBOUR["lat"])
    assert await found(town, cleo, "cliff") == set()


async def test_where_no_other_report_is_open_the_case_keeps_no_point(town: Town) -> None:
    cleo = await town.staff("Cleo")
    one = await town.report(where=CLIFF)
    reference = (await town.write(triage.open_case, cleo, one)).reference
    two = await another_report(town, cleo, reference)
    for report in (two, one):
        await town.write(restrict_report, cleo, report, HATE, "Slurs")
    row = await town.read(case_row, reference)
    assert (row["place_words"], row["lat"], row["ward"]) == (None, None, HARBOUR["ward"])


async def test_a_case_is_restricted_with_its_only_report(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, HATE)
    report = await town.report(where=CLIFF)
    reference = (await town.write(triage.open_case, cleo, report)).reference
    await town.write(restrict_report, cleo, report, HATE, "Slurs")
    assert await found(town, cleo) == set()
    page = await town.write(case.open_page, hal, reference)
    assert (page.case.restriction, page.case.officer_id, page.file.place.words) == (
        HATE,
        None,
        CLIFF["words"],
    )
