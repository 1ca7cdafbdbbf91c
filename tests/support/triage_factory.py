"""A small town for the triage tests: residents and staff who do things through the real actions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Engine, event, func, select
from sqlalchemy.orm import Session

from store.actions import report, resident, staff
from store.domain.actor import SYSTEM, Channel
from store.domain.clock import FixedClock
from store.domain.entry import Entry
from store.domain.event import Action
from store.domain.reference import Priority, Restriction, SafetyText, Target
from store.domain.report import Identity, Source
from store.domain.resident import Resident
from store.domain.staff import By, Role
from store.engine import Store
from store.tables.event import EventRow
from store.tables.report import ReportRow
from tests.store.domain.small_profile import SMALL, a_category
from tests.support.cycle import ACTION, REVIEW

P = ParamSpec("P")
T = TypeVar("T")
MORNING = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
HARBOUR = {
    "words": "by the harbour",
    "lat": 51.3343,
    "lon": 1.4122,
    "ward": "central-harbour",
    "area": "ramsgate",
}

ENTERED: dict[str, Any] = {
    "category": "noise.domestic",
    "identity": "named",
    "what": "Music all night",
    "where": HARBOUR,
}
PHONED = Entry(Source.PHONE, Identity.NAMED, "pl", "Ada Marsh", "01843 000000", True, ENTERED)
"""What somebody told by phone."""

TARGETS = (Target(Priority.P1, 1, 5), Target(Priority.P3, 5, 20))
PROFILE = replace(
    SMALL,
    categories=(
        a_category(),
        replace(a_category(priority=Priority.P1), code="street.threats"),
        replace(a_category(priority=Priority.P2), code="street.hate", restriction=Restriction.HATE),
        replace(a_category(), code="street.safeguarding", restriction=Restriction.SAFEGUARDING),
    ),
    targets=TARGETS,
    cycle=(REVIEW, ACTION),
    safety_texts=(SafetyText("emergency", 1, {"en": "Call 999."}),),
)


class Town:
    """A store with a clock that stands still, and short ways to fill it."""

    def __init__(self, store: Store, clock: FixedClock) -> None:
        self.store = store
        self.clock = clock
        self._numbers = count(1)
        self.events: list[tuple[str, dict[str, Any]]] = []
        store.committed = lambda done: self.events.extend(
            (told.action, dict(body)) for told, body in done.events
        )

    async def write(self, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.store.write(fn, *args, **kwargs)

    async def twice(self, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do it as somebody does who taps a button twice: the second time gives the same."""
        first = await self.write(fn, *args, **kwargs)
        assert await self.write(fn, *args, **kwargs) == first
        return first

    async def read(self, fn: Callable[Concatenate[Session, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        return await self.store.read(fn, *args, **kwargs)

    async def staff(self, name: str, role: Role = Role.OFFICER, *grants: Restriction) -> By:
        member = await self.write(staff.add, SYSTEM, name.lower(), name, role)
        for kind in grants:
            await self.write(staff.grant, SYSTEM, member.id, kind)
        return By(replace(member, grants=frozenset(grants)), Channel.WEB)

    async def resident(self, name: str = "Ada") -> Resident:
        return await self.write(resident.meet, 1000 + next(self._numbers), name, "en")

    async def report(
        self, reporter: Resident | None = None, category: str = "noise.domestic", **answers: Any
    ) -> str:
        """Send a report a minute after the one before; return its reference."""
        self.pass_time(minutes=1)
        told = {"category": category, "identity": "named", "what": "Music all night", "where": HARBOUR}
        reporter = reporter or await self.resident()
        return (await self.write(report.send, reporter, PROFILE, told | answers)).reference

    def pass_time(self, **by: float) -> None:
        self.clock.advance(timedelta(**by))

    async def report_id(self, reference: str) -> str:
        return await self.read(_report_id, reference)

    async def how_often(self, action: Action) -> int:
        return await self.read(_how_often, action)

    def last(self, action: Action) -> dict[str, Any]:
        """Return the details of the last event of this kind."""
        return [body for done, body in self.events if done == action][-1]


def _report_id(session: Session, reference: str) -> str:
    return session.execute(select(ReportRow.id).where(ReportRow.reference == reference)).scalar_one()


def _how_often(session: Session, action: Action) -> int:
    return session.scalar(select(func.count()).where(EventRow.action == action.value)) or 0


@contextmanager
def counted() -> Iterator[list[str]]:
    """Collect every statement sent to any database, but for those that mark transactions."""
    sent: list[str] = []

    def note(_conn: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.split(maxsplit=1)[0] not in {"BEGIN", "SAVEPOINT", "RELEASE", "SET"}:
            sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)
