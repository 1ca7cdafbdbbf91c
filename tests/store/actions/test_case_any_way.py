"""Whatever is merged, undone, split and moved, in whatever order: nothing is lost and nothing doubled."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from store.actions import case_merge
from store.domain.clock import FixedClock
from store.domain.errors import Refusal
from store.domain.staff import By, Role
from store.engine import open_store
from tests.support.case_file import CaseFile, another_report, file_of, filled
from tests.support.databases import SqliteDatabases
from tests.support.triage_factory import MORNING, Town

NAMES = ("north", "east", "south", "west")
CASES, REPORTS = st.integers(0, 3), st.integers(0, 7)
STEPS = st.one_of(
    st.tuples(st.just("merge"), CASES, CASES),
    st.tuples(st.just("unmerge"), CASES, CASES),
    st.tuples(st.just("split"), REPORTS, REPORTS),
    st.tuples(st.just("move"), REPORTS, CASES),
)


class Desk:
    """Four cases with two reports each, and whatever cases are split off them."""

    def __init__(self, town: Town, by: By) -> None:
        self.town, self.by = town, by
        self.cases: list[str] = []
        self.reports: list[str] = []
        self.done = 0

    async def fill(self) -> None:
        for name in NAMES:
            self.cases.append(await filled(self.town, self.by, name))
            await another_report(self.town, self.by, self.cases[-1])
        for found in await self.files():
            self.reports += found.reports

    async def files(self) -> list[CaseFile]:
        return [await self.town.read(file_of, one) for one in self.cases]

    async def do(self, deed: str, first: int, second: int) -> None:
        """Do it; what makes no sense now is refused, and then nothing may have changed."""
        before = await self.files()
        try:
            await self._do(deed, first, second)
        except Refusal:
            assert await self.files() == before
        else:
            self.done += 1

    async def _do(self, deed: str, first: int, second: int) -> None:
        write = self.town.write
        match deed:
            case "merge":
                await write(case_merge.merge, self.by, self.cases[first], self.cases[second])
            case "unmerge":
                await write(case_merge.unmerge, self.by, self.cases[first])
            case "split":
                chosen = [self.reports[first], self.reports[second]]
                new = await write(case_merge.split, self.by, await self._case_of(chosen[0]), chosen)
                self.cases += [new.reference] if new.reference not in self.cases else []
            case _:
                await write(case_merge.move_report, self.by, self.reports[first], self.cases[second])

    async def _case_of(self, report: str) -> str:
        files = zip(self.cases, await self.files(), strict=True)
        return next(reference for reference, found in files if report in found.reports)

    async def check(self) -> None:
        """Everything is there once; a case that went away has nothing; every tag can still be found."""
        files = await self.files()
        everywhere = {
            kind: sorted(one for found in files for one in getattr(found, kind))
            for kind in ("reports", "people", "tasks", "notes")
        }
        once = sorted(NAMES)
        assert everywhere["reports"] == sorted(self.reports)
        assert everywhere["people"] == everywhere["tasks"] == everywhere["notes"] == once
        for found in files:
            assert sorted(found.searched & set(NAMES)) == found.people
            assert ("music" in found.searched) == bool(found.reports)
            assert found.state == "closed" if found.merged else found.state != "closed"
            assert not (found.merged and (found.reports or found.people or found.tasks or found.notes))
        assert {tag for found in files for tag in found.tags} == {"both", *NAMES}


@pytest.mark.slow
@settings(
    max_examples=10,
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(script=st.lists(STEPS, min_size=4, max_size=12))
async def test_nothing_of_a_case_is_lost_or_doubled(
    sqlite_databases: SqliteDatabases, script: Sequence[tuple[str, int, int]]
) -> None:
    url, clock = await sqlite_databases.migrated(), FixedClock(MORNING)
    async with open_store(url, clock) as store:
        town = Town(store, clock)
        desk = Desk(town, await town.staff("Sue", Role.SUPERVISOR))
        await desk.fill()
        for step in (("merge", 0, 1), *script):
            await desk.do(*step)
            await desk.check()
        for number in range(len(NAMES)):
            await desk.do("unmerge", number, number)
            await desk.check()
        assert desk.done >= 2
        assert not any(found.merged for found in await desk.files())
    await sqlite_databases.drop(url)
