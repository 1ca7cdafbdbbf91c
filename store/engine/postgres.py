"""PostgreSQL through asyncpg: any number of processes, conflicts retried."""

from __future__ import annotations

import asyncio
import hashlib
import random
from collections.abc import Awaitable, Callable
from typing import Any, Concatenate

from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from store.domain.clock import Clock
from store.engine.base import P, Store, T
from store.engine.connect import postgres_engine
from store.engine.unit import Unit, UnitSession, begin

POOL_SIZE = 14
TRIES = 6
RETRY_SECONDS = 0.02
LOCK_RETRY_SECONDS = 1.0
LOCK_WATCH_SECONDS = 5.0
RETRIED_STATES = frozenset({"40001", "40P01"})


class PostgresStore(Store):
    """The store that grows: units of work on a pool of connections."""

    dialect = "postgresql"

    def __init__(self, url: str, clock: Clock | None = None, pool_size: int = POOL_SIZE) -> None:
        super().__init__(clock)
        self.engine: AsyncEngine = postgres_engine(url, pool_size)
        self._running: set[asyncio.Future[Any]] = set()

    async def write(
        self, fn: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run the unit in one transaction; conflicts are retried, cancelling does not stop it."""
        work = asyncio.get_running_loop().create_task(
            self._write(lambda session: fn(session, *args, **kwargs))
        )
        self._running.add(work)
        work.add_done_callback(self._done)
        return await asyncio.shield(work)

    async def read(self, fn: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the unit in a read-only transaction."""

        def run(session: Session) -> T:
            begin(session, self.clock)
            session.execute(text("SET TRANSACTION READ ONLY"))
            return fn(session, *args, **kwargs)

        async with AsyncSession(self.engine, sync_session_class=UnitSession) as session:
            return await session.run_sync(run)

    async def exclusively(self, name: str, part: Callable[[], Awaitable[None]]) -> None:
        """Run the part under a lock that PostgreSQL releases when this process dies.

        When the connection that holds the lock breaks, the part is stopped.
        """
        key = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big", signed=True)
        async with self.engine.connect() as opened:
            connection = await opened.execution_options(isolation_level="AUTOCOMMIT")
            while not await connection.scalar(select(func.pg_try_advisory_lock(key))):  # noqa: ASYNC110
                await asyncio.sleep(LOCK_RETRY_SECONDS)
            try:
                async with asyncio.TaskGroup() as tasks:
                    watch = tasks.create_task(_watch(connection))
                    await part()
                    watch.cancel()
            finally:
                await connection.invalidate()

    async def close(self) -> None:
        """Finish the units under way, then close the pool."""
        if self._running:
            await asyncio.wait(self._running)
        await self.engine.dispose()

    def _done(self, work: asyncio.Future[Any]) -> None:
        self._running.discard(work)
        if not work.cancelled():
            work.exception()

    async def _write(self, run: Callable[[Session], T]) -> T:
        for attempt in range(1, TRIES + 1):
            try:
                result, finished = await self._once(run)
            except (DBAPIError, StaleDataError) as error:
                if attempt == TRIES or not _is_conflict(error):
                    raise
                await asyncio.sleep(random.uniform(0, RETRY_SECONDS * 2**attempt))  # noqa: S311
            else:
                self.tell(finished)
                return result
        raise AssertionError

    async def _once(self, run: Callable[[Session], T]) -> tuple[T, Unit]:
        async with AsyncSession(
            self.engine, sync_session_class=UnitSession, expire_on_commit=False
        ) as session:
            started = begin(session.sync_session, self.clock)
            async with session.begin():
                result = await session.run_sync(run)
                await session.run_sync(self.before_commit)
        return result, started


async def _watch(connection: AsyncConnection) -> None:
    """Raise as soon as the connection that holds a lock is gone."""
    while True:
        await asyncio.sleep(LOCK_WATCH_SECONDS)
        await connection.execute(text("SELECT 1"))


def _is_conflict(error: Exception) -> bool:
    if isinstance(error, StaleDataError):
        return True
    state = getattr(getattr(error, "orig", None), "sqlstate", None)
    return state in RETRIED_STATES
