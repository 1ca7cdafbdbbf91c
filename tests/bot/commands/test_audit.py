"""`python -m bot audit verify`, as an administrator runs it."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from store.actions import event, seal
from store.domain.actor import SYSTEM
from store.domain.event import Action
from store.domain.seal import Head
from store.engine import open_store
from tests.support.command import command


def _record(session: Session) -> None:
    for number in range(3):
        event.record(session, SYSTEM, Action.NOTE_ADDED, ("case", "c1"), {"n": number})


def _rewrite(session: Session) -> None:
    sqlite = session.get_bind().dialect.name == "sqlite"
    session.execute(text("DROP TRIGGER events_no_update" + ("" if sqlite else " ON events")))
    session.execute(text("UPDATE events SET actor_id = 'somebody'"))


@pytest.fixture
async def head(migrated_database_url: str) -> Head:
    """A database with three sealed events; the head of its chain."""
    async with open_store(migrated_database_url) as store:
        await store.write(_record)
        return (await store.write(seal.seal))[0]


async def verify(url: str, *more: str) -> tuple[int, str]:
    return await command("audit", "verify", *more, DATABASE_URL=url)


async def test_a_chain_in_order_ends_with_0_and_names_its_head(
    migrated_database_url: str, head: Head
) -> None:
    expected = (0, f"In order: 3 events sealed, head {head}")
    assert await verify(migrated_database_url) == expected
    assert await verify(migrated_database_url, "--head", str(head)) == expected


async def test_a_changed_event_ends_with_1_and_a_sentence(migrated_database_url: str, head: Head) -> None:
    async with open_store(migrated_database_url) as store:
        await store.write(_rewrite)
    status, said = await verify(migrated_database_url)
    assert status == 1
    assert "link 1 does not fit" in said
    assert "NOT in order" in said


async def test_a_head_of_a_longer_chain_ends_with_1(migrated_database_url: str, head: Head) -> None:
    status, said = await verify(migrated_database_url, "--head", f"9:{head.hash}")
    assert status == 1
    assert "the chain was cut: it ends at 3, but 9 was sealed" in said


async def test_a_head_that_is_none_ends_with_1_in_one_line(migrated_database_url: str, head: Head) -> None:
    assert await verify(migrated_database_url, "--head", "nonsense") == (
        1,
        "foreland: not a head: 'nonsense'",
    )
