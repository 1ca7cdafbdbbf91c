"""One unit of work: the session a store function acts through, and what it carries.

A unit returns frozen values, never rows; it may run more than once, so it acts only through
its session, whose `commit` and `rollback` raise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NoReturn, cast

from sqlalchemy.orm import Session

from store.domain.clock import Clock
from store.domain.event import Event

_KEY = "unit"


@dataclass(slots=True)
class Unit:
    """What a unit of work leaves behind, for those who act once it is committed.

    `events` are the events it recorded, each with its details; `outgoing` the deliveries it queued;
    `woken` the names of the workers that have something new to do.
    """

    clock: Clock
    events: list[tuple[Event, Mapping[str, Any]]] = field(default_factory=list)
    outgoing: list[Any] = field(default_factory=list)
    woken: set[str] = field(default_factory=set)


Hook = Callable[[Session], None]
Committed = Callable[[Unit], None]


class UnitSession(Session):
    """A session whose transaction belongs to the store."""

    def commit(self) -> NoReturn:
        """Refuse: the store commits."""
        message = "a unit of work does not commit; the store does"
        raise RuntimeError(message)

    def rollback(self) -> NoReturn:
        """Refuse: raise an error instead, and the store rolls back."""
        message = "a unit of work does not roll back; raise an error instead"
        raise RuntimeError(message)


def unit(session: Session) -> Unit:
    """Return what this session's unit carries."""
    return cast("Unit", session.info[_KEY])


def now(session: Session) -> datetime:
    """Return the present instant by the store's clock (aware, UTC)."""
    return unit(session).clock.now()


def begin(session: Session, clock: Clock) -> Unit:
    """Start a unit on a session."""
    started = Unit(clock)
    session.info[_KEY] = started
    return started


@contextmanager
def whole(session: Session) -> Iterator[None]:
    """Do a part of a unit as a whole: nothing of it is left where it raises, for who goes on after that."""
    carried = unit(session)
    events, outgoing, woken = len(carried.events), len(carried.outgoing), set(carried.woken)
    try:
        with session.begin_nested():
            yield
    except BaseException:
        del carried.events[events:], carried.outgoing[outgoing:]
        carried.woken = woken
        raise
