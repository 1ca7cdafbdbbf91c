"""Say that one comes to a meeting, or not after all; whoever waits for room moves up by itself."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.actions import event
from store.actions.resident import as_actor
from store.domain.actor import SYSTEM
from store.domain.attendance import (
    Attendance,
    AttendanceState,
    Party,
    check_here,
    checked_needs,
    checked_people,
    moved_up,
    room_left,
)
from store.domain.errors import NotFound, Refusal
from store.domain.event import Action
from store.domain.meeting import MeetingState, unpacked
from store.domain.resident import Resident
from store.engine import now
from store.queries import meetings
from store.tables.attendance import AttendanceRow
from store.tables.meeting import MeetingRow


def come(
    session: Session, resident: Resident, reference: str, people: int = 1, needs: str | None = None
) -> Attendance:
    """Say that somebody comes, with how many in all; where there is no room for them they wait.

    Said again it changes how many they are and what they need (None: as it was), and they keep their
    place. Refusals: `meeting.not_found`, `meeting.called_off`, `meeting.over`, `meeting.how_many`,
    `meeting.needs_too_long`, `meeting.no_room` (`left`: for more people than they were).
    """
    meeting = _open_meeting(session, reference)
    count = checked_people(people)
    left = room_left(unpacked(meeting.facts).capacity, _parties(session, meeting, without=resident.id))
    fits = left is None or count <= left
    row = _row(session, meeting, resident)
    if row.state == AttendanceState.COMING and not fits:
        raise Refusal("meeting.no_room", left=left or 0)
    if row.state == AttendanceState.AWAY:
        row.asked_at = now(session)
    row.state = (AttendanceState.COMING if fits else AttendanceState.WAITING).value
    row.people, row.changed_at = count, now(session)
    row.needs = row.needs if needs is None else checked_needs(needs)
    session.flush()
    _record(session, resident, meeting, row)
    fill(session, meeting)
    return _view(session, row)


def _row(session: Session, meeting: MeetingRow, resident: Resident) -> AttendanceRow:
    """Return what this person said before; who said nothing is taken for away."""
    row = session.get(AttendanceRow, (meeting.id, resident.id), populate_existing=True)
    if row is None:
        row = AttendanceRow(meeting_id=meeting.id, resident_id=resident.id, people=0, needs=None)
        row.state, row.asked_at, row.changed_at = AttendanceState.AWAY.value, now(session), now(session)
        session.add(row)
    return row


def stay_away(session: Session, resident: Resident, reference: str) -> None:
    """Say that somebody does not come after all; whoever waits moves up. Saying it again is harmless.

    Refusals: `meeting.not_found`, `meeting.called_off`, `meeting.over`.
    """
    meeting = _open_meeting(session, reference)
    row = session.get(AttendanceRow, (meeting.id, resident.id), populate_existing=True)
    if row is None or row.state == AttendanceState.AWAY:
        return
    row.state, row.changed_at = AttendanceState.AWAY.value, now(session)
    session.flush()
    _record(session, resident, meeting, row)
    fill(session, meeting)


def arrive(session: Session, resident: Resident, reference: str) -> None:
    """Say at the door that somebody is there; whoever had not said that they come is one person.

    Saying it again is harmless. Refusals: `meeting.not_found`, `meeting.called_off`, those of `check_here`.
    """
    meeting = _known_meeting(session, reference)
    check_here(meetings.view(meeting), now(session))
    row = _row(session, meeting, resident)
    if row.here_at is not None:
        return
    if row.state == AttendanceState.AWAY:
        row.people = 1
    row.here_at = row.changed_at = now(session)
    session.flush()
    told = {"reference": meeting.reference}
    event.record(session, as_actor(resident), Action.ATTENDANCE_HERE, ("meeting", meeting.id), told)


def fill(session: Session, meeting: MeetingRow) -> None:
    """Let come whoever waits and fits, in the order in which they asked; each is told."""
    parties = _parties(session, meeting)
    for party in moved_up(unpacked(meeting.facts).capacity, parties):
        row = session.get_one(AttendanceRow, (meeting.id, party.resident_id))
        row.state, row.changed_at = AttendanceState.COMING.value, now(session)
        details = {"reference": meeting.reference, "resident_id": party.resident_id}
        event.record(session, SYSTEM, Action.ATTENDANCE_MOVED_UP, ("meeting", meeting.id), details)
    session.flush()


def of(session: Session, resident: Resident, meeting_id: str) -> Attendance | None:
    """Return what this person said about a meeting; None where they said nothing, or stay away."""
    row = session.get(AttendanceRow, (meeting_id, resident.id))
    return _view(session, row) if row is not None and row.state != AttendanceState.AWAY else None


def _view(session: Session, row: AttendanceRow) -> Attendance:
    ahead = 0
    if row.state == AttendanceState.WAITING:
        before = select(func.coalesce(func.sum(AttendanceRow.people), 0)).where(
            AttendanceRow.meeting_id == row.meeting_id,
            AttendanceRow.state == AttendanceState.WAITING.value,
            AttendanceRow.asked_at < row.asked_at,
        )
        ahead = session.scalar(before) or 0
    return Attendance(AttendanceState(row.state), row.people, row.needs, ahead)


def _open_meeting(session: Session, reference: str) -> MeetingRow:
    """Return the row of a meeting that people can come to, locked: two do not take the last seat."""
    row = _known_meeting(session, reference)
    if row.ends_at <= now(session):
        raise Refusal("meeting.over")
    return row


def _known_meeting(session: Session, reference: str) -> MeetingRow:
    """Return the row of a meeting that takes place or took place, locked."""
    row = session.scalar(
        select(MeetingRow)
        .where(MeetingRow.reference == reference, MeetingRow.published_at.is_not(None))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None:
        raise NotFound("meeting.not_found", reference=reference)
    if row.state == MeetingState.CANCELLED:
        raise Refusal("meeting.called_off")
    return row


def _parties(session: Session, meeting: MeetingRow, without: str | None = None) -> list[Party]:
    rows = session.execute(
        select(AttendanceRow.resident_id, AttendanceRow.people, AttendanceRow.state)
        .where(
            AttendanceRow.meeting_id == meeting.id,
            AttendanceRow.state != AttendanceState.AWAY.value,
            AttendanceRow.resident_id != (without or ""),
        )
        .order_by(AttendanceRow.asked_at, AttendanceRow.resident_id)
    )
    return [Party(row.resident_id, row.people, AttendanceState(row.state)) for row in rows]


def _record(session: Session, resident: Resident, meeting: MeetingRow, row: AttendanceRow) -> None:
    details = {"reference": meeting.reference, "state": row.state, "people": row.people}
    event.record(session, as_actor(resident), Action.ATTENDANCE_SAID, ("meeting", meeting.id), details)
