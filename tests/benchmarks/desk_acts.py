"""What people do at the desk: each act once through the store alone, and as a page of the real web."""

from __future__ import annotations

import asyncio
import http.client
import itertools
import random
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any, Self

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from handlers.web.guards import SIGN_IN
from notifications.outbox import Outbox
from store.actions import case, report, resident
from store.domain.actor import Channel
from store.domain.clock import FixedClock
from store.domain.finding import Kind, parse
from store.domain.resident import Resident
from store.domain.staff import By, Role, Staff
from store.engine import Store
from store.queries import finding, own_reports, reports, suggestions
from store.tables.case import CaseRow
from store.tables.report import ReportRow
from store.tables.resident import ResidentRow
from tests.benchmarks.desk_figures import Figures, Meter
from tests.benchmarks.desk_town import Town
from tests.support import console, triage_factory

SAMPLE = 200
SENDERS = 100
STAFF_GROUP = -100_1
Do = Callable[[list[float]], Awaitable[object]]
"""Does it once; CPU seconds that are not the program's own go into the list."""


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do, again and again."""

    name: str
    do: Do


async def measure(acts: Sequence[Act], rounds: int) -> list[Figures]:
    """Do the same act at several desks in turn: once unmeasured, then `rounds` times.

    Whatever else the machine is busy with then slows all of them alike.
    """
    figures = [Figures(act.name) for act in acts]
    for act in acts:
        await act.do([])
    with Meter() as meter:
        for _ in range(rounds):
            for act, found in zip(acts, figures, strict=True):
                others: list[float] = []
                with meter.measure(found, others):
                    await act.do(others)
    return figures


class Desk:
    """An officer at work over a filled store."""

    def __init__(self, store: Store, town: Town) -> None:
        self._store = store
        self._town = town
        self._stack = AsyncExitStack()
        self._dice = random.Random(7)
        self._staff = Staff(town.officers[0], "Officer 1", Role.OFFICER)
        self._cookie = ""
        self._port = 0

    async def __aenter__(self) -> Self:
        self._cases = itertools.cycle(await self._store.read(_some, CaseRow.reference, CaseRow))
        self._reports = itertools.cycle(await self._store.read(_some, ReportRow.reference, ReportRow))
        self._persons = itertools.cycle(await self._store.read(_frequent))
        meet = (self._store.write(resident.meet, 50 + number, "Ada", "en") for number in range(SENDERS))
        self._senders = itertools.cycle([await one for one in meet])
        self._store.before_commit = Outbox(
            STAFF_GROUP, "http://localhost", lambda: self._town.profile
        ).publish
        await self._open_web()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self._stack.aclose()

    def acts(self) -> Iterator[Act]:
        """Return every act, in the order of the table."""
        yield Act("create", self._create)
        yield Act("queue of 20", self._list([]))
        yield Act("list of 20", self._list([("view", "all")]))
        yield Act("list of 100", self._list([("view", "all")], finding.LONG_PAGE))
        yield Act("list by status", self._list([("view", "signposted")]))
        yield Act("text search", self._list([("view", "all"), ("q", "mattress bins")]))
        yield Act("text search of all", lambda _: self._everywhere())
        yield Act("map", self._map)
        yield Act("list by reporter", lambda _: self._by_reporter())
        yield Act("case page", lambda _: self._case())
        yield Act("near by", lambda _: self._near())
        for name, path in PAGES:
            yield Act(f"{name}, web", self._page(path))
        yield Act("case page, web", self._case_page)

    def _list(self, pairs: list[tuple[str, str]], size: int = finding.ONE_PAGE) -> Do:
        wanted = parse(Kind.REPORTS, pairs)
        found, staff, profile = finding.found_reports, self._staff, self._town.profile
        return lambda _: self._store.read(found, staff, profile, wanted, "", size)

    async def _everywhere(self) -> None:
        await self._store.read(finding.everywhere, self._staff, self._town.profile, "mattress bins", 10)

    async def _map(self, _others: list[float]) -> None:
        wanted = parse(Kind.REPORTS, [("view", "all")])
        await self._store.read(finding.points, self._staff, self._town.profile, wanted)

    async def _create(self, _others: list[float]) -> None:
        place = self._dice.choice(self._town.profile.wards)
        where = {"words": "by the shops", "lat": place.lat, "lon": place.lon, "ward": place.code}
        told = {"category": "noise.domestic", "identity": "named", "what": "Music all night", "where": where}
        await self._store.write(report.send, next(self._senders), self._town.profile, told)

    async def _by_reporter(self) -> object:
        return await self._store.read(own_reports.listing, next(self._persons), 20)

    async def _case(self) -> object:
        return await self._store.write(case.open_page, By(self._staff, Channel.WEB), next(self._cases))

    async def _near(self) -> object:
        return await self._store.read(_near, self._staff, next(self._reports))

    # ------------------------------------------------------------------ pages

    async def _open_web(self) -> None:
        clock = FixedClock(self._store.clock.now())
        self._store.clock = clock
        town = triage_factory.Town(self._store, clock)
        served = console.running_console(town, profile=self._town.profile)
        desk = await self._stack.enter_async_context(served)
        visitor = desk.visitor()
        await visitor.sign_in(await desk.staff("cleo"))
        cookies = visitor.client.session.cookie_jar.filter_cookies(visitor.client.make_url("/console"))
        self._cookie = "; ".join(f"{name}={cookie.value}" for name, cookie in cookies.items())
        self._port = desk.server.port or 0

    def _page(self, path: str) -> Do:
        return lambda others: asyncio.to_thread(self._fetch, path, others)

    async def _case_page(self, others: list[float]) -> None:
        await asyncio.to_thread(self._fetch, f"/console/cases/{next(self._cases)}", others)

    def _fetch(self, path: str, others: list[float]) -> None:
        """Get a page from this thread, whose CPU is the browser's."""
        began = time.thread_time()
        connection = http.client.HTTPConnection("127.0.0.1", self._port)
        connection.request("GET", path, headers={"Cookie": self._cookie})
        answer = connection.getresponse()
        answer.read()
        connection.close()
        if answer.status != http.HTTPStatus.OK or answer.getheader("Location") == SIGN_IN:
            raise RuntimeError(f"{path} answered {answer.status}")
        others.append(time.thread_time() - began)


PAGES = (
    ("list of 20", "/console/reports?view=all"),
    ("list of 100", "/console/reports?view=all&per=100"),
    ("list by status", "/console/reports?view=signposted"),
    ("map", "/console/map?view=all"),
)


def _some(session: Session, column: Any, table: Any) -> list[str]:
    """Return references of unrestricted records, from all over the table."""
    step = max(1, (session.scalar(select(func.count()).select_from(table)) or 0) // SAMPLE)
    found = session.scalars(select(column).where(table.restriction.is_(None)).order_by(column)).all()
    return list(found[::step])[:SAMPLE]


def _frequent(session: Session) -> list[Resident]:
    """Return people who reported often."""
    often = (
        select(ReportRow.reporter_id).group_by(ReportRow.reporter_id).order_by(func.count().desc()).limit(50)
    )
    rows = session.scalars(select(ResidentRow).where(ResidentRow.id.in_(often)))
    return [Resident(row.id, row.chat_id or 0, row.name, row.language) for row in rows]


def _near(session: Session, staff: Staff, reference: str) -> object:
    """Look for what lies near a report, as its page does."""
    row = session.scalars(select(ReportRow).where(ReportRow.reference == reference)).one()
    return suggestions.suggestions(session, staff, reports.view(row))
