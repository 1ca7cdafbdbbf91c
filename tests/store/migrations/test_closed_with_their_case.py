"""What was left open of restricted cases by earlier versions is closed, and found by nobody else."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, text, update

from store.actions import case, case_merge, triage
from store.actions.restriction import restrict_case, restrict_report
from store.actions.search import index_case
from store.domain.clock import FixedClock
from store.domain.errors import NotFound
from store.domain.finding import Filter, Kind
from store.domain.reference import Restriction
from store.domain.staff import By, Role
from store.engine import Session, open_store
from store.engine.migrate import upgrade
from store.queries import finding
from store.tables.case import CaseRow
from store.tables.report import ReportRow
from tests.store.migrations.test_documents import on
from tests.support.case_file import a_case, another_report, case_row, filled
from tests.support.databases import Databases
from tests.support.triage_factory import HARBOUR, MORNING, PROFILE, Town

HATE = Restriction.HATE
BEFORE, IT = "0020", "0021"
CLIFF = HARBOUR | {"words": "on the cliff", "lat": 51.3392, "lon": 1.4251}


async def _left_open(town: Town, cleo: By, hal: By) -> dict[str, str]:
    """Fill a town as an earlier version left it; return its cases and reports by name."""
    first = await filled(town, hal, "Sally", what="The purple bins")
    second, whole = await a_case(town, hal), await a_case(town, hal)
    inside = await another_report(town, hal, whole, what="A turquoise van")
    await town.write(case_merge.merge, hal, first, second)
    await town.write(case_merge.merge, hal, second, whole)
    await town.write(restrict_case, hal, whole, HATE, "Slurs")
    hidden = await town.report(where=CLIFF)
    told = (await town.write(triage.open_case, cleo, hidden)).reference
    await another_report(town, cleo, told)
    await town.write(restrict_report, cleo, hidden, HATE, "Slurs")
    plain = await a_case(town, cleo)
    await town.write(_open, [first, second], [inside])
    await town.write(_place, told)
    names = {"first": first, "second": second, "whole": whole, "inside": inside}
    return names | {"hidden": hidden, "told": told, "plain": plain}


def _open(session: Session, cases: list[str], reports: list[str]) -> None:
    """Leave open what went into a restricted case, as was done before it took the restriction too."""
    for table, references in ((CaseRow, cases), (ReportRow, reports)):
        opened = update(table).where(table.reference.in_(references)).values(restriction=None)
        session.execute(opened.execution_options(synchronize_session=False))
    for reference in cases:
        index_case(session, case_row(session, reference)["id"])


def _place(session: Session, reference: str) -> None:
    """Leave a case where its hidden report was, as a case was that this report had left."""
    here = {"place_words": CLIFF["words"], "lat": CLIFF["lat"], "lon": CLIFF["lon"]}
    session.execute(update(CaseRow).where(CaseRow.reference == reference).values(here))
    index_case(session, case_row(session, reference)["id"])


def _again(connection: Connection) -> None:
    """Run this one migration once more."""
    at = connection.scalar(text("SELECT version_num FROM alembic_version"))
    _stand_at(connection, BEFORE)
    upgrade(connection, IT)
    _stand_at(connection, str(at))


def _stand_at(connection: Connection, revision: str) -> None:
    connection.execute(text("UPDATE alembic_version SET version_num = :at"), {"at": revision})


async def _seen(town: Town, by: By, names: dict[str, str]) -> set[str]:
    seen = set()
    for name, reference in names.items():
        look: Any = triage.open_report if name in {"inside", "hidden"} else case.open_page
        try:
            await town.write(look, by, reference)
        except NotFound:
            continue
        seen.add(name)
    return seen


async def _found(town: Town, by: By, words: str) -> int:
    """Count the reports and cases that somebody finds."""
    wanted = [Filter(kind, text=words) for kind in Kind]
    return sum([await town.read(finding.count, by.staff, PROFILE, one) for one in wanted])


async def test_what_lies_in_a_restricted_case_is_closed_with_it_and_found_by_the_granted_alone(
    databases: Databases,
) -> None:
    url = await databases.migrated()
    async with open_store(url, FixedClock(MORNING)) as store:
        town = Town(store, FixedClock(MORNING))
        cleo, hal = await town.staff("Cleo"), await town.staff("Hal", Role.OFFICER, HATE)
        names = await _left_open(town, cleo, hal)
        assert await _seen(town, cleo, names) == {"first", "second", "inside", "told", "plain"}
        assert await _found(town, cleo, "turquoise") == await _found(town, cleo, "cliff") == 1
    await on(url, _again)
    async with open_store(url, FixedClock(MORNING)) as store:
        town = Town(store, FixedClock(MORNING))
        assert await _seen(town, cleo, names) == {"told", "plain"}
        assert await _seen(town, hal, names) == set(names)
        for words in ("turquoise", "cliff", "sally", "purple"):
            assert await _found(town, cleo, words) == 0, words
        assert await _found(town, hal, "turquoise") == 2
        assert await _found(town, hal, "cliff") == 2
        assert await _found(town, cleo, "harbour") == 4
        row = await town.read(case_row, names["told"])
        assert (row["restriction"], row["place_words"], row["lat"]) == (
            None,
            HARBOUR["words"],
            HARBOUR["lat"],
        )
        again = await town.write(case_merge.unmerge, hal, names["second"])
        assert again.restriction is HATE
    await databases.drop(url)


async def test_cases_with_nothing_to_close_stay_as_they_are(databases: Databases) -> None:
    url = await databases.migrated()
    async with open_store(url, FixedClock(MORNING)) as store:
        town = Town(store, FixedClock(MORNING))
        hal = await town.staff("Hal", Role.OFFICER, HATE)
        cases = [await a_case(town, hal), await a_case(town, hal, category="street.hate")]
        before = [await town.read(case_row, one) for one in cases]
    await on(url, _again)
    async with open_store(url, FixedClock(MORNING)) as store:
        assert [await store.read(case_row, one) for one in cases] == before
    await databases.drop(url)
