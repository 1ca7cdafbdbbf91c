"""Meetings as staff make them, and series as they lie in rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from store.actions import meeting
from store.actions.meeting import new_row
from store.domain.meeting import Access, Meeting, MeetingFacts, MeetingKind, MeetingState, Venue
from store.domain.recurrence import instant_of
from store.domain.staff import By
from store.engine import Session, now
from store.tables.meeting import MeetingRow, SeriesRow

_numbers = count(1)
LIBRARY = Venue(
    "Ramsgate Library",
    "Guildford Lawn, CT11 9AY",
    51.3349,
    1.4131,
    frozenset({Access.STEP_FREE, Access.HEARING_LOOP}),
)
TURNER = Venue("Turner Contemporary", "Rendezvous, Margate", 51.3917, 1.3816)
RAMSGATE = MeetingFacts(
    "Ramsgate neighbourhood meeting", "ramsgate", MeetingKind.IN_PERSON, timedelta(hours=2), venue=LIBRARY
)
MARGATE = replace(RAMSGATE, title="Margate neighbourhood meeting", area="margate", venue=TURNER)
ONLINE = MeetingFacts(
    "Online for everybody",
    None,
    MeetingKind.ONLINE,
    timedelta(hours=1),
    join_link="https://meet.example/thanet",
)


def published(session: Session, by: By, starts_at: datetime, facts: MeetingFacts = RAMSGATE) -> Meeting:
    made = meeting.make(session, by, starts_at, facts)
    return meeting.publish(session, by, made.reference)


def cancelled(session: Session, by: By, starts_at: datetime, facts: MeetingFacts, reason: str) -> Meeting:
    return meeting.cancel(session, by, published(session, by, starts_at, facts).reference, reason)


@dataclass(frozen=True, slots=True)
class Slot:
    """One meeting of a series: where the series had it (naive London time), and what became of it."""

    at: datetime
    moved_to: datetime | None = None
    cancelled: str | None = None
    draft: bool = False
    facts: MeetingFacts | None = None
    sequence: int = 0

    @property
    def starts_at(self) -> datetime:
        return self.moved_to or instant_of(self.at)


def series(session: Session, by: By, rule: str, slots: Sequence[Slot], facts: MeetingFacts = RAMSGATE) -> str:
    """Write the rows of a series; return its id."""
    at = now(session)
    whole = SeriesRow(
        id=f"series{next(_numbers)}",
        rule=rule,
        first_start=slots[0].at.isoformat(timespec="minutes"),
        facts={},
        created_by=by.staff.id,
        created_at=at,
        updated_at=at,
    )
    session.add(whole)
    session.flush()
    session.add_all(_row(session, by, whole.id, slot, slot.facts or facts) for slot in slots)
    session.flush()
    return whole.id


def _row(session: Session, by: By, series_id: str, slot: Slot, facts: MeetingFacts) -> MeetingRow:
    row = new_row(session, by, slot.starts_at, facts)
    more: dict[str, Any] = {"series_id": series_id, "slot": slot.at.isoformat(timespec="minutes")}
    more["sequence"] = slot.sequence
    if not slot.draft:
        more |= {"state": MeetingState.PUBLISHED.value, "published_at": now(session)}
    if slot.cancelled is not None:
        more |= {"state": MeetingState.CANCELLED.value, "cancel_reason": slot.cancelled}
    for name, value in more.items():
        setattr(row, name, value)
    return row
