"""A report or case is found by the end of its reference, as somebody reads it out."""

from __future__ import annotations

import pytest

from store.actions import message, triage
from store.domain.finding import Filter, Kind
from store.domain.reference import Restriction
from store.domain.staff import Role
from store.queries import finding
from tests.store.queries.test_search import found
from tests.support.triage_factory import PROFILE, Town


@pytest.mark.parametrize("length", [4, 5, 6, 8])
@pytest.mark.parametrize("written", ["plain", "small", "hyphens"])
async def test_the_end_of_a_reference_finds_its_record(town: Town, length: int, written: str) -> None:
    cleo = await town.staff("Cleo")
    told, _other = await town.report(), await town.report()
    opened = (await town.write(triage.open_case, cleo, told)).reference
    for reference, kind in ((told, Kind.REPORTS), (opened, Kind.CASES)):
        end = reference.replace("-", "")[-length:]
        typed = {"plain": end, "small": end.lower(), "hyphens": f"{end[:-3]}-{end[-3:]}"}[written]
        assert await found(town, cleo, typed, kind) == {reference}, typed


async def test_the_counts_are_of_what_is_open_to_whoever_asks(town: Town) -> None:
    cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    secret = await town.report(category="street.hate")
    opened = (await town.write(triage.open_case, hal, secret)).reference
    for reference, kind in ((secret, Kind.REPORTS), (opened, Kind.CASES)):
        for by, expected in ((cleo, 0), (hal, 1)):
            end = reference.replace("-", "")[-4:]
            assert await town.read(finding.count, by.staff, PROFILE, Filter(kind, text=end)) == expected
            everywhere = await town.read(finding.everywhere, by.staff, PROFILE, end, 10)
            totals = {Kind.REPORTS: everywhere.reports.total, Kind.CASES: everywhere.cases.total}
            assert totals[kind] == expected


async def test_words_and_the_end_of_a_reference_are_found_at_once(town: Town) -> None:
    cleo = await town.staff("Cleo")
    named, other, _third = await town.report(), await town.report(), await town.report()
    end = named.replace("-", "")[-4:]
    await town.write(message.note, cleo, other, f"Like {end}")
    assert await found(town, cleo, end) == {named, other}
