"""SQLite: one writer that commits in groups, and readers that cannot write.

Units run on the event loop, a savepoint each; only the COMMIT (which waits for the disk) is
handed to a thread. While it runs, the next group gathers. So a turn costs no thread switch of
its own and the loop never waits for the disk.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
import time
from collections import deque
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Concatenate

from sqlalchemy import Connection, Engine, Transaction
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from store.domain.clock import Clock
from store.engine.base import P, Store, T
from store.engine.connect import reader_engine, writer_engine
from store.engine.trouble import is_locked
from store.engine.unit import Unit, UnitSession, begin

log = logging.getLogger(__name__)

GROUP_SECONDS = 0.02
LOCK_WAIT_SECONDS = 10.0
LOCK_RETRY_SECONDS = 0.005
READERS = 4


@dataclass(slots=True, eq=False)
class _Work:
    """One unit waiting to be written. `alone`: its group failed, so it runs by itself."""

    run: Callable[[Session], Any]
    future: asyncio.Future[Any]
    alone: bool = False
    result: Any = None
    error: BaseException | None = None
    unit: Unit | None = None


class SqliteStore(Store):
    """The embedded store: one file, one process."""

    dialect = "sqlite"

    def __init__(self, path: str | Path, clock: Clock | None = None) -> None:
        super().__init__(clock)
        self._writer: Engine = writer_engine(path)
        self._reader: Engine = reader_engine(path, READERS)
        self._connection: Connection = self._writer.connect()
        self._disk = ThreadPoolExecutor(1, "store-commit")
        self._readers = ThreadPoolExecutor(READERS, "store-read")
        self._queue: deque[_Work] = deque()
        self._group: list[_Work] = []
        self._idle = asyncio.Event()
        self._idle.set()
        self._locked_since: float | None = None

    async def write(
        self, fn: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs
    ) -> T:
        """Run the unit with the next group; the result comes once the group is on disk."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._queue.append(_Work(lambda session: fn(session, *args, **kwargs), future))
        if self._idle.is_set():
            self._idle.clear()
            loop.call_soon(self._next_group, loop)
        return await future

    async def read(self, fn: Callable[Concatenate[Session, P], T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run the unit on a reader's connection, in a thread."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(
            self._readers, partial(self._read, lambda session: fn(session, *args, **kwargs))
        )

    async def exclusively(  # noqa: D102 - the base class says it
        self,
        name: str,  # noqa: ARG002 - there is one process
        part: Callable[[], Awaitable[None]],
    ) -> None:
        await part()

    async def close(self) -> None:
        """Finish the groups under way, then close every connection."""
        await self._idle.wait()
        self._disk.shutdown()
        self._readers.shutdown()
        self._connection.close()
        self._writer.dispose()
        self._reader.dispose()

    def _read(self, run: Callable[[Session], T]) -> T:
        with self._reader.connect() as connection, UnitSession(bind=connection) as session:
            begin(session, self.clock)
            return run(session)

    def _next_group(self, loop: asyncio.AbstractEventLoop) -> None:
        """Run and commit what waits. Whatever goes wrong, the group is told and the next one comes."""
        if not self._queue:
            self._idle.set()
            return
        self._group = []
        try:
            self._open_group(loop)
        except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 - given to the waiters
            self._broken(loop, error)

    def _open_group(self, loop: asyncio.AbstractEventLoop) -> None:
        """Open a transaction, run what waits for at most `GROUP_SECONDS`, hand over to commit."""
        try:
            transaction = self._connection.begin()
        except OperationalError as error:
            if not is_locked(error):
                raise
            self._wait_for_lock(loop, error)
            return
        self._locked_since = None
        self._run_group()
        if not _in_transaction(self._connection):
            self._forget(transaction)
            self._lost(self._group, self._group[-1].error or RuntimeError("the transaction is gone"))
            loop.call_soon(self._next_group, loop)
            return
        commit = loop.run_in_executor(self._disk, transaction.commit)
        commit.add_done_callback(partial(self._finish, loop, transaction))

    def _broken(self, loop: asyncio.AbstractEventLoop, error: BaseException) -> None:
        """Give the error to the group, or to who waits first; go on with a fresh connection."""
        log.error(
            "The store's connection is replaced after %s.",
            type(error).__name__,
            extra={"action": "store.broken"},
        )
        if not self._group and self._queue:
            self._group.append(self._queue.popleft())
        for work in self._group:
            work.error = work.error or error
            _settle(work)
        self._replace_connection()
        loop.call_later(LOCK_RETRY_SECONDS, self._next_group, loop)

    def _replace_connection(self) -> None:
        """Connect anew; where that fails too, the next group finds out and we come here again."""
        with contextlib.suppress(Exception):
            self._connection.invalidate()
        with contextlib.suppress(Exception):
            self._connection.close()
        with contextlib.suppress(Exception):
            self._writer.dispose()
        with contextlib.suppress(Exception):
            self._connection = self._writer.connect()

    def _forget(self, transaction: Transaction) -> None:
        """Leave no transaction open; a connection that cannot end its own is replaced."""
        try:
            _roll_back(self._connection, transaction)
        except Exception:
            log.exception("A transaction could not be ended.", extra={"action": "store.broken"})
            self._replace_connection()

    def _wait_for_lock(self, loop: asyncio.AbstractEventLoop, error: OperationalError) -> None:
        """Try again soon while another process writes; give up on one unit after a while."""
        now = time.monotonic()
        self._locked_since = self._locked_since or now
        if now - self._locked_since > LOCK_WAIT_SECONDS:
            self._locked_since = None
            work = self._queue.popleft()
            work.error = error
            _settle(work)
        loop.call_later(LOCK_RETRY_SECONDS, self._next_group, loop)

    def _run_group(self) -> None:
        until = time.perf_counter() + GROUP_SECONDS
        group = self._group
        while self._queue and (not group or time.perf_counter() < until):
            if group and (self._queue[0].alone or group[0].alone):
                break
            work = self._queue.popleft()
            group.append(work)
            self._run_one(work)
            if work.error is not None and not _in_transaction(self._connection):
                break

    def _run_one(self, work: _Work) -> None:
        """Run one unit in a savepoint of our own: the session's costs as much as three statements."""
        session = UnitSession(
            bind=self._connection,
            join_transaction_mode="rollback_only",
            expire_on_commit=False,
        )
        work.unit = begin(session, self.clock)
        work.error = None
        try:
            self._savepoint("SAVEPOINT unit")
            work.result = work.run(session)
            self.before_commit(session)
            Session.commit(session)
        except (Exception, asyncio.CancelledError) as error:  # noqa: BLE001 - given to the waiter
            work.error = error
        finally:
            session.close()
        self._end_savepoint(work)

    def _end_savepoint(self, work: _Work) -> None:
        """Keep the unit's work, or undo it; if the whole transaction is gone there is nothing to undo."""
        try:
            if work.error is not None:
                self._savepoint("ROLLBACK TO unit")
            self._savepoint("RELEASE unit")
        except sqlite3.Error as error:
            work.error = work.error or error

    def _savepoint(self, statement: str) -> None:
        driver: Any = self._connection.connection.dbapi_connection
        driver.execute(statement)

    def _finish(
        self, loop: asyncio.AbstractEventLoop, transaction: Transaction, commit: asyncio.Future[None]
    ) -> None:
        """Tell the waiters; where the whole group was lost, run each of its units by itself."""
        failure = asyncio.CancelledError() if commit.cancelled() else commit.exception()
        if failure is not None:
            self._forget(transaction)
            self._lost(self._group, failure)
        else:
            for work in self._group:
                if work.error is None and work.unit is not None:
                    self.tell(work.unit)
                _settle(work)
        self._next_group(loop)

    def _lost(self, group: list[_Work], failure: BaseException) -> None:
        if len(group) == 1:
            group[0].error = group[0].error or failure
            _settle(group[0])
            return
        for work in reversed(group):
            work.alone = True
            self._queue.appendleft(work)


def _in_transaction(connection: Connection) -> bool:
    driver: Any = connection.connection.dbapi_connection
    return bool(driver.in_transaction)


def _roll_back(connection: Connection, transaction: Transaction) -> None:
    """Leave no transaction open after a failed COMMIT."""
    try:
        transaction.rollback()
    finally:
        driver: Any = connection.connection.dbapi_connection
        if driver.in_transaction:
            driver.rollback()


def _settle(work: _Work) -> None:
    if work.future.done():
        return
    if isinstance(work.error, StopIteration):  # which no future takes
        work.future.set_exception(RuntimeError("a unit raised StopIteration"))
    elif work.error is not None:
        work.future.set_exception(work.error)
    else:
        work.future.set_result(work.result)
