"""Who wants to hear of something: each once, page by page, by one statement."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.orm import Session

from store.actions import resident, subscription
from store.actions.subscription import Consent
from store.domain.clock import FixedClock
from store.domain.resident import Resident
from store.domain.subscription import Subscription, Topic, concerned
from store.engine import open_store
from store.queries import audience, subscriptions
from store.tables.resident import ResidentRow
from store.tables.subscriber import SubscriberPlaceRow, SubscriberRow, SubscriberTopicRow
from tests.support.databases import SqliteDatabases
from tests.support.triage_factory import MORNING, Town, counted


def subscribers_of(
    session: Session, topic: Topic, places: Collection[str], after: str = "", limit: int = 500
) -> list[str]:
    return [one.resident_id for one in audience.subscribers(session, topic, places, after, limit)]


AREA_OF = {"W1": "margate", "W2": "margate", "W3": "ramsgate"}
MARGATE = concerned("margate", (), AREA_OF)
MEETINGS = frozenset({Topic.MEETINGS})
MANY = 5_000
PAGE = 700


async def subscriber(town: Town, *places: str, topics: frozenset[Topic] = MEETINGS) -> Resident:
    someone = await town.resident()
    wish = Subscription(topics, frozenset(places))
    await town.write(subscription.subscribe, someone, wish, Consent("Yes", "en"))
    return someone


@pytest.mark.parametrize(
    ("chosen", "about", "wanted"),
    [
        ((), MARGATE, True),
        ((), (), True),
        (("margate",), MARGATE, True),
        (("W1",), MARGATE, True),
        (("ramsgate",), MARGATE, False),
        (("W3",), MARGATE, False),
        (("W2",), concerned(None, ("W1",), AREA_OF), False),
        (("margate",), concerned(None, ("W1",), AREA_OF), True),
        (("ramsgate",), (), True),
    ],
)
async def test_somebody_wants_what_concerns_a_place_of_theirs(
    town: Town, chosen: tuple[str, ...], about: Collection[str], *, wanted: bool
) -> None:
    ada = await subscriber(town, *chosen)
    assert await town.read(subscribers_of, Topic.MEETINGS, about) == ([ada.id] if wanted else [])
    assert await town.read(subscribers_of, Topic.SURVEYS, about) == []
    kept = await town.read(subscriptions.of, ada.id)
    assert kept
    assert kept.about(about) is wanted


SILENT: dict[str, Callable[[Session, Resident], Any]] = {
    "stopped": subscription.stop,
    "paused": lambda session, who: subscription.pause(session, who, MORNING + timedelta(days=1)),
    "blocked us": lambda session, who: resident.mark_blocked(session, who.chat_id, blocked=True),
    "must not be contacted": lambda session, who: resident.set_do_not_contact(session, who, True),
}


@pytest.mark.parametrize("how", SILENT)
async def test_nobody_is_told_who(town: Town, how: str) -> None:
    ada, ben = await subscriber(town, "margate"), await subscriber(town, "margate")
    await town.write(SILENT[how], ada)
    assert await town.read(subscribers_of, Topic.MEETINGS, MARGATE) == [ben.id]


async def test_a_pause_is_over_when_its_time_has_come(town: Town) -> None:
    ada = await subscriber(town)
    await town.write(SILENT["paused"], ada)
    town.pass_time(days=1)
    assert await town.read(subscribers_of, Topic.MEETINGS, ()) == [ada.id]


async def test_what_comes_is_in_the_language_they_speak_now_and_the_consent_in_that_of_then(
    town: Town,
) -> None:
    ada = await subscriber(town)
    await town.write(resident.set_language, ada, "uk")

    def languages(session: Session) -> tuple[str, str]:
        row = session.get_one(SubscriberRow, ada.id)
        return session.get_one(ResidentRow, ada.id).language, row.consent_language

    assert await town.read(languages) == ("uk", "en")


def fill(session: Session) -> None:
    """Let so many people subscribe: everywhere, to an area, to a ward, or to an area and its ward."""
    people, rows, topics, places = [], [], [], []
    chosen = ((), ("margate",), ("W1",), ("margate", "W1"), ("ramsgate",))
    for number in range(MANY):
        id_ = f"{number * 7919 % MANY:032x}"
        people.append({"id": id_, "chat_id": 10_000 + number, "language": "en", "created_at": MORNING})
        rows.append(_row(id_, everywhere=not chosen[number % 5]))
        topics += [{"resident_id": id_, "topic": topic.value} for topic in Topic]
        places += [{"resident_id": id_, "place": place} for place in chosen[number % 5]]
    flags = {"relay": False, "language_asked": False, "do_not_contact": False}
    session.execute(insert(ResidentRow), [person | flags for person in people])
    session.execute(insert(SubscriberRow), rows)
    session.execute(insert(SubscriberTopicRow), topics)
    session.execute(insert(SubscriberPlaceRow), places)


def _row(id_: str, *, everywhere: bool) -> dict[str, Any]:
    at: datetime = MORNING
    return {
        "resident_id": id_,
        "frequency": "at_once",
        "quiet_from": time(21),
        "quiet_to": time(8),
        "everywhere": everywhere,
        "consent_at": at,
        "consent_language": "en",
        "consent_words": "Yes",
        "created_at": at,
        "version": 1,
    }


async def test_thousands_come_page_by_page_each_once_by_one_statement_a_page(town: Town) -> None:
    await town.write(fill)
    found: list[str] = []
    with counted() as sent:
        while page := await town.read(
            subscribers_of, Topic.URGENT, MARGATE, found[-1] if found else "", PAGE
        ):
            assert len(page) <= PAGE
            found += page
    assert len(sent) == -(-MANY * 4 // 5 // PAGE) + 1
    assert len(found) == len(set(found)) == MANY * 4 // 5
    assert found == sorted(found)


@pytest.mark.parametrize("places", [MARGATE, frozenset()])
async def test_a_page_is_read_from_the_index_and_never_sorted(
    sqlite_databases: SqliteDatabases, places: Collection[str]
) -> None:
    async with open_store(await sqlite_databases.migrated(), FixedClock(MORNING)) as store:
        await store.write(fill)
        with counted() as sent:
            await store.read(subscribers_of, Topic.URGENT, places, f"{100:032x}", PAGE)
        plan = await store.read(_plan, sent[-1])
    assert any("ix_subscriber_topics_topic" in line and "resident_id>?" in line for line in plan), plan
    assert not [line for line in plan if line.startswith("SCAN") or "TEMP B-TREE" in line], plan


def _plan(session: Session, statement: str) -> list[str]:
    """Return how SQLite goes about this statement; its values do not matter for that."""
    values = ("x",) * statement.count("?")
    rows = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)
    return [row.detail for row in rows]
