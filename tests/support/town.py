"""A small cast for whole stories: residents Ada and Ben, stranger Dan, officer Cleo."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import func, select

from bot.emulator import Bubble, Emulator, Group, Person
from store.actions import staff, triage
from store.domain.actor import SYSTEM, Channel
from store.domain.draft import Draft
from store.domain.reference import Restriction
from store.domain.report import ReportView
from store.domain.staff import By, Role
from store.domain.triage import ReportPage
from store.engine import Session
from store.queries import chat
from store.tables.event import EventRow
from store.tables.inbox import PARKED, InboxRow
from tests.support.form import REFERENCE, fill
from tests.support.house import House, until

P = ParamSpec("P")
T = TypeVar("T")
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Town:
    """The people of one test in a house that may hold those of others."""

    house: House
    ada: Person
    ben: Person
    dan: Person
    cleo: Person
    officer: By

    @property
    def emulator(self) -> Emulator:
        return self.house.emulator

    @property
    def desk(self) -> Group:
        return self.house.desk

    async def report(self, person: Person, **answers: Any) -> str:
        """Send a report by taps; `answers` by step replace the usual ones. Its reference."""
        person.say("/report")
        await person.wait_for("danger")
        return reference_in(await fill(person, **answers))

    async def staff_does(
        self, fn: Callable[Concatenate[Session, By, P], T], *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Let Cleo do something."""
        return await self.house.write(fn, self.officer, *args, **kwargs)

    async def page(self, reference: str) -> ReportPage:
        """Look at a report as an officer with every grant does."""
        trusted = await self._trusted()
        return await self.house.write(triage.open_report, trusted, reference)

    async def kept(self, reference: str) -> ReportView:
        return (await self.page(reference)).report

    async def _trusted(self) -> By:
        name = f"trusted{next(_numbers)}"
        member = await self.house.write(staff.add, SYSTEM, name, "Trusted", Role.OFFICER)
        grants = frozenset(Restriction)
        return By(type(member)(member.id, member.name, member.role, None, grants), Channel.WEB)

    async def open_draft(self, person: Person) -> Draft:
        """Return the form this person is filling in; there must be one."""
        draft = await self.draft(person)
        assert draft is not None
        return draft

    async def draft(self, person: Person) -> Draft | None:
        return (await self.house.read(chat.who, person.id)).draft

    async def parked(self) -> int:
        return await self.house.read(_parked)

    async def events(self) -> int:
        return await self.house.read(_events)

    async def settled(self) -> None:
        """Wait until everything taken in is handled and everything due is sent."""
        app = self.house.app
        await until(lambda: not self.emulator.pending and not app.dispatcher.waiting)
        await until(lambda: not app.sender.waiting)

    def pass_time(self, **by: float) -> None:
        self.house.clock.advance(timedelta(**by))


async def move_in(house: House) -> Town:
    """Let a new cast move in."""
    ada, ben, dan, cleo = (house.emulator.person(name) for name in ("Ada", "Ben", "Dan", "Cleo"))
    house.desk.add(cleo)
    member = await house.write(_officer, f"cleo{next(_numbers)}", cleo.id)
    return Town(house, ada, ben, dan, cleo, member)


async def guardian(
    town: Town, chat_id: int | None = None, kind: Restriction = Restriction.SAFEGUARDING
) -> By:
    """Return a supervisor who is granted this kind, perhaps with a linked chat."""
    name = f"guardian{next(_numbers)}"
    member = await town.house.write(staff.add, SYSTEM, name, "Guardian", Role.SUPERVISOR)
    if chat_id is not None:
        code = await town.house.write(staff.start_link, member.id)
        await town.house.write(staff.link, code, chat_id)
    await town.house.write(staff.grant, SYSTEM, member.id, kind)
    return By(type(member)(member.id, member.name, member.role, chat_id, frozenset({kind})), Channel.WEB)


def _officer(session: Session, username: str, chat_id: int) -> By:
    member = staff.add(session, SYSTEM, username, "Cleo Example", Role.OFFICER)
    return By(staff.link(session, staff.start_link(session, member.id), chat_id), Channel.CHAT)


def reference_in(bubble: Bubble) -> str:
    """Return the reference that a message names."""
    found = REFERENCE.search(bubble.text)
    assert found, f"no reference in {bubble.text!r}"
    return found.group()


def said_since(person: Person) -> Sequence[str]:
    """Return what the bot wrote or changed since the person's last deed."""
    return [bubble.text for bubble in person.news]


def _parked(session: Session) -> int:
    return session.scalar(select(func.count()).where(InboxRow.state == PARKED)) or 0


def _events(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(EventRow)) or 0
