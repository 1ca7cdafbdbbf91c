"""What a unit of work promises, whichever database it runs on."""

from __future__ import annotations

import asyncio
import sqlite3
import traceback
from collections.abc import Callable

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.orm import Session

from store.engine import DatabaseAddressError, Store, Unit, is_transient, open_store, unit, whole
from tests.store.engine import counters
from tests.support.waiting import eventually


async def test_the_result_of_a_unit_is_returned_once_it_is_there_for_others(store: Store) -> None:
    assert await store.write(counters.add, "ada", n=7) == "ada"
    assert await store.read(counters.value, "ada") == 7


async def test_an_error_takes_back_its_own_unit_and_spares_those_beside_it(store: Store) -> None:
    def fail(session: Session) -> None:
        counters.add(session, "lost")
        raise ValueError("no")

    results = await asyncio.gather(
        store.write(counters.add, "before"),
        store.write(fail),
        store.write(counters.add, "after"),
        return_exceptions=True,
    )
    assert results[0] == "before"
    assert isinstance(results[1], ValueError)
    assert results[2] == "after"
    assert await store.read(counters.names) == {"before", "after"}


async def test_a_refused_statement_spares_the_units_beside_it(store: Store) -> None:
    await store.write(counters.add, "taken")
    results = await asyncio.gather(
        store.write(counters.add, "one"),
        store.write(counters.add, "taken"),
        store.write(counters.add, "two"),
        return_exceptions=True,
    )
    assert isinstance(results[1], IntegrityError)
    assert await store.read(counters.names) == {"taken", "one", "two"}


@pytest.mark.parametrize("ending", [Session.commit, Session.rollback])
async def test_a_unit_may_not_end_the_transaction_it_runs_in(
    store: Store, ending: Callable[[Session], None]
) -> None:
    def end(session: Session) -> None:
        counters.add(session, "half")
        getattr(session, ending.__name__)()

    with pytest.raises(RuntimeError, match="a unit of work does not"):
        await store.write(end)
    assert await store.read(counters.names) == set()


async def test_whoever_stops_waiting_does_not_stop_the_unit(store: Store) -> None:
    waiter = asyncio.ensure_future(store.write(counters.add, "ada"))  # noqa: TID251 - to be cancelled
    await asyncio.sleep(0)
    waiter.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiter

    async def there() -> bool:
        return await store.read(counters.names) == {"ada"}

    await eventually(there)


async def test_a_cancelled_error_inside_a_unit_ends_that_unit_only(store: Store) -> None:
    def cancelled(session: Session) -> None:
        counters.add(session, "lost")
        raise asyncio.CancelledError

    with pytest.raises(asyncio.CancelledError):
        await store.write(cancelled)
    await store.write(counters.add, "kept")
    assert await store.read(counters.names) == {"kept"}


async def test_a_reader_cannot_write(store: Store) -> None:
    with pytest.raises(DBAPIError, match=r"readonly|read-only"):
        await store.read(counters.add, "sly")
    assert await store.read(counters.names) == set()


async def test_the_hook_runs_in_the_transaction_and_its_error_takes_the_unit_back(store: Store) -> None:
    def note(session: Session) -> None:
        counters.add(session, f"seen {len(counters.names(session))}")

    store.before_commit = note
    await store.write(counters.add, "ada")
    assert await store.read(counters.names) == {"ada", "seen 1"}

    def refuse(_session: Session) -> None:
        raise ValueError("not so")

    store.before_commit = refuse
    with pytest.raises(ValueError, match="not so"):
        await store.write(counters.add, "ben")
    assert await store.read(counters.names) == {"ada", "seen 1"}


async def test_those_who_listen_hear_of_each_committed_unit_and_of_no_other(store: Store) -> None:
    heard: list[set[str]] = []

    def listen(done: Unit) -> None:
        heard.append(done.woken)

    def work(session: Session, name: str, *, fail: bool = False) -> None:
        unit(session).woken.add(name)
        if fail:
            raise ValueError(name)

    store.committed = listen
    await asyncio.gather(
        store.write(work, "ada"), store.write(work, "bad", fail=True), return_exceptions=True
    )
    await store.read(work, "reader")
    assert heard == [{"ada"}]


async def test_a_listener_in_trouble_holds_up_neither_the_unit_nor_those_after_it(store: Store) -> None:
    def deaf(_done: Unit) -> None:
        raise ValueError("what?")

    store.committed = deaf
    assert await asyncio.gather(store.write(counters.add, "ada"), store.write(counters.add, "ben"))
    assert await store.read(counters.names) == {"ada", "ben"}


async def test_closing_finishes_what_is_under_way(database_url: str) -> None:
    async with open_store(database_url) as store:
        await counters.prepare(store)
        waiters = [
            asyncio.ensure_future(store.write(counters.add, str(n)))  # noqa: TID251 - closed while they wait
            for n in range(20)
        ]
        await asyncio.sleep(0)
    await asyncio.gather(*waiters)
    async with open_store(database_url) as again:
        assert len(await again.read(counters.names)) == 20


@pytest.mark.parametrize("url", ["mysql://localhost/foreland", "sqlite://"])
def test_other_addresses_are_refused_in_one_line(url: str) -> None:
    with pytest.raises(DatabaseAddressError, match="DATABASE_URL must start with"):
        open_store(url)


async def test_an_error_holds_no_value_that_was_written(store: Store) -> None:
    name, words = (f"secret-{n}" for n in range(2))
    await store.write(counters.add, name)
    with pytest.raises(IntegrityError) as caught:
        await store.write(counters.add, name, words=words)
    assert "secret-" not in "".join(traceback.format_exception(caught.value)).replace("secret-{", "")


async def test_a_value_that_does_not_fit_is_not_told_either(store: Store) -> None:
    number = f"secret-{store.dialect}"

    def mistake(session: Session) -> None:
        session.execute(text("INSERT INTO counters VALUES ('a', :n, '')"), {"n": number})
        session.execute(text("SELECT 1 FROM nowhere WHERE x = :n"), {"n": number})

    with pytest.raises(DBAPIError) as caught:
        await store.write(mistake)
    assert number not in "".join(traceback.format_exception(caught.value))


def test_what_passes_by_itself_is_told_from_what_does_not() -> None:
    locked = OperationalError("x", None, sqlite3.OperationalError("database is locked"))
    refused = OperationalError("x", None, sqlite3.OperationalError("no such table: x"))
    lost = DBAPIError("x", None, Exception("gone"), connection_invalidated=True)
    assert is_transient(locked)
    assert is_transient(lost)
    assert is_transient(ConnectionRefusedError())
    assert not is_transient(refused)
    assert not is_transient(ValueError())


async def test_a_part_that_fails_leaves_nothing_to_a_unit_that_goes_on(store: Store) -> None:
    def fail(session: Session) -> None:
        with whole(session):
            counters.add(session, "lost")
            unit(session).woken.add("sender")
            unit(session).outgoing.append("second")
            raise ValueError("no")

    def half(session: Session) -> Unit:
        counters.add(session, "kept")
        unit(session).woken.add("sealer")
        unit(session).outgoing.append("first")
        with pytest.raises(ValueError, match="no"):
            fail(session)
        with whole(session):
            counters.add(session, "after")
        return unit(session)

    carried = await store.write(half)
    assert await store.read(counters.names) == {"kept", "after"}
    assert (carried.woken, carried.outgoing) == ({"sealer"}, ["first"])
