"""The record and its chain: whatever is changed afterwards shows, and what may be erased may be erased."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import func, insert, select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from store.actions import event, seal
from store.domain.actor import SYSTEM
from store.domain.event import GENESIS, Action, chain_hash
from store.domain.seal import Head
from store.engine.sqlite import SqliteStore
from store.queries import events
from store.tables import ids as ids_module
from store.tables.event import EventDetailRow, EventRow, SealRow
from tests.support.triage_factory import Town

COUNT = 5
TRIGGERS = [(table, verb) for table in ("events", "seals") for verb in ("update", "delete")]


def record(session: Session, number: int) -> int:
    done = event.record(session, SYSTEM, Action.NOTE_ADDED, ("case", "c1"), {"text": f"words {number}"})
    return done.id


def ids(session: Session) -> Sequence[int]:
    return session.scalars(select(EventRow.id).order_by(EventRow.id)).all()


def tamper(session: Session, *statements: str) -> None:
    """Do what the database refuses, as somebody who owns its file could."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    if sqlite:
        session.execute(text("PRAGMA defer_foreign_keys = ON"))
    for table, verb in TRIGGERS:
        session.execute(text(f"DROP TRIGGER {table}_no_{verb}" + ("" if sqlite else f" ON {table}")))
    if not sqlite:
        session.execute(text("ALTER TABLE seals DROP CONSTRAINT fk_seals_event_id_events"))
        session.execute(text("ALTER TABLE event_details DROP CONSTRAINT fk_event_details_event_id_events"))
    for statement in statements:
        session.execute(text(statement))


@pytest.fixture
async def chain(town: Town) -> list[int]:
    """Five events, sealed; their ids."""
    for number in range(COUNT):
        await town.write(record, number)
    await town.write(seal.seal)
    return list(await town.read(ids))


async def verified(town: Town, known: Head | None = None) -> list[str]:
    return await town.read(events.verify, known)


async def test_a_chain_nobody_touched_is_in_order(town: Town, chain: list[int]) -> None:
    head = await town.read(seal.head)
    assert head.seq == COUNT
    assert await verified(town, head) == []


async def test_an_empty_chain_is_in_order(town: Town) -> None:
    assert await town.read(seal.head) == Head(0, GENESIS)
    assert await verified(town) == []


async def test_sealing_goes_on_where_it_stopped(town: Town, chain: list[int]) -> None:
    before = await town.read(seal.head)
    await town.write(record, 6)
    after, count = await town.write(seal.seal)
    assert (after.seq, count) == (COUNT + 1, 1)
    assert await town.write(seal.seal) == (after, 0)
    assert await verified(town, before) == []


async def test_an_event_holds_no_word_of_its_details(town: Town, chain: list[int]) -> None:
    def digests(session: Session) -> Sequence[str]:
        return session.scalars(select(EventRow.digest)).all()

    same = [await town.write(record, 1) for _ in range(2)]
    assert len(set(same)) == 2
    found = await town.read(digests)
    assert len(set(found)) == COUNT + 2, "the same words have another digest each time"


async def test_an_event_of_a_unit_that_failed_is_not_there(town: Town) -> None:
    def fail(session: Session) -> None:
        record(session, 1)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await town.write(fail)
    assert await town.read(ids) == []


@pytest.mark.parametrize(("table", "verb"), TRIGGERS)
async def test_the_database_itself_refuses_to_change_the_past(
    town: Town, chain: list[int], table: str, verb: str
) -> None:
    change = f"DELETE FROM {table}" if verb == "delete" else f"UPDATE {table} SET {_column(table)} = 'x'"

    def try_it(session: Session) -> None:
        session.execute(text(change))

    with pytest.raises(DBAPIError, match="append only"):
        await town.write(try_it)
    assert await verified(town) == []


def _column(table: str) -> str:
    return "action" if table == "events" else "hash"


CHANGES = {
    "the actor": "UPDATE events SET actor_id = 'somebody' WHERE id = {third}",
    "the way in": "UPDATE events SET channel = 'web' WHERE id = {third}",
    "the action": "UPDATE events SET action = 'case.closed' WHERE id = {third}",
    "the subject": "UPDATE events SET subject_id = 'c2' WHERE id = {third}",
    "the digest": "UPDATE events SET digest = 'd' WHERE id = {third}",
    "a link": "UPDATE seals SET hash = 'h' WHERE seq = 3",
}


@pytest.mark.parametrize("change", CHANGES)
async def test_a_changed_row_shows(town: Town, chain: list[int], change: str) -> None:
    await town.write(tamper, CHANGES[change].format(third=chain[2]))
    assert await verified(town) == [f"link 3 does not fit: event {chain[2]} was changed"]


async def test_a_changed_time_shows(town: Town, chain: list[int]) -> None:
    def later(session: Session) -> None:
        tamper(session)
        at = session.scalar(select(EventRow.at).where(EventRow.id == chain[2]))
        assert at is not None
        session.connection().execute(
            EventRow.__table__.update().where(EventRow.id == chain[2]).values(at=at.replace(year=2020))  # type: ignore[attr-defined]
        )

    await town.write(later)
    assert f"link 3 does not fit: event {chain[2]} was changed" in await verified(town)


