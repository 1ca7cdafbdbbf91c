"""Whatever is restricted, opened, merged, undone, split and moved, in whatever order: nobody reads more."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from store.actions import case, case_merge, message
from store.actions.restriction import restrict_case, restrict_report
from store.domain.clock import FixedClock
from store.domain.errors import NotFound, Refusal
from store.domain.finding import Filter, Kind
from store.domain.reference import Restriction
from store.domain.resident import Resident
from store.domain.staff import By, Role, Staff
from store.engine import open_store
from store.queries import finding, pages
from store.tables.case import CaseRow
from store.tables.report import ReportRow
from tests.support.case_file import a_case, another_report, file_of
from tests.support.databases import SqliteDatabases
from tests.support.triage_factory import HARBOUR, MORNING, PROFILE, Town

HATE, CHILD = Restriction.HATE, Restriction.SAFEGUARDING
SOUTH = 51.0
CASES, REPORTS = st.integers(0, 3), st.integers(0, 7)
KINDS = st.sampled_from((None, HATE, CHILD))
STEPS = st.one_of(
    st.tuples(st.just("merge"), CASES, CASES),
    st.tuples(st.just("unmerge"), CASES, CASES),
    st.tuples(st.just("split"), REPORTS, REPORTS),
    st.tuples(st.just("move"), REPORTS, CASES),
    st.tuples(st.just("restrict report"), REPORTS, KINDS),
    st.tuples(st.just("restrict case"), CASES, KINDS),
    st.tuples(st.just("note"), CASES, CASES),
    st.tuples(st.just("add words"), REPORTS, REPORTS),
)


class Desk:
    """Four cases with two reports each at places of their own, and people with each grant who look on."""

    def __init__(self, town: Town, eve: By, watchers: Sequence[By]) -> None:
        self.town, self.eve, self.watchers = town, eve, watchers
        self.cases: list[str] = []
        self.reports: list[str] = []
        self.reporters: list[Resident] = []
        self.secrets: dict[str, Restriction | None] = {}
        """Words of notes, and the kind that they were written under or put under since."""

    async def fill(self) -> None:
        for number in range(4):
            for part in range(2):
                ada, name = await self.town.resident(), 10 + number * 2 + part
                told: dict[str, Any] = {
                    "what": f"story{name}",
                    "where": HARBOUR | {"words": f"place{name}", "lat": SOUTH + name / 100},
                }
                if part:
                    await another_report(self.town, self.eve, self.cases[-1], reporter=ada, **told)
                else:
                    self.cases.append(await a_case(self.town, self.eve, reporter=ada, **told))
                self.reporters.append(ada)
            self.reports += sorted((await self.town.read(file_of, self.cases[-1])).reports)
        self.stories = await self.town.read(_stories)

    async def do(self, deed: str, first: int, second: Any) -> None:
        self.town.pass_time(minutes=2)
        try:
            await self._do(deed, first, second)
        except Refusal:
            return

    async def _do(self, deed: str, first: int, second: Any) -> None:
        write, eve = self.town.write, self.eve
        match deed:
            case "merge":
                await write(case_merge.merge, eve, self.cases[first], self.cases[second])
            case "unmerge":
                await write(case_merge.unmerge, eve, self.cases[first])
            case "split":
                chosen = [self.reports[first], self.reports[second]]
                of = await self.town.read(_case_of, chosen[0])
                new = await write(case_merge.split, eve, of, chosen)
                self.cases += [new.reference] if new.reference not in self.cases else []
            case "move":
                await write(case_merge.move_report, eve, self.reports[first], self.cases[second])
            case _:
                await self._restrict_or_say(deed, first, second)

    async def _restrict_or_say(self, deed: str, first: int, second: Any) -> None:
        write, eve = self.town.write, self.eve
        match deed:
            case "restrict report":
                await write(restrict_report, eve, self.reports[first], second, "Why")
            case "restrict case":
                await write(restrict_case, eve, self.cases[first], second, "Why")
                for note in (await self.town.read(file_of, self.cases[first])).notes:
                    self.secrets[note] = second
            case "note":
                note = f"note{len(self.secrets)}"
                kind = (await write(case.open_page, eve, self.cases[first])).case.restriction
                await write(message.note_on_case, eve, self.cases[first], note)
                self.secrets[note] = kind
            case _:
                ada, report = await self.town.read(_told_by, self.reports[first], self.reporters)
                await write(message.add, ada, report, f"{self.stories[report]} again")

    async def check(self) -> None:
        """Nothing open lies in what is restricted, and nobody sees a word of what is closed to them."""
        assert await self.town.read(_open_inside) == []
        kinds = await self.town.read(_kinds)
        for watcher in self.watchers:
            closed = [report for report, kind in kinds.items() if kind and kind not in watcher.staff.grants]
            names = [self.stories[report].removeprefix("story") for report in closed]
            words = [f"{what}{name}" for name in names for what in ("story", "place")]
            seen = await self.town.read(_seen, watcher.staff, self.cases, self.reports, words)
            assert [word for word in (*closed, *words) if word in seen] == [], watcher.staff.name
            notes = [note for note, kind in self.secrets.items() if kind and kind not in watcher.staff.grants]
            assert [note for note in notes if f"{note}'" in seen] == [], watcher.staff.name


def _seen(
    session: Session, staff: Staff, cases: Sequence[str], reports: Sequence[str], words: Sequence[str]
) -> str:
    """Return all that somebody sees on pages, in lists and on the map, and which words find something."""
    seen: list[Any] = []
    for page, references in ((pages.case_page, cases), (pages.report_page, reports)):
        for reference in references:
            with suppress(NotFound):
                seen.append(page(session, staff, reference))
    for kind, found in ((Kind.REPORTS, finding.found_reports), (Kind.CASES, finding.found_cases)):
        seen.append(found(session, staff, PROFILE, Filter(kind)))
        points = finding.points(session, staff, PROFILE, Filter(kind))
        seen += [f"place{round((point.lat - SOUTH) * 100)}" for point in points]
        wanted = [Filter(kind, text=word) for word in words]
        seen += [one.text for one in wanted if finding.count(session, staff, PROFILE, one)]
    return repr(seen)


def _stories(session: Session) -> dict[str, str]:
    return {row.reference: row.text for row in session.scalars(select(ReportRow))}


def _kinds(session: Session) -> dict[str, Restriction | None]:
    rows = session.execute(select(ReportRow.reference, ReportRow.restriction))
    return {reference: Restriction(kind) if kind else None for reference, kind in rows}


def _case_of(session: Session, report: str) -> str:
    of = select(CaseRow.reference).join(ReportRow, ReportRow.case_id == CaseRow.id)
    return session.scalars(of.where(ReportRow.reference == report)).one()


def _told_by(session: Session, report: str, people: Sequence[Resident]) -> tuple[Resident, str]:
    who = session.scalars(select(ReportRow.reporter_id).where(ReportRow.reference == report)).one()
    return next(one for one in people if one.id == who), report


def _open_inside(session: Session) -> list[str]:
    """Return what is open though it lies in something restricted."""
    whole = aliased(CaseRow)
    cases = select(CaseRow.reference).join(whole, whole.id == CaseRow.merged_into_id)
    reports = select(ReportRow.reference).join(CaseRow, CaseRow.id == ReportRow.case_id)
    asked = (
        cases.where(CaseRow.restriction.is_(None), whole.restriction.is_not(None)),
        reports.where(ReportRow.restriction.is_(None), CaseRow.restriction.is_not(None)),
    )
    return [reference for one in asked for reference in session.scalars(one)]


@pytest.mark.slow
@settings(
    max_examples=6,
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(script=st.lists(STEPS, min_size=6, max_size=14))
async def test_nobody_sees_what_they_were_not_granted(
    sqlite_databases: SqliteDatabases, script: Sequence[tuple[str, int, Any]]
) -> None:
    url, clock = await sqlite_databases.migrated(), FixedClock(MORNING)
    async with open_store(url, clock) as store:
        town = Town(store, clock)
        watchers = [
            await town.staff("Cleo"),
            await town.staff("Hal", Role.OFFICER, HATE),
            await town.staff("Sid", Role.OFFICER, CHILD),
        ]
        desk = Desk(town, await town.staff("Eve", Role.SUPERVISOR, HATE, CHILD), watchers)
        await desk.fill()
        for step in script:
            await desk.do(*step)
            try:
                await desk.check()
            except AssertionError as error:
                error.add_note(f"{script} up to {step}")
                raise
    await sqlite_databases.drop(url)
