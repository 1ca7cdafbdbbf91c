"""What was there before there were documents to search is found like what comes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from sqlalchemy import Connection, MetaData, insert, select
from sqlalchemy.engine import make_url

from store.actions import case_person, entry, message, task, triage
from store.domain.case_file import PersonFacts, PersonRole
from store.domain.clock import FixedClock
from store.domain.reference import Restriction
from store.domain.staff import Role
from store.engine import open_store
from store.engine.connect import postgres_engine, writer_engine
from store.engine.migrate import upgrade
from tests.support.databases import Databases
from tests.support.triage_factory import MORNING, PHONED, PROFILE, Town

T = TypeVar("T")
BEFORE = "0009"
Rows = dict[str, list[dict[str, Any]]]


async def on(url: str, do: Callable[[Connection], T]) -> T:
    """Do it in a transaction of its own on one of the two databases."""
    if make_url(url).get_backend_name() == "sqlite":
        engine = writer_engine(make_url(url).database or "")
        with engine.begin() as connection:
            done = do(connection)
        engine.dispose()
        return done
    asynchronous = postgres_engine(url, 1)
    async with asynchronous.begin() as connected:
        done = await connected.run_sync(do)
    await asynchronous.dispose()
    return done


def _tables(connection: Connection) -> MetaData:
    known = MetaData()
    known.reflect(connection)
    return known


def rows_of(connection: Connection) -> Rows:
    tables = _tables(connection).sorted_tables
    return {
        table.name: [dict(row) for row in connection.execute(select(table)).mappings()] for table in tables
    }


def put_back(rows: Rows) -> Callable[[Connection], None]:
    def put(connection: Connection) -> None:
        for table in _tables(connection).sorted_tables:
            there = table.columns.keys()
            kept = [{name: row[name] for name in there} for row in rows.get(table.name, ())]
            if kept and table.name != "alembic_version":
                connection.execute(insert(table), kept)

    return put


def _found_by(rows: Rows) -> dict[str, Any]:
    """What is searched of each record, and by what people are known again."""
    documents = [*rows["report_texts"], *rows["case_pages"]]
    said = {row["record_id"]: (row.get("restriction"), row["text"]) for row in documents}
    return said | {row["id"]: row["name_key"] for row in rows["residents"]}


async def _filled(url: str) -> None:
    async with open_store(url, FixedClock(MORNING)) as store:
        town = Town(store, FixedClock(MORNING))
        cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, Restriction.HATE)
        ada = await town.resident()
        told, hidden = await town.report(ada), await town.report(ada, identity="anonymous")
        asked = await town.write(message.ask, cleo, told, "Which staircase?")
        await town.write(message.answer, ada, asked.id, "The green doorway")
        opened = (await town.write(triage.open_case, cleo, told)).reference
        await town.write(triage.add_to_case, cleo, hidden, opened)
        phoned = await town.write(entry.enter, cleo, PROFILE, replace(PHONED, name="Adá  Marsh"))
        await town.write(triage.add_to_case, cleo, phoned.reference, opened)
        await town.write(message.note, cleo, opened, "The landlord knows")
        eve = PersonFacts(PersonRole.WITNESS, "Eve", "07700 900123", "Saw it")
        await town.write(case_person.add, cleo, opened, eve)
        gone = await town.write(case_person.add, cleo, opened, replace(eve, name="Dale"))
        await town.write(case_person.take_off, cleo, opened, gone)
        await town.write(task.add, cleo, opened, "Ring the office", cleo.staff.id, None)
        secret = await town.report(category="street.hate", what="A secret symbol")
        await town.write(triage.open_case, hal, secret)


async def test_reports_cases_and_people_of_before_are_found_like_those_that_come(
    databases: Databases,
) -> None:
    new, old = await databases.migrated(), await databases.empty()
    await _filled(new)
    rows = await on(new, rows_of)
    await on(old, lambda connection: upgrade(connection, BEFORE))
    await on(old, put_back(rows))
    await on(old, upgrade)
    expected, found = _found_by(rows), _found_by(await on(old, rows_of))
    assert {id_: _words(said) for id_, said in found.items()} == {
        id_: _words(said) for id_, said in expected.items()
    }
    assert "ada marsh" in found.values()
    assert len(rows["report_texts"]) == 4
    for url in (new, old):
        await databases.drop(url)


def _words(said: Any) -> Any:
    """Texts may stand in another order: their words are the same."""
    return (said[0], sorted(said[1].split())) if isinstance(said, tuple) else said
