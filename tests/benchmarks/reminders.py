"""`./dev bench reminders`: 500 meetings and 100,000 subscribers, on SQLite and PostgreSQL.

Every reminder of a day with meetings is queued, over few subscribers and over many: CPU of this
process and SQL statements for 10,000 of them. Statements must not grow with the subscribers.
"""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from notifications.timetable import remind
from store.actions import meeting, reference, staff
from store.domain.actor import SYSTEM, Channel
from store.domain.clock import FixedClock
from store.domain.meeting import MeetingFacts, MeetingKind, Venue
from store.domain.staff import By, Role
from store.domain.subscription import QUIET_FROM, QUIET_TO, Frequency, Topic
from store.engine import Store, migrate, open_store
from store.profile.load import load
from store.tables.reminder import ReminderRow
from store.tables.resident import ResidentRow
from store.tables.subscriber import SubscriberPlaceRow, SubscriberRow, SubscriberTopicRow
from tests.benchmarks.desk import database
from tests.benchmarks.figures import noise_ms
from tests.support.triage_factory import MORNING, counted

MEETINGS, SUBSCRIBERS, FEW = 500, 100_000, 10_000
FIRST = timedelta(days=30)
AT_ONCE = 10_000
FIRST_CHAT = 10_000
TOPICS = (Topic.MEETINGS, Topic.URGENT)
LANGUAGES = ("en", "en", "en", "pl", "ro", "uk")
FACTS = MeetingFacts(
    "Neighbourhood meeting",
    None,
    MeetingKind.IN_PERSON,
    timedelta(hours=2),
    venue=Venue("A hall", "1 Example Road"),
)


def main(argv: Sequence[str]) -> int:
    """Fill, remind, print."""
    parser = argparse.ArgumentParser(prog="./dev bench reminders", description=__doc__)
    parser.add_argument("--meetings", type=int, default=MEETINGS)
    parser.add_argument("--subscribers", type=int, nargs="+", default=[FEW, SUBSCRIBERS])
    parser.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    wanted = parser.parse_args(argv)
    print(f"{'':34}{'reminders':>10}{'CPU s / 10,000':>16}{'statements / 10,000':>21}{'noise ms':>10}")
    for kind in wanted.databases:
        for people in wanted.subscribers:
            with database(kind) as url:
                found = asyncio.run(_measure(url, wanted.meetings, people))
            print(f"{kind}, {people:,} subscribers".ljust(34) + found, flush=True)
    return 0


async def _measure(url: str, meetings: int, people: int) -> str:
    """Remind of the first meetings of every area a day ahead; return the figures as a line."""
    await migrate(url)
    clock = FixedClock(MORNING)
    async with open_store(url, clock) as store:
        await _fill(store, meetings, people)
        noise = noise_ms()
        clock.advance(FIRST - timedelta(days=1))
        with counted() as sent:
            began = time.process_time()
            await remind(store)
            cpu = time.process_time() - began
        queued = await store.read(_queued)
    share = AT_ONCE / max(1, queued)
    return f"{queued:>10,}{cpu * share:>16.2f}{len(sent) * share:>21.0f}{noise:>10.0f}"


async def _fill(store: Store, meetings: int, people: int) -> None:
    profile = load("thanet")
    await store.write(reference.seed, profile)
    by = By(await store.write(staff.add, SYSTEM, "sam", "Sam", Role.OFFICER), Channel.WEB)
    areas = [area.code for area in profile.areas]
    for number in range(meetings):
        starts_at = MORNING + FIRST + timedelta(days=number // len(areas), hours=9)
        await store.write(_published, by, starts_at, replace(FACTS, area=areas[number % len(areas)]))
    places = [(), *((area,) for area in areas), *((ward.code,) for ward in profile.wards)]
    for first in range(0, people, AT_ONCE):
        await store.write(subscribe, range(first, min(people, first + AT_ONCE)), places)


def _published(session: Session, by: By, starts_at: datetime, facts: MeetingFacts) -> None:
    made = meeting.make(session, by, starts_at, facts)
    meeting.publish(session, by, made.reference)


def subscribe(
    session: Session, numbers: range, places: Sequence[tuple[str, ...]], topics: Sequence[Topic] = TOPICS
) -> None:
    """Put so many subscribers into the rows: one of these places each, in turn; an empty one is anywhere."""
    people: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    wanted: list[dict[str, Any]] = []
    for number in numbers:
        id_, near = f"{number:032x}", places[number % len(places)]
        people.append(_person(id_, number))
        rows.append(_row(id_, everywhere=not near))
        wanted += [{"resident_id": id_, "place": place} for place in near]
    session.execute(insert(ResidentRow), people)
    session.execute(insert(SubscriberRow), rows)
    chosen = [{"resident_id": one["id"], "topic": topic.value} for one in people for topic in topics]
    session.execute(insert(SubscriberTopicRow), chosen)
    if wanted:
        session.execute(insert(SubscriberPlaceRow), wanted)


def _person(id_: str, number: int) -> dict[str, Any]:
    flags = {"relay": False, "language_asked": False, "do_not_contact": False}
    language = LANGUAGES[number % len(LANGUAGES)]
    return {"id": id_, "chat_id": FIRST_CHAT + number, "language": language, "created_at": MORNING, **flags}


def _row(id_: str, *, everywhere: bool) -> dict[str, Any]:
    return {
        "resident_id": id_,
        "frequency": Frequency.AT_ONCE.value,
        "quiet_from": QUIET_FROM,
        "quiet_to": QUIET_TO,
        "everywhere": everywhere,
        "consent_at": MORNING,
        "consent_language": "en",
        "consent_words": "Yes",
        "created_at": MORNING,
        "version": 1,
    }


def _queued(session: Session) -> int:
    return sum(row.told for row in session.query(ReminderRow))
