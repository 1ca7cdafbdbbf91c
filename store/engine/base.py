"""What both databases have in common: the store as the rest of the program sees it."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from typing import Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy.orm import Session

from store.domain.clock import Clock, SystemClock
from store.engine.unit import Committed, Hook, Unit

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")


def _nothing(_session: Session) -> None:
    """Do nothing before a commit."""


def _nobody(_unit: Unit) -> None:
    """Tell nobody after a commit."""


class Store(ABC):
    """The database, reached only through units of work.

    `before_commit(session)` runs at the end of every write, inside its transaction;
    `committed(unit)` runs after the commit, on the event loop. Both may be set once, at wiring.
    """

    dialect: str

    def __init__(self, clock: Clock | None = None) -> None:
        self.clock: Clock = clock or SystemClock()
        self.before_commit: Hook = _nothing
        self.committed: Committed = _nobody

    @abstractmethod
    async def write(
        self, fn: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run `fn(session, ...)` in one transaction and return its result once committed."""

    @abstractmethod
    async def read(self, fn: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run `fn(session, ...)` where nothing can be written."""

    @abstractmethod
    async def exclusively(self, name: str, part: Callable[[], Awaitable[None]]) -> None:
        """Run a part that only one process at a time may run; wait while another one does."""

    @abstractmethod
    async def close(self) -> None:
        """Finish what is under way and let go of the database."""

    def tell(self, unit: Unit) -> None:
        """Tell whoever listens of a committed unit; their trouble must not hold up the store."""
        try:
            self.committed(unit)
        except Exception:
            log.exception("Somebody could not hear of a commit.", extra={"action": "store.deaf"})

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.close()
