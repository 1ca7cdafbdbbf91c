"""Who hears of a meeting: subscribers of its area, those who come, and those who were told before.

Chat ids leave the store here, for the outbox alone. Each page is one statement, whatever the number
of subscribers; nobody is in it twice.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Subquery, and_, bindparam, exists, func, or_, select
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
    told = {"topic": topic.value, "after": after, "now": now(session), "limit": limit}
    named = {"places": sorted(places)} if places else {}
    rows = session.execute(_wanted(anywhere=not places), told | named)
    return [_subscriber(row) for row in rows]


def among(
    session: Session, topic: Topic, places: Collection[str], residents: Collection[str]
) -> list[Hearer]:
    """Return who of these people would be returned by `subscribers`, by their ids."""
    told = {"topic": topic.value, "after": "", "now": now(session), "limit": len(residents)}
    named = {"places": sorted(places)} if places else {}
    theirs = _wanted(anywhere=not places).where(SubscriberTopicRow.resident_id.in_(residents))
    return [_subscriber(row) for row in session.execute(theirs, told | named)]


def count(session: Session, topic: Topic, places: Collection[str], languages: Collection[str] = ()) -> int:
    """Return how many would be returned by `subscribers` in all, of those who read one of the languages."""
    wanted, told = everybody(session, topic, places, languages)
    return session.scalar(select(func.count()).select_from(wanted), told) or 0


def everybody(
    session: Session, topic: Topic, places: Collection[str], languages: Collection[str]
) -> tuple[Subquery, Mapping[str, Any]]:
    """Return whom `count` counts, with what they chose, and the values it asks for."""
    told = {"topic": topic.value, "after": "", "now": now(session)}
    named = {"places": sorted(places)} if places else {}
    wanted = _wanted(anywhere=not places).order_by(None).limit(None)
    if languages:
        wanted = wanted.where(ResidentRow.language.in_(sorted(languages)))
    return wanted.subquery(), told | named


def coming(
    session: Session, meeting_id: str, *, waiting_too: bool, after: str = "", limit: int = 1_000
) -> list[Hearer]:
    """Return who comes to a meeting, by their ids, from the one after `after` on; also who waits for room."""
    states = [COMING, WAITING] if waiting_too else [COMING]
    told = {"meeting": meeting_id, "states": states, "after": after, "limit": limit}
    return [_hearer(row) for row in session.execute(_coming(), told)]


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
            QuietHours(row.quiet_from, row.quiet_to) if row.quiet_from else QuietHours(),
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
        select(*_PERSON, *_QUIET)
        .outerjoin(SubscriberRow, SubscriberRow.resident_id == ResidentRow.id)
        .where(ResidentRow.id == resident_id, *_REACHABLE)
    ).one_or_none()
    return _hearer(row) if row is not None else None


def supporters(session: Session, item_id: str) -> list[Hearer]:
    """Return who wants a question of an agenda talked about, whoever asked it among them, by their ids."""
    rows = session.execute(
        select(*_PERSON, *_QUIET)
        .join(AgendaSupportRow, AgendaSupportRow.resident_id == ResidentRow.id)
        .outerjoin(SubscriberRow, SubscriberRow.resident_id == ResidentRow.id)
        .where(AgendaSupportRow.item_id == item_id, *_REACHABLE)
        .order_by(ResidentRow.id)
    )
    return [_hearer(row) for row in rows]


def told_before(
    session: Session, meeting_id: str, prefix: str, after: str = "", limit: int = 1_000
) -> list[Hearer]:
    """Return for whom a delivery was whose key begins so, and who asked or supports a question for a meeting.

    By their ids, from the one after `after` on; not who did not want it any more, nor whom it could not
    reach.
    """
    told = {"first": prefix, "last": prefix + "\x7f", "meeting": meeting_id, "after": after, "limit": limit}
    return [_hearer(row) for row in session.execute(_told(), told | {"now": now(session)})]


def _subscriber(row: Row[*tuple[Any, ...]]) -> Hearer:
    quiet = QuietHours(row.quiet_from, row.quiet_to)
    return Hearer(row.id, row.chat_id, row.language, Frequency(row.frequency), quiet)


def _hearer(row: Row[*tuple[Any, ...]]) -> Hearer:
    quiet = QuietHours(row.quiet_from, row.quiet_to) if row.quiet_from else QuietHours()
    return Hearer(row.id, row.chat_id, row.language, quiet=quiet)


_REACHABLE: tuple[ColumnElement[bool], ...] = (
    ~ResidentRow.relay,
    ~ResidentRow.do_not_contact,
    ResidentRow.blocked_at.is_(None),
    ResidentRow.chat_id.is_not(None),
)
_PERSON = (ResidentRow.id, ResidentRow.chat_id, ResidentRow.language)
_QUIET = (SubscriberRow.quiet_from, SubscriberRow.quiet_to)
_ASKER = aliased(ResidentRow)
_OVERDUE = and_(DeliveryRow.state == DeliveryState.QUEUED.value, DeliveryRow.expires_at <= bindparam("now"))


@cache
def _wanted(*, anywhere: bool) -> Select[*tuple[Any, ...]]:
    """Walk the topic's index in order; a place is looked up by the person, so that nobody comes twice."""
    wanted = (
        select(*_PERSON, SubscriberRow.frequency, SubscriberRow.everywhere, *_QUIET)
        .select_from(SubscriberTopicRow)
        .join(SubscriberRow, SubscriberRow.resident_id == SubscriberTopicRow.resident_id)
        .join(ResidentRow, ResidentRow.id == SubscriberTopicRow.resident_id)
        .where(
            SubscriberTopicRow.topic == bindparam("topic"),
            SubscriberTopicRow.resident_id > bindparam("after"),
            SubscriberRow.stopped_at.is_(None),
            or_(SubscriberRow.paused_until.is_(None), SubscriberRow.paused_until <= bindparam("now")),
            *_REACHABLE,
        )
        .order_by(SubscriberTopicRow.resident_id)
        .limit(bindparam("limit"))
    )
    if anywhere:
        return wanted
    there = exists().where(
        SubscriberPlaceRow.resident_id == SubscriberTopicRow.resident_id,
        SubscriberPlaceRow.place.in_(bindparam("places", expanding=True)),
    )
    return wanted.where(or_(SubscriberRow.everywhere, there))


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
    runs = and_(
        SubscriberRow.stopped_at.is_(None),
        or_(SubscriberRow.paused_until.is_(None), SubscriberRow.paused_until <= bindparam("now")),
    )
    return (
        select(*_PERSON, SubscriberRow.frequency, *_QUIET, took_part.label("came"))
        .outerjoin(SubscriberRow, SubscriberRow.resident_id == ResidentRow.id)
        .where(
            or_(took_part, subscribed),
            or_(SubscriberRow.resident_id.is_(None), runs),
            ResidentRow.id > bindparam("after"),
            *_REACHABLE,
        )
        .order_by(ResidentRow.id)
        .limit(bindparam("limit"))
    )


@cache
def _coming() -> Select[*tuple[Any, ...]]:
    return (
        select(*_PERSON, *_QUIET)
        .join(AttendanceRow, AttendanceRow.resident_id == ResidentRow.id)
        .outerjoin(SubscriberRow, SubscriberRow.resident_id == ResidentRow.id)
        .where(
            AttendanceRow.meeting_id == bindparam("meeting"),
            AttendanceRow.state.in_(bindparam("states", expanding=True)),
            ResidentRow.id > bindparam("after"),
            *_REACHABLE,
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
        select(*_PERSON, *_QUIET)
        .outerjoin(SubscriberRow, SubscriberRow.resident_id == ResidentRow.id)
        .where(ResidentRow.chat_id.in_(reached), ResidentRow.id > bindparam("after"), *_REACHABLE)
        .order_by(ResidentRow.id)
        .limit(bindparam("limit"))
    )
