"""Make meetings, say when and where they are, publish them, call them off."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from store.actions import attendance, event, reminder, rewording
from store.actions.rows import check_version, worked_for_update
from store.domain import reference_number
from store.domain.actor import Actor
from store.domain.errors import Refusal
from store.domain.event import Action
from store.domain.meeting import (
    Meeting,
    MeetingFacts,
    MeetingState,
    Venue,
    checked,
    checked_draft,
    may,
    packed,
    unpacked,
)
from store.domain.meeting_change import change as change_of
from store.domain.message import checked_text
from store.domain.reference import Profile
from store.domain.staff import By
from store.engine import now
from store.queries import meetings
from store.queries.reference import place_names
from store.queries.visible import check_worker
from store.tables.meeting import MeetingRow


def make(session: Session, by: By, starts_at: datetime, facts: MeetingFacts) -> Meeting:
    """Make a single meeting, as a draft. Refusals: `staff.not_allowed`, those of `checked`."""
    check_worker(by.staff)
    return meetings.view(add(session, by.actor, new_row(session, by, starts_at, checked(facts))))


def change(
    session: Session,
    by: By,
    reference: str,
    starts_at: datetime,
    facts: MeetingFacts,
    version: int | None = None,
) -> Meeting:
    """Let one meeting be at another time, or other than it was; what it is already is harmless.

    One of a series keeps its slot. A draft can be changed when its time is past. Refusals:
    `meeting.not_found`, `meeting.cancelled`, `meeting.over`, `meeting.in_past`, `record.changed`,
    those of `checked` (of a draft those of `checked_draft`).
    """
    row = for_update(session, by, reference)
    if (row.starts_at, unpacked(row.facts)) == (starts_at, facts):
        return meetings.view(row)
    check_version(session, "meeting", row, version)
    if row.state == MeetingState.CANCELLED:
        raise Refusal("meeting.cancelled")
    if row.state == MeetingState.PUBLISHED and row.ends_at <= now(session):
        raise Refusal("meeting.over")
    if starts_at != row.starts_at and starts_at <= now(session):
        raise Refusal("meeting.in_past")
    check = checked_draft if row.state == MeetingState.DRAFT else checked
    become(session, by.actor, row, starts_at, check(facts))
    return meetings.view(row)


def publish(session: Session, by: By, reference: str, version: int | None = None) -> Meeting:
    """Let everybody know of a draft. Publishing again is harmless.

    Refusals: `meeting.not_found`, `meeting.cannot_move`, `meeting.over`, `record.changed`, those of
    `checked`.
    """
    row = for_update(session, by, reference)
    if row.state == MeetingState.PUBLISHED:
        return meetings.view(row)
    check_version(session, "meeting", row, version)
    _check_may(row, MeetingState.PUBLISHED)
    if row.ends_at <= now(session):
        raise Refusal("meeting.over")
    open_up(session, by.actor, row)
    return meetings.view(row)


def cancel(session: Session, by: By, reference: str, reason: str, version: int | None = None) -> Meeting:
    """Call a meeting off; `reason` is told to everybody. Cancelling again is harmless.

    A draft can be dropped at any time. Refusals: `meeting.not_found`, `meeting.needs_reason`,
    `meeting.cannot_move`, `meeting.over`, `message.too_long`, `record.changed`.
    """
    row = for_update(session, by, reference)
    if row.state == MeetingState.CANCELLED:
        return meetings.view(row)
    check_version(session, "meeting", row, version)
    _check_may(row, MeetingState.CANCELLED)
    if row.state == MeetingState.PUBLISHED and row.starts_at <= now(session):
        raise Refusal("meeting.over")
    call_off(session, by.actor, row, reason_of(reason))
    return meetings.view(row)


def duplicate(
    session: Session, by: By, profile: Profile, reference: str, areas: Iterable[str]
) -> tuple[Meeting, ...]:
    """Make a draft like this one in each of these areas, at the same time; each needs a venue of its own.

    The name of the area in the title is changed with it. Refusals: `meeting.not_found`,
    `meeting.choose_area`, also for a code that is no area's, and for its own.
    """
    row = for_update(session, by, reference)
    names = {area.code: area.name for area in profile.areas}
    wanted = list(dict.fromkeys(areas))
    if not wanted or not names.keys() - {row.area} >= set(wanted):
        raise Refusal("meeting.choose_area")
    facts, old = unpacked(row.facts), names.get(row.area or "", "")
    made = []
    for area in wanted:
        title = facts.title.replace(old, names[area]) if old else facts.title
        venue = Venue() if facts.venue.name else facts.venue
        like = replace(facts, title=title, area=area, wards=(), venue=venue)
        copy = new_row(session, by, row.starts_at, checked_draft(like))
        made.append(meetings.view(add(session, by.actor, copy, like=row.reference)))
    return tuple(made)


def new_row(session: Session, by: By | None, starts_at: datetime, facts: MeetingFacts) -> MeetingRow:
    """Return the row of a new draft; `by` is None for one that comes from a file."""
    row = MeetingRow(
        reference=reference_number.new(),
        state=MeetingState.DRAFT.value,
        sequence=0,
        created_by=by.staff.id if by else None,
        created_at=now(session),
    )
    put(session, row, starts_at, facts)
    return row


def add(session: Session, actor: Actor, row: MeetingRow, **more: str | None) -> MeetingRow:
    """Keep a new meeting, and write down that it was made."""
    session.add(row)
    session.flush()
    record(session, actor, row, Action.MEETING_MADE, **more)
    return row


def put(session: Session, row: MeetingRow, starts_at: datetime, facts: MeetingFacts) -> None:
    """Let the row say when it is and what of it."""
    row.starts_at, row.ends_at = starts_at, starts_at + facts.lasts
    row.title, row.area, row.facts = facts.title.strip(), facts.area, packed(facts)
    row.lat, row.lon, row.updated_at = facts.venue.lat, facts.venue.lon, now(session)


def become(session: Session, actor: Actor, row: MeetingRow, starts_at: datetime, facts: MeetingFacts) -> None:
    """Change a meeting, and write down what differs; nothing happens where nothing does."""
    names = place_names(session)
    differs = change_of((row.starts_at, starts_at), unpacked(row.facts), facts, names)
    if differs is None:
        return
    before = meetings.view(row)
    put(session, row, starts_at, facts)
    published = row.state == MeetingState.PUBLISHED
    row.sequence += published and differs.tells
    if row.publish_at is not None and row.publish_at >= starts_at:
        row.publish_at = None
    session.flush()
    told = {"fields_before": dict(differs.before), "fields_after": dict(differs.after)}
    tells = published and differs.tells
    record(session, actor, row, Action.MEETING_CHANGED, change=differs.words, tells=tells, **told)
    reminder.follow(session, before, row)
    rewording.follow(session, row)
    attendance.fill(session, row)


def open_up(session: Session, actor: Actor, row: MeetingRow) -> None:
    """Publish a draft. Refusals: those of `checked`."""
    checked(unpacked(row.facts))
    before = meetings.view(row)
    row.state, row.published_at, row.publish_at = MeetingState.PUBLISHED.value, now(session), None
    row.updated_at = now(session)
    session.flush()
    record(session, actor, row, Action.MEETING_PUBLISHED)
    reminder.follow(session, before, row)


def call_off(session: Session, actor: Actor, row: MeetingRow, reason: str) -> None:
    """Cancel a meeting; `tells` is said of one that people may know of."""
    before = meetings.view(row)
    row.state, row.cancelled_at = MeetingState.CANCELLED.value, now(session)
    row.cancel_reason, row.publish_at, row.updated_at = reason, None, now(session)
    row.sequence += 1
    session.flush()
    tells = row.published_at is not None
    record(session, actor, row, Action.MEETING_CANCELLED, reason=reason, tells=tells)
    reminder.follow(session, before, row)


def reason_of(said: str) -> str:
    """Return why a meeting does not take place. Refusals: `meeting.needs_reason`, `message.too_long`."""
    if not said.strip():
        raise Refusal("meeting.needs_reason")
    return checked_text(said)


def for_update(session: Session, by: By, reference: str) -> MeetingRow:
    """Return the row, locked. Refusals: `staff.not_allowed`, `meeting.not_found`."""
    return worked_for_update(session, by, MeetingRow, "meeting.not_found", reference)


def record(session: Session, actor: Actor, row: MeetingRow, action: Action, **more: Any) -> None:
    """Write down what was done to it."""
    told = {"reference": row.reference, "starts_at": row.starts_at.isoformat(), "area": row.area}
    event.record(session, actor, action, ("meeting", row.id), told | more)


def _check_may(row: MeetingRow, to: MeetingState) -> None:
    if not may(MeetingState(row.state), to):
        raise Refusal("meeting.cannot_move", state=row.state)
