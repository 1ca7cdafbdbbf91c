"""What came of meetings, for staff: before they share it, and what is still to be done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.domain import subscription
from store.domain.errors import NotFound
from store.domain.meeting import Meeting, MeetingState
from store.domain.meeting_sharing import SOON, Kept, SharedMeeting, SharingState, ToDo, last_of, to_do
from store.domain.staff import Staff
from store.domain.timeline import TimelineLine
from store.engine import now
from store.queries import audience, meetings, timeline
from store.queries.meeting_sharings import kept, last_time
from store.queries.reminders import area_of_wards
from store.queries.visible import check_worker
from store.tables.meeting import MeetingRow, SharingRow

LOOKS_BACK = timedelta(days=366)
"""Meetings that were held longer ago are nobody's to do any more."""
MOST = 50


@dataclass(frozen=True, slots=True)
class Sharing:
    """How far a meeting is shared: so often, to how many messages, and whether it still goes out."""

    number: int = 0
    told: int = 0
    going_out: bool = False


@dataclass(frozen=True, slots=True)
class SharingPage:
    """A meeting and what would be shared. So many who took part would hear, and so many others."""

    meeting: Meeting
    kept: tuple[Kept, ...]
    sharing: Sharing
    story: tuple[TimelineLine, ...]
    took_part: int
    others: int


@dataclass(frozen=True, slots=True)
class Standing:
    """What came of a meeting so far, and what of the one before it is said at its beginning."""

    kept: tuple[Kept, ...]
    sharing: Sharing
    begins_with: SharedMeeting | None


@dataclass(frozen=True, slots=True)
class Duty:
    """What is to be done about a meeting that was held."""

    meeting: Meeting
    to_do: tuple[ToDo, ...]


def page(session: Session, staff: Staff, reference: str) -> SharingPage:
    """Return what sharing this meeting would do. Refusals: `staff.not_allowed`, `meeting.not_found`."""
    check_worker(staff)
    row = session.scalar(select(MeetingRow).where(MeetingRow.reference == reference))
    if row is None:
        raise NotFound("meeting.not_found", reference=reference)
    meeting = meetings.view(row)
    facts = meeting.facts
    places = subscription.concerned(facts.area, facts.wards, area_of_wards(session))
    counts = audience.count_hear_back(session, row.id, places)
    story = timeline.story(session, ("meeting", row.id))
    return SharingPage(meeting, kept(session, [row.id])[row.id], _sharing(session, row.id), story, *counts)


def standing(session: Session, staff: Staff, meeting: Meeting) -> Standing:
    """Return what came of a meeting; one that is not over begins with what came of the last one."""
    check_worker(staff)
    before = last_time(session, meeting) if meeting.ends_at > now(session) else None
    return Standing(kept(session, [meeting.id])[meeting.id], _sharing(session, meeting.id), before)


def _sharing(session: Session, meeting_id: str) -> Sharing:
    row = session.get(SharingRow, meeting_id)
    return Sharing(row.number, row.told, row.state != SharingState.TOLD) if row else Sharing()


def duties(session: Session, staff: Staff) -> Sequence[Duty]:
    """Return the meetings held in the last year about which there is something to do, the newest first."""
    check_worker(staff)
    at = now(session)
    published = select(MeetingRow).where(MeetingRow.state == MeetingState.PUBLISHED.value)
    over = published.where(MeetingRow.ends_at <= at, MeetingRow.ends_at > at - LOOKS_BACK)
    newest_first = over.order_by(MeetingRow.starts_at.desc(), MeetingRow.id)
    held = [meetings.view(row) for row in session.scalars(newest_first)]
    soon = published.where(MeetingRow.starts_at > at, MeetingRow.starts_at < at + SOON)
    next_at: dict[str, datetime] = {}
    for row in session.scalars(soon.order_by(MeetingRow.starts_at, MeetingRow.id)):
        coming = meetings.view(row)
        last = last_of(coming, held)
        if last is not None:
            next_at.setdefault(last.id, coming.starts_at)
    priorities = kept(session, [one.id for one in held])
    found = (Duty(one, to_do(priorities[one.id], next_at.get(one.id), at)) for one in held)
    return [duty for duty in found if duty.to_do][:MOST]
