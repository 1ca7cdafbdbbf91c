"""Write down how many came to a meeting, and correct it."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy.orm import Session

from store.actions.meeting import for_update, record
from store.actions.rows import check_version, touch
from store.domain.errors import Refusal
from store.domain.event import Action
from store.domain.meeting import MeetingState
from store.domain.staff import By
from store.domain.turnout import Turnout, change, checked, may_be_told
from store.engine import now
from store.queries.turnouts import view
from store.tables.turnout import TurnoutRow


def set_turnout(
    session: Session, by: By, reference: str, told: Turnout, version: int | None = None
) -> Turnout:
    """Let so many have come; the same again is harmless.

    Refusals: `meeting.not_found`, `turnout.not_held` (it has not begun, or is not published),
    `record.changed`, those of `checked`.
    """
    meeting, after = for_update(session, by, reference), checked(told)
    row = session.get(TurnoutRow, meeting.id, populate_existing=True)
    before = view(row) if row else None
    if before == after:
        return after
    check_version(session, "meeting", meeting, version)
    if not may_be_told(MeetingState(meeting.state), begun=meeting.starts_at <= now(session)):
        raise Refusal("turnout.not_held")
    row = row or TurnoutRow(meeting_id=meeting.id)
    row.in_person, row.online, row.partners = after.in_person, after.online, after.partners
    row.recorded_at, row.recorded_by = now(session), by.staff.id
    session.add(row)
    meeting.updated_at = now(session)
    touch(session, meeting)
    plain = {"turnout_before": before and asdict(before), "turnout_after": asdict(after)}
    record(session, by.actor, meeting, Action.MEETING_TURNOUT_SET, change=change(before, after), **plain)
    return after
