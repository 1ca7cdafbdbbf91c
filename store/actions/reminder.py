"""Plan the reminders of meetings, keep them true to what changes, and tell those that are due.

The people who hear are walked in pages; where the walk stands is kept with what was queued, so that a
stop in between neither doubles nor leaves out anybody.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from store.actions import unsent
from store.domain import reminder, subscription
from store.domain.meeting import Meeting, packed, unpacked
from store.domain.meeting_sharing import SharedMeeting
from store.domain.reminder import OPEN, Planned, ReminderKind, ReminderState
from store.domain.subscription import Topic
from store.engine import now
from store.queries import audience, deliveries, meetings
from store.queries.audience import Hearer
from store.queries.meeting_sharings import last_time
from store.queries.reminders import area_of_wards, leads
from store.tables.meeting import MeetingRow
from store.tables.reminder import ReminderRow

AT_ONCE = 1_000
"""So many people are told in one unit of work."""
HEARD_WITHIN = timedelta(days=1)
"""So soon a change is heard, also by whoever has quiet hours."""
WHO_COMES, ALL_OTHERS = "coming", "others"
_TABLE = cast("Table", ReminderRow.__table__)
_Other = tuple[timedelta, datetime, str]
"""Lead, due time and state of a reminder."""
_OPEN = _TABLE.c.state.in_([state.value for state in OPEN])


@dataclass(frozen=True, slots=True)
class Telling:
    """The next people who are told something of a meeting.

    First those who come (`coming`), then everybody else who is to hear; `first`: no longer lead was
    told; `cursor` is where the walk stands after these, None at its end. The last reminder before the
    start says what came of the meeting before: `last_time`. `was` is how those who are told of a change know
    the meeting.
    """

    id: str
    kind: ReminderKind
    meeting: Meeting
    people: Sequence[Hearer]
    coming: bool
    first: bool
    cursor: str | None
    last_time: SharedMeeting | None = None
    was: Meeting | None = None

    def key_of(self, person: Hearer) -> str:
        """Return what makes this unique: nobody is told the same twice."""
        return f"{told_of(self.meeting.id)}{self.id}:{person.resident_id}"


def told_of(meeting_id: str) -> str:
    """Return how the keys of everything begin that is told of this meeting."""
    return f"meeting:{meeting_id}:"


def follow(session: Session, before: Meeting, row: MeetingRow) -> None:
    """Keep the reminders of a meeting true to what it is now; a change is told at once.

    What was planned for how it was is never sent, not even what waits in the outbox already.
    """
    after, known = meetings.view(row), _as_known(session, before)
    if before.fingerprint != after.fingerprint:
        _end(session, ReminderState.STALE, _TABLE.c.meeting_id == row.id, _OPEN)
        unsent.overtake(session, told_of(row.id))
    told = reminder.change(before, after, now(session))
    if told is not None:
        _keep(session, after, told, known)
    for one in reminder.planned(after, now(session), leads(session)):
        _keep(session, after, one)


def _as_known(session: Session, before: Meeting) -> Meeting | None:
    """Return a meeting that changes as people know it: before a change of which nobody heard yet.

    None where some heard of that and others did not: what it was to be is not the same for all.
    """
    its = (ReminderRow.meeting_id == before.id, ReminderRow.kind == ReminderKind.CHANGED.value)
    lately = ReminderRow.created_at > now(session) - HEARD_WITHIN
    newest = select(ReminderRow).where(*its, lately).order_by(ReminderRow.created_at.desc()).limit(1)
    last = session.scalar(newest)
    if last is None:
        return before
    got, waits = deliveries.reached(session, f"{told_of(before.id)}{last.id}:")
    if got:
        return None if waits or last.state in OPEN else before
    return _unpacked(last.was, before) if last.was is not None else None


def _packed(meeting: Meeting) -> dict[str, Any]:
    return {"starts_at": meeting.starts_at.isoformat(), "facts": packed(meeting.facts)}


def _unpacked(was: Mapping[str, Any], meeting: Meeting) -> Meeting:
    return replace(meeting, starts_at=datetime.fromisoformat(was["starts_at"]), facts=unpacked(was["facts"]))


def _keep(session: Session, meeting: Meeting, one: Planned, known: Meeting | None = None) -> None:
    """Write a reminder down; one that was stale holds again where all is as it was."""
    changed = one.kind is not ReminderKind.COMING_UP
    values: dict[str, Any] = {
        "meeting_id": meeting.id,
        "kind": one.kind.value,
        "lead_minutes": one.lead // timedelta(minutes=1),
        # Moved there a second time it is told a second time; a reminder is one, however often it moved.
        "fingerprint": f"{meeting.fingerprint[:10]}{meeting.sequence:06}" if changed else meeting.fingerprint,
    }
    same = [_TABLE.c[name] == value for name, value in values.items()]
    there = session.scalar(select(ReminderRow).where(*same).with_for_update())
    if there is None:
        at = now(session)
        waiting = ReminderState.WAITING.value
        was = _packed(known) if changed and known is not None else None
        session.add(ReminderRow(**values, due_at=one.due_at, state=waiting, told=0, was=was, created_at=at))
        session.flush()
    elif there.state == ReminderState.STALE:
        there.state, there.finished_at = ReminderState.WAITING.value, None


def next_due(session: Session) -> Telling | None:
    """Return whom to tell next of what; None when nothing is due.

    What is stale, comes too late, or was overtaken by a shorter lead, is written off on the way.
    """
    while (row := _first_due(session)) is not None:
        meeting = meetings.view(session.get_one(MeetingRow, row.meeting_id))
        others = _others(session, row)
        state = _no_more(session, row, meeting, others)
        if state is None:
            return _telling(session, row, meeting, others)
        _end(session, state, _TABLE.c.id == row.id)
    return None


def _first_due(session: Session) -> ReminderRow | None:
    return session.scalar(
        select(ReminderRow)
        .where(_OPEN, ReminderRow.due_at <= now(session))
        .order_by(ReminderRow.due_at, ReminderRow.id)
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )


def _no_more(
    session: Session, row: ReminderRow, meeting: Meeting, others: Sequence[_Other]
) -> ReminderState | None:
    """Return how a reminder ends that must not be sent any more; None for one that may."""
    if meeting.starts_at <= now(session):
        return ReminderState.LATE
    if row.kind != ReminderKind.COMING_UP:
        return None
    if row.fingerprint != meeting.fingerprint:
        return ReminderState.STALE
    due = [lead for lead, due_at, _ in others if due_at <= now(session)]
    return None if reminder.makes_sense(_lead(row), due) else ReminderState.LATE


def _others(session: Session, row: ReminderRow) -> Sequence[_Other]:
    """Return lead, due time and state of all the reminders that say the same as this one."""
    rows = session.execute(
        select(ReminderRow.lead_minutes, ReminderRow.due_at, ReminderRow.state).where(
            ReminderRow.meeting_id == row.meeting_id,
            ReminderRow.kind == row.kind,
            ReminderRow.fingerprint == row.fingerprint,
        )
    )
    return [(timedelta(minutes=minutes), due_at, state) for minutes, due_at, state in rows]


def _lead(row: ReminderRow) -> timedelta:
    return timedelta(minutes=row.lead_minutes)


def _telling(session: Session, row: ReminderRow, meeting: Meeting, others: Sequence[_Other]) -> Telling:
    kind, (phase, _, after) = ReminderKind(row.kind), (row.told_to or WHO_COMES).partition(":")
    coming = phase == WHO_COMES
    if coming:
        also = kind is not ReminderKind.COMING_UP
        people = audience.coming(session, meeting.id, waiting_too=also, after=after, limit=AT_ONCE)
    elif kind is ReminderKind.COMING_UP:
        facts = meeting.facts
        places = subscription.concerned(facts.area, facts.wards, area_of_wards(session))
        people = audience.subscribers(session, Topic.MEETINGS, places, after, AT_ONCE)
    else:
        people = audience.told_before(session, meeting.id, told_of(meeting.id), after, AT_ONCE)
    cursor = f"{phase}:{people[-1].resident_id}" if len(people) == AT_ONCE else None
    if coming and cursor is None:
        cursor = ALL_OTHERS
    first = not any(lead > _lead(row) and state == ReminderState.TOLD for lead, _, state in others)
    last = kind is ReminderKind.COMING_UP and _lead(row) == min(leads(session), default=None)
    before = last_time(session, meeting) if last else None
    was = _unpacked(row.was, meeting) if row.was is not None and kind is ReminderKind.CHANGED else None
    return Telling(row.id, kind, meeting, people, coming, first, cursor, before, was)


def told(session: Session, telling: Telling, count: int) -> None:
    """Write down that these people's messages are queued."""
    state = ReminderState.TOLD if telling.cursor is None else ReminderState.TELLING
    finished_at = now(session) if telling.cursor is None else None
    values: dict[str, Any] = {"state": state.value, "told": _TABLE.c.told + count, "told_to": telling.cursor}
    session.execute(
        update(_TABLE).where(_TABLE.c.id == telling.id).values(values | {"finished_at": finished_at})
    )


