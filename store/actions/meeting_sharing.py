"""Share what came of a meeting, and walk through those who are to hear of it.

The people are walked in pages; where the walk stands is kept with what was queued, so that a stop in
between neither doubles nor leaves out anybody. A message says what its reader has not heard yet: it
names the sharings that it covers in its key, and one that still waits is worded anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from sqlalchemy import Table, and_, select, update
from sqlalchemy.orm import Session

from store.actions import rewording
from store.actions.meeting import for_update, record
from store.actions.rewording import AGAIN, TELL, keys
from store.actions.rows import check_version, touch
from store.domain import subscription
from store.domain.delivery import SUBSCRIBED_KIND, Lane
from store.domain.errors import Refusal
from store.domain.event import Action
from store.domain.meeting import Meeting, MeetingState
from store.domain.meeting_sharing import SHARING_OPEN, Kept, SharingState, shared
from store.domain.reminder import heard_at
from store.domain.staff import By
from store.domain.subscription import Frequency
from store.engine import now
from store.queries import audience, meetings
from store.queries.audience import Hearer
from store.queries.meeting_sharings import kept as priorities_of
from store.queries.reminders import area_of_wards
from store.tables.delivery import DeliveryRow
from store.tables.meeting import MeetingRow, PriorityRow, SharingRow
from store.tables.resident import ResidentRow

AT_ONCE = 1_000
"""So many people are told in one unit of work."""
WAIT = timedelta(minutes=1)
"""What is on its way may come back within it."""
SUBSCRIBER = SUBSCRIBED_KIND + "you_said"
TOOK_PART = "meeting.you_said"
"""Kinds of delivery: to those who subscribe to anything, and to all others who took part."""
_TABLE = cast("Table", DeliveryRow.__table__)


@dataclass(frozen=True, slots=True)
class Listener:
    """Somebody who is told what is new from the sharing `since` on. `due_at` is aware UTC.

    `gathered`: it waits for their digest.
    """

    chat_id: int
    language: str
    since: int
    kind: str
    key: str
    due_at: datetime
    gathered: bool


@dataclass(frozen=True, slots=True)
class Hearing:
    """The next people who are told what came of a meeting; `row` is where the walk stands after them."""

    meeting: Meeting
    kept: tuple[Kept, ...]
    people: Sequence[Listener]
    state: SharingState
    told_to: str


def share(session: Session, by: By, reference: str, version: int | None = None) -> bool:
    """Let everybody read what came of a meeting, and tell whom it concerns what is new of it.

    Return whether anything was; sharing the same again is harmless. Refusals: `meeting.not_found`,
    `meeting.not_begun`, `meeting.cancelled`, `meeting.no_priorities`, `record.changed`.
    """
    row = for_update(session, by, reference)
    kept = priorities_of(session, [row.id])[row.id]
    sharing = rewording.for_update(session, row.id)
    if sharing is not None and not any(one.is_new for one in kept):
        return False
    check_version(session, "meeting", row, version)
    _check_may(session, row, kept)
    sharing = _again(session, by, row, sharing)
    keep(session, row.id, shared(kept, sharing.number))
    row.updated_at = now(session)
    touch(session, row)
    rewording.follow(session, row)
    words = "; ".join(_words(one) for one in kept if one.is_new)
    record(session, by.actor, row, Action.MEETING_SHARED, number=sharing.number, change=words)
    return True


def _check_may(session: Session, row: MeetingRow, kept: Sequence[Kept]) -> None:
    if row.state == MeetingState.CANCELLED:
        raise Refusal("meeting.cancelled")
    if row.state != MeetingState.PUBLISHED or row.starts_at > now(session):
        raise Refusal("meeting.not_begun")
    if not kept:
        raise Refusal("meeting.no_priorities")


def _again(session: Session, by: By, row: MeetingRow, before: SharingRow | None) -> SharingRow:
    """Begin the next sharing. It takes over from one that has not told everybody yet."""
    sharing = before or SharingRow(meeting_id=row.id, number=0, since=1, walked=True, told=0)
    sharing.number += 1
    sharing.since = sharing.number if sharing.walked else sharing.since
    sharing.walked, sharing.told_to = False, ""
    sharing.shared_at, sharing.shared_by = now(session), by.staff.id
    sharing.state, sharing.due_at = SharingState.REWORDING.value, now(session)
    session.add(sharing)
    session.flush()
    return sharing


def _words(one: Kept) -> str:
    result = f": {one.priority.result}" if one.priority.result else ""
    return f"{one.priority.text}{result}"


def keep(session: Session, meeting_id: str, kept: Sequence[Kept]) -> None:
    """Write down what of each priority was shared, by its place."""
    for place, one in enumerate(kept):
        row = session.get_one(PriorityRow, (meeting_id, place))
        row.shared_in, row.told_in, row.shared_result = one.shared_in, one.told_in, one.shared_result
    session.flush()


def next_due(session: Session) -> Hearing | None:
    """Return whom to tell next; None when nothing is due.

    What waits with words that are not so any more comes first. It is left for a minute where some of
    it is on its way, and may come back.
    """
    while (row := _first_due(session)) is not None:
        if row.state != SharingState.REWORDING:
            return _telling(session, row)
        if rewording.take_back_returned(session, row.meeting_id):
            return _rewording(session, row)
        row.due_at = now(session) + WAIT
        session.flush()
    return None


def _first_due(session: Session) -> SharingRow | None:
    return session.scalar(
        select(SharingRow)
        .where(
            SharingRow.state.in_([state.value for state in SHARING_OPEN]), SharingRow.due_at <= now(session)
        )
        .order_by(SharingRow.due_at, SharingRow.meeting_id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )


def _hearing(
    session: Session, row: SharingRow, people: Sequence[Listener], state: SharingState, told_to: str
) -> Hearing:
    meeting = meetings.view(session.get_one(MeetingRow, row.meeting_id))
    return Hearing(meeting, priorities_of(session, [meeting.id])[meeting.id], people, state, told_to)


def _rewording(session: Session, row: SharingRow) -> Hearing:
    """Return the next of those whose message was taken back; their keys are free for the new one."""
    found = session.execute(
        select(
            _TABLE.c.key,
            _TABLE.c.chat_id,
            _TABLE.c.kind,
            _TABLE.c.due_at,
            _TABLE.c.lane,
            ResidentRow.language,
        )
        .join(ResidentRow, and_(ResidentRow.chat_id == _TABLE.c.chat_id, ~ResidentRow.relay))
        .where(keys(AGAIN, row.meeting_id))
        .order_by(_TABLE.c.key)
        .limit(AT_ONCE)
    ).all()
    people = []
    for one in found:
        *_, resident_id, _, since = one.key.split(":")
        key = _key(row, resident_id, int(since))
        gathered = one.lane == Lane.GATHERED
        people.append(Listener(one.chat_id, one.language, int(since), one.kind, key, one.due_at, gathered))
    full = len(found) == AT_ONCE
    these = [_TABLE.c.key <= found[-1].key] if full else []
    session.execute(update(_TABLE).where(keys(AGAIN, row.meeting_id), *these).values(key=None))
    then = SharingState.TOLD if row.walked else SharingState.TELLING
    return _hearing(session, row, people, SharingState.REWORDING if full else then, row.told_to)


def _telling(session: Session, row: SharingRow) -> Hearing:
    """Return the next of those who are to hear and were not told of this sharing."""
    facts = meetings.view(session.get_one(MeetingRow, row.meeting_id)).facts
    places = subscription.concerned(facts.area, facts.wards, area_of_wards(session))
    found = audience.hear_back(session, row.meeting_id, places, row.told_to, AT_ONCE)
    heard = _heard(session, row, found) if found else {}
    people = []
    for person in found:
        since = heard[person.resident_id] + 1 if person.resident_id in heard else row.since
        if since <= row.number:
            kind = SUBSCRIBER if person.subscribes else TOOK_PART
            due_at = heard_at(person.frequency, person.quiet, now(session))
            key = _key(row, person.resident_id, since)
            gathered = person.subscribes and person.frequency is not Frequency.AT_ONCE
            people.append(Listener(person.chat_id, person.language, since, kind, key, due_at, gathered))
    if len(found) == AT_ONCE:
        return _hearing(session, row, people, SharingState.TELLING, found[-1].resident_id)
    return _hearing(session, row, people, SharingState.TOLD, row.told_to)


def _heard(session: Session, row: SharingRow, found: Sequence[Hearer]) -> dict[str, int]:
    """Return up to which sharing these were told, by their ids."""
    their = keys(TELL, row.meeting_id, found[0].resident_id, found[-1].resident_id)
    heard: dict[str, int] = {}
    for key in session.scalars(select(_TABLE.c.key).where(their)):
        _, _, resident_id, latest, _ = key.split(":")
        heard[resident_id] = max(heard.get(resident_id, 0), int(latest))
    return heard


def _key(row: SharingRow, resident_id: str, since: int) -> str:
    """Return what makes a message unique: to whom, and the sharings from which on to which it tells."""
    return f"{TELL}{row.meeting_id}:{resident_id}:{row.number:04}:{since:04}"


def told(session: Session, hearing: Hearing, count: int) -> None:
    """Write down that these people's messages are queued."""
    row = session.get_one(SharingRow, hearing.meeting.id)
    row.state, row.told_to = hearing.state.value, hearing.told_to
    row.walked = row.walked or hearing.state is SharingState.TOLD
    row.told += count
    session.flush()
