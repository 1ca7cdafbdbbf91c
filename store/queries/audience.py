"""Who hears of a meeting: subscribers of its area, those who come, and those who were told before.

Chat ids leave the store here, for the outbox alone. Each page is one statement, whatever the number
of subscribers; nobody is in it twice.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import time
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from store.domain.attendance import AttendanceState
from store.domain.delivery import DeliveryState
from store.domain.subscription import Frequency, QuietHours, Topic
from store.engine import now
from store.tables.agenda import AgendaItemRow, AgendaSupportRow
from store.tables.attendance import AttendanceRow
from store.tables.delivery import DeliveryRow
from store.tables.resident import ResidentRow
from store.tables.subscriber import SubscriberPlaceRow, SubscriberRow, SubscriberTopicRow

COMING, WAITING = AttendanceState.COMING.value, AttendanceState.WAITING.value
_TOLD = (
    DeliveryState.SENT.value,
    DeliveryState.LEASED.value,
    DeliveryState.UNCERTAIN.value,
    DeliveryState.OVERTAKEN.value,
    DeliveryState.EXPIRED.value,
)
"""Whoever was told, or was about to be when it changed."""


@dataclass(frozen=True, slots=True)
class Hearer:
    """Somebody who is to hear of something, and how they want it; `subscribes`: they can stop it."""

    resident_id: str
    chat_id: int
    language: str
    frequency: Frequency = Frequency.AT_ONCE
    quiet: QuietHours = field(default_factory=QuietHours)
    subscribes: bool = False


def subscribers(
    session: Session, topic: Topic, places: Collection[str], after: str = "", limit: int = 1_000
) -> list[Hearer]:
    """Return who wants this topic from any of these places, by their ids, from the one after `after` on.

    Without places it concerns everybody: see `subscription.concerned`. Nobody who paused, stopped,
    blocked us or must not be contacted, and never a relay.
    """
    rows = session.execute(wanted(anywhere=not places).limit(limit), told(session, topic, places, after))
    return [subscriber(row) for row in rows]


def told(session: Session, topic: Topic, places: Collection[str], after: str = "") -> dict[str, Any]:
    """Return what `wanted` asks for."""
    known = {"topic": topic.value, "after": after, "now": now(session)}
    return known | ({"places": sorted(places)} if places else {})


def coming(
    session: Session, meeting_id: str, *, waiting_too: bool, after: str = "", limit: int = 1_000
) -> list[Hearer]:
    """Return who comes to a meeting, by their ids, from the one after `after` on; also who waits for room."""
    states = [COMING, WAITING] if waiting_too else [COMING]
    told = {"meeting": meeting_id, "states": states, "after": after, "limit": limit}
    return [hearer(row) for row in session.execute(_coming(), told)]


def hear_back(
    session: Session, meeting_id: str, places: Collection[str], after: str = "", limit: int = 1_000
) -> list[Hearer]:
    """Return who hears what came of a meeting, by their ids, from the one after `after` on.

    Whoever took part, and who subscribes to "you said, we did" for any of these places (none: everybody
    who does). Whoever paused or stopped hears nothing, even if they took part.
    """
    named = {"places": sorted(places)} if places else {}
    told = {"meeting": meeting_id, "after": after, "now": now(session), "limit": limit} | named
    return [
        Hearer(
            row.id,
            row.chat_id,
            row.language,
            Frequency(row.frequency or Frequency.AT_ONCE),
            _quiet(row),
            subscribes=row.frequency is not None,
        )
        for row in session.execute(_hears_back(anywhere=not places), told)
    ]


def count_hear_back(session: Session, meeting_id: str, places: Collection[str]) -> tuple[int, int]:
    """Return how many would hear what came of a meeting: who took part, and all others."""
    named = {"places": sorted(places)} if places else {}
    told = {"meeting": meeting_id, "after": "", "now": now(session), "limit": None} | named
    heard = _hears_back(anywhere=not places).order_by(None).limit(None).subquery()
    rows = session.execute(select(heard.c.came, func.count()).group_by(heard.c.came), told)
    counts = {bool(row[0]): int(row[1]) for row in rows}
    return counts.get(True, 0), counts.get(False, 0)


def one(session: Session, resident_id: str) -> Hearer | None:
    """Return this person if they may be written to."""
    row = session.execute(
        select(*PERSON, *QUIET)
        .outerjoin(SubscriberRow, SubscriberRow.resident_id == ResidentRow.id)
        .where(ResidentRow.id == resident_id, *REACHABLE)
    ).one_or_none()
    return hearer(row) if row is not None else None


def supporters(session: Session, item_id: str) -> list[Hearer]:
    """Return who wants a question of an agenda talked about, whoever asked it among them, by their ids."""
    rows = session.execute(
        select(*PERSON, *QUIET)
        .join(AgendaSupportRow, AgendaSupportRow.resident_id == ResidentRow.id)
        .outerjoin(SubscriberRow, SubscriberRow.resident_id == ResidentRow.id)
        .where(AgendaSupportRow.item_id == item_id, *REACHABLE)
        .order_by(ResidentRow.id)
    )
    return [hearer(row) for row in rows]


def told_before(
    session: Session, meeting_id: str, prefix: str, after: str = "", limit: int = 1_000
) -> list[Hearer]:
    """Return for whom a delivery was whose key begins so, and who asked or supports a question for a meeting.

    By their ids, from the one after `after` on; not who did not want it any more, nor whom it could not
    reach.
    """
    told = {"first": prefix, "last": prefix + "\x7f", "meeting": meeting_id, "after": after, "limit": limit}
    return [hearer(row) for row in session.execute(_told(), told | {"now": now(session)})]


def subscriber(row: Row[*tuple[Any, ...]]) -> Hearer:
    """Return somebody from a row of `CHOSEN`."""
    id_, chat_id, language, frequency, _, quiet_from, quiet_to = row
    return Hearer(id_, chat_id, language, _FREQUENCIES[frequency], _hours(quiet_from, quiet_to))


def hearer(row: Row[*tuple[Any, ...]]) -> Hearer:
    """Return somebody from a row of `PERSON` and `QUIET`."""
    return Hearer(row.id, row.chat_id, row.language, quiet=_quiet(row))


def _quiet(row: Row[*tuple[Any, ...]]) -> QuietHours:
    return _hours(row.quiet_from, row.quiet_to)


@lru_cache(maxsize=256)
def _hours(start: time | None, end: time | None) -> QuietHours:
    """Return these hours; the same object for all who chose them, as there are few."""
    return QuietHours(start, end) if start is not None and end is not None else QuietHours()


REACHABLE: tuple[ColumnElement[bool], ...] = (
    ~ResidentRow.relay,
    ~ResidentRow.do_not_contact,
    ResidentRow.blocked_at.is_(None),
    ResidentRow.chat_id.is_not(None),
)
RUNNING: tuple[ColumnElement[bool], ...] = (
    SubscriberRow.stopped_at.is_(None),
    or_(SubscriberRow.paused_until.is_(None), SubscriberRow.paused_until <= bindparam("now")),
)
"""Whose subscription runs; asks for `now`."""
PERSON = (ResidentRow.id, ResidentRow.chat_id, ResidentRow.language)
QUIET = (SubscriberRow.quiet_from, SubscriberRow.quiet_to)
CHOSEN = (*PERSON, SubscriberRow.frequency, SubscriberRow.everywhere, *QUIET)
"""A subscriber, and how they want to hear."""
_FREQUENCIES = {one.value: one for one in Frequency}
_ASKER = aliased(ResidentRow)
_OVERDUE = and_(DeliveryRow.state == DeliveryState.QUEUED.value, DeliveryRow.expires_at <= bindparam("now"))


@cache
def wanted(*, anywhere: bool) -> Select[*tuple[Any, ...]]:
    """Return who wants a topic, by their ids; `anywhere`: from any place. `told` says what it asks for.

    It walks the topic's index; a place is looked up by the person, so that nobody comes twice. Where it
    begins is said of every table: PostgreSQL, which merges them, would read two of them from their start.
    """
    found = (
        select(*CHOSEN)
        .select_from(SubscriberTopicRow)
        .join(SubscriberRow, SubscriberRow.resident_id == SubscriberTopicRow.resident_id)
        .join(ResidentRow, ResidentRow.id == SubscriberTopicRow.resident_id)
        .where(
            SubscriberTopicRow.topic == bindparam("topic"),
            SubscriberTopicRow.resident_id > bindparam("after"),
            SubscriberRow.resident_id > bindparam("after"),
            ResidentRow.id > bindparam("after"),
            *RUNNING,
            *REACHABLE,
        )
        .order_by(SubscriberTopicRow.resident_id)
    )
    if anywhere:
        return found
    there = exists().where(
        SubscriberPlaceRow.resident_id == SubscriberTopicRow.resident_id,
        SubscriberPlaceRow.place.in_(bindparam("places", expanding=True)),
    )
    return found.where(or_(SubscriberRow.everywhere, there))


def _took_part() -> ColumnElement[bool]:
    """Who takes part in a meeting: who said that they come or was there, who asked or wants the same."""
    comes = exists().where(
        AttendanceRow.resident_id == ResidentRow.id,
        AttendanceRow.meeting_id == bindparam("meeting"),
        or_(AttendanceRow.state == COMING, AttendanceRow.here_at.is_not(None)),
    )
    asked = exists().where(
        AgendaSupportRow.resident_id == ResidentRow.id,
        AgendaSupportRow.item_id == AgendaItemRow.id,
        AgendaItemRow.meeting_id == bindparam("meeting"),
    )
    return or_(comes, asked)


@cache
def _hears_back(*, anywhere: bool) -> Select[*tuple[Any, ...]]:
    took_part = _took_part()
    wants = exists().where(
        SubscriberTopicRow.resident_id == ResidentRow.id, SubscriberTopicRow.topic == Topic.YOU_SAID.value
    )
    there = exists().where(
        SubscriberPlaceRow.resident_id == ResidentRow.id,
        SubscriberPlaceRow.place.in_(bindparam("places", expanding=True)),
    )
    subscribed = wants if anywhere else and_(wants, or_(SubscriberRow.everywhere, there))
    return (
        select(*PERSON, SubscriberRow.frequency, *QUIET, took_part.label("came"))
        .outerjoin(SubscriberRow, SubscriberRow.resident_id == ResidentRow.id)
        .where(
            or_(took_part, subscribed),
            or_(SubscriberRow.resident_id.is_(None), and_(*RUNNING)),
            ResidentRow.id > bindparam("after"),
            *REACHABLE,
        )
        .order_by(ResidentRow.id)
        .limit(bindparam("limit"))
    )


@cache
def _coming() -> Select[*tuple[Any, ...]]:
    return (
        select(*PERSON, *QUIET)
        .join(AttendanceRow, AttendanceRow.resident_id == ResidentRow.id)
        .outerjoin(SubscriberRow, SubscriberRow.resident_id == ResidentRow.id)
        .where(
            AttendanceRow.meeting_id == bindparam("meeting"),
            AttendanceRow.state.in_(bindparam("states", expanding=True)),
            ResidentRow.id > bindparam("after"),
            *REACHABLE,
        )
        .order_by(ResidentRow.id)
        .limit(bindparam("limit"))
    )


@cache
def _told() -> Select[*tuple[Any, ...]]:
    reached = (
        select(DeliveryRow.chat_id)
        .where(
            DeliveryRow.key >= bindparam("first"),
            DeliveryRow.key < bindparam("last"),
            or_(DeliveryRow.state.in_(_TOLD), _OVERDUE),
        )
        .union(
            select(_ASKER.chat_id)
            .join(AgendaSupportRow, AgendaSupportRow.resident_id == _ASKER.id)
            .join(AgendaItemRow, AgendaItemRow.id == AgendaSupportRow.item_id)
            .where(AgendaItemRow.meeting_id == bindparam("meeting"))
        )
    )
    return (
        select(*PERSON, *QUIET)
        .outerjoin(SubscriberRow, SubscriberRow.resident_id == ResidentRow.id)
        .where(ResidentRow.chat_id.in_(reached), ResidentRow.id > bindparam("after"), *REACHABLE)
        .order_by(ResidentRow.id)
        .limit(bindparam("limit"))
    )