def follow_last_time(session: Session, row: MeetingRow) -> None:
    """Let the last reminder of the next meeting say what came of this one now: what waits is told anew.

    Whoever was reminded is not reminded again.
    """
    shortest = min(leads(session), default=timedelta())
    at = now(session)
    near = [MeetingRow.starts_at > at, MeetingRow.starts_at <= at + shortest]
    same_area = MeetingRow.area.is_(None) if row.area is None else MeetingRow.area == row.area
    of_series = MeetingRow.series_id == row.series_id if row.series_id else same_area
    told = select(ReminderRow).join(MeetingRow, MeetingRow.id == ReminderRow.meeting_id)
    told = told.where(*near, same_area | of_series, ReminderRow.kind == ReminderKind.COMING_UP.value)
    wanted = told.where(
        ReminderRow.lead_minutes == shortest // timedelta(minutes=1),
        ReminderRow.state.in_([ReminderState.TELLING.value, ReminderState.TOLD.value]),
    )
    for one in session.scalars(wanted.with_for_update(of=ReminderRow)):
        unsent.take_back_to_tell_anew(session, f"{told_of(one.meeting_id)}{one.id}:")
        one.state, one.told_to, one.told = ReminderState.WAITING.value, None, 0
        one.finished_at = None
    session.flush()


def _end(session: Session, state: ReminderState, *which: Any) -> None:
    session.execute(update(_TABLE).where(*which).values(state=state.value, finished_at=now(session)))
