"""A case whose document has several pages is found like any other, and a note rewrites one page alone."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.actions import case_person, message, restriction, task, triage
from store.domain.clock import FixedClock
from store.domain.finding import Filter, Kind
from store.domain.reference import Restriction
from store.domain.search_words import PAGE_CHARACTERS
from store.domain.staff import By, Role
from store.engine import open_store
from store.queries import finding
from store.tables.search import CasePageRow
from tests.store.queries.test_search import found
from tests.store.queries.test_search_of_records import EVE
from tests.support.databases import SqliteDatabases
from tests.support.triage_factory import MORNING, PROFILE, Town, counted

LONG = "bench " * 300


async def a_long_case(town: Town, by: By, *said: str, category: str = "noise.domestic") -> tuple[str, str]:
    """Return a case and its report; beneath each of these notes, a page is filled."""
    report = await town.report(what="A mattress in the lane", category=category)
    opened = (await town.write(triage.open_case, by, report)).reference
    for words in said:
        await town.write(message.note, by, opened, words)
        for number in range(PAGE_CHARACTERS // len(LONG) + 1):
            await town.write(message.note, by, opened, f"{LONG} {words} {number}")
    return report, opened


def page_lengths(session: Session) -> list[int]:
    return list(session.scalars(select(func.length(CasePageRow.text)).order_by(CasePageRow.page)))


async def test_words_on_different_pages_of_a_case_find_it(town: Town) -> None:
    cleo = await town.staff("Cleo")
    report, opened = await a_long_case(town, cleo, "The landlord rang", "Purple gate")
    await town.write(message.note, cleo, opened, "The caretaker came")
    await town.write(message.note_on_report, cleo, report, "Sirens wailing")
    await town.write(task.add, cleo, opened, "Paint the railings", cleo.staff.id, None)
    await a_long_case(town, cleo, "The landlord wrote", "Green gate")
    lengths = await town.read(page_lengths)
    assert len(lengths) > 4
    assert max(lengths) <= PAGE_CHARACTERS + len(" ﬂ ")
    for typed in (
        "mattress rang purple caretaker",
        "mattress wailing",
        "purple rang rail",
        '"caretaker came" mattress',
        '"sirens wailing" rang mattr',
    ):
        assert await found(town, cleo, typed, Kind.CASES) == {opened}, typed
    for typed in ("mattress nowhere", '"rang purple"', '"caretaker rang" mattress'):
        assert await found(town, cleo, typed, Kind.CASES) == set(), typed
    page = await town.read(
        finding.found_cases, cleo.staff, PROFILE, Filter(Kind.CASES, text="gate landlord mattr")
    )
    assert (page.total, len(page.lines)) == (2, 2)


async def test_a_long_case_is_found_by_nothing_that_is_gone(town: Town) -> None:
    cleo = await town.staff("Cleo")
    _report, opened = await a_long_case(town, cleo, "The landlord rang")
    person = await town.write(case_person.add, cleo, opened, EVE)
    assert await found(town, cleo, "hill mattress rang", Kind.CASES) == {opened}
    before = await town.read(page_lengths)
    await town.write(case_person.take_off, cleo, opened, person)
    assert await found(town, cleo, "hill mattress rang", Kind.CASES) == set()
    assert await found(town, cleo, "mattress rang", Kind.CASES) == {opened}
    assert len(await town.read(page_lengths)) <= len(before)


async def test_pages_of_a_case_that_lost_its_reports_go(town: Town) -> None:
    cleo = await town.staff("Cleo")
    opened = (await town.write(triage.open_case, cleo, await town.report())).reference
    others = [await town.report(what=f"Tall masts. {LONG} {number}") for number in range(11)]
    for report in others:
        await town.write(triage.add_to_case, cleo, report, opened)
    assert len(await town.read(page_lengths)) == 2
    for report in others[1:]:
        await town.write(restriction.restrict_report, cleo, report, Restriction.HATE, "Slurs")
    assert len(await town.read(page_lengths)) == 1


async def test_what_is_added_to_a_report_restricted_otherwise_is_not_added_to_its_case(town: Town) -> None:
    cleo = await town.staff("Cleo")
    hal = await town.staff("Hal", Role.OFFICER, Restriction.HATE)
    report, opened = await a_long_case(town, hal, "The landlord rang", category="street.hate")
    await town.write(restriction.restrict_case, hal, opened, None, "No longer")
    await town.write(message.note_on_report, hal, report, "A secret witness")
    assert await found(town, cleo, "witness", Kind.CASES) == set()
    assert await found(town, cleo, "rang landlord", Kind.CASES) == {opened}
    assert await found(town, hal, "witness", Kind.CASES) == {opened}


@pytest.mark.parametrize("about", ["case", "report"])
async def test_a_note_reads_nothing_of_what_the_reports_of_its_case_say(town: Town, about: str) -> None:
    cleo = await town.staff("Cleo")
    report, opened = await a_long_case(town, cleo, "The landlord rang")
    with counted() as sent:
        await town.write(message.note, cleo, opened if about == "case" else report, "The caretaker came")
    read = [statement for statement in sent if "FROM report_texts" in statement]
    assert read == []
    assert await found(town, cleo, "caretaker rang mattress", Kind.CASES) == {opened}


async def test_only_the_long_cases_are_walked(sqlite_databases: SqliteDatabases) -> None:
    async with open_store(await sqlite_databases.migrated(), FixedClock(MORNING)) as store:
        town = Town(store, FixedClock(MORNING))
        cleo = await town.staff("Cleo")
        with counted() as sent:
            await town.read(finding.found_cases, cleo.staff, PROFILE, Filter(Kind.CASES, text="purple gate"))
        plan = await town.read(_plan, sent[0])
    assert "SCAN case_pages USING INDEX ix_case_pages_long" in plan
    assert "SCAN case_pages" not in plan


def _plan(session: Session, statement: str) -> list[str]:
    values = ("x",) * statement.count("?")
    rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    return [row.detail for row in rows]