async def test_two_events_that_changed_places_show(town: Town, chain: list[int]) -> None:
    await town.write(
        tamper,
        f"UPDATE seals SET event_id = 0 - {chain[1]} WHERE seq = 2",
        f"UPDATE seals SET event_id = {chain[1]} WHERE seq = 3",
        f"UPDATE seals SET event_id = {chain[2]} WHERE seq = 2",
    )
    assert await verified(town) == [f"link 2 does not fit: event {chain[2]} was changed"]


@pytest.mark.parametrize("place", [0, 2, COUNT - 1])
async def test_a_removed_event_shows_even_the_last(town: Town, chain: list[int], place: int) -> None:
    def remove(session: Session) -> None:
        tamper(
            session,
            f"DELETE FROM event_details WHERE event_id = {chain[place]}",
            f"DELETE FROM events WHERE id = {chain[place]}",
        )

    if isinstance(town.store, SqliteStore):
        _ignore_foreign_keys(town.store)
    await town.write(remove)
    assert await verified(town) == [f"event {chain[place]} of link {place + 1} is missing"]


def _ignore_foreign_keys(store: SqliteStore) -> None:
    """SQLite looks at foreign keys unless it is told otherwise outside a transaction."""
    driver: Any = store._connection.connection.dbapi_connection
    driver.execute("PRAGMA foreign_keys = OFF")


async def test_a_removed_link_shows(town: Town, chain: list[int]) -> None:
    await town.write(tamper, "DELETE FROM seals WHERE seq = 3")
    assert "link 3 is missing" in await verified(town)


async def test_a_cut_tail_shows_to_whoever_kept_the_head(town: Town, chain: list[int]) -> None:
    head = await town.read(seal.head)
    await town.write(
        tamper,
        "DELETE FROM seals WHERE seq > 3",
        f"DELETE FROM event_details WHERE event_id > {chain[2]}",
        f"DELETE FROM events WHERE id > {chain[2]}",
    )
    assert await verified(town) == []
    assert await verified(town, head) == [f"the chain was cut: it ends at 3, but {COUNT} was sealed"]


async def test_a_chain_sealed_anew_shows_to_whoever_kept_the_head(town: Town, chain: list[int]) -> None:
    def forge(session: Session) -> None:
        tamper(session, f"UPDATE events SET actor_id = 'somebody' WHERE id = {chain[2]}")
        last = GENESIS
        for link, row in session.execute(select(SealRow, EventRow).join(EventRow).order_by(SealRow.seq)):
            last = link.hash = chain_hash(last, link.seq, events.as_event(row))

    head = await town.read(seal.head)
    await town.write(forge)
    assert await verified(town) == []
    assert await verified(town, head) == [f"link {COUNT} is not the one that was kept outside"]


async def test_changed_details_show(town: Town, chain: list[int]) -> None:
    def change(session: Session) -> None:
        session.get_one(EventDetailRow, chain[1]).body = {"text": "other words"}

    await town.write(change)
    assert await verified(town) == [f"the details of event {chain[1]} were changed"]


async def test_details_that_were_erased_leave_the_chain_in_order(town: Town, chain: list[int]) -> None:
    def left(session: Session) -> int:
        return session.scalar(select(func.count()).select_from(EventDetailRow)) or 0

    await town.write(event.erase_details, chain[:3])
    assert await town.read(left) == COUNT - 3
    assert await verified(town, await town.read(seal.head)) == []


async def test_events_left_unsealed_for_a_minute_are_trouble(town: Town, chain: list[int]) -> None:
    await town.write(record, 6)
    assert await verified(town) == []
    town.pass_time(minutes=2)
    assert await verified(town) == ["there are events without a seal that are older than a minute"]


async def test_a_long_chain_is_sealed_and_checked_in_parts(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seal, "SEAL_AT_ONCE", 4)
    monkeypatch.setattr(events, "CHECKED_AT_ONCE", 3)
    for number in range(9):
        await town.write(record, number)
    assert [(await town.write(seal.seal))[1] for _ in range(4)] == [4, 4, 1, 0]
    assert (await town.read(seal.head)).seq == 9
    assert await verified(town) == []


async def test_the_recent_past_is_sealed_without_looking_at_all_of_it(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    await town.write(record, 1)
    with monkeypatch.context() as longer_ago:
        longer_ago.setattr(ids_module.rising_ids, "_last", 0)
        moment = time.time_ns() - 2 * 3600 * 10**9
        longer_ago.setattr(time, "time_ns", lambda: moment)
        await town.write(record, 2)
    late, first = await town.read(ids)
    await town.write(
        lambda session: session.execute(insert(SealRow), [{"seq": 1, "event_id": first, "hash": "x"}])
    )
    await town.write(record, 3)
    assert (await town.write(seal.seal, recent=True))[1] == 1
    assert (await town.write(seal.seal))[1] == 1
    assert late < first
