"""Make meetings of what a file tells: drafts, and only those that are not there yet."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import meeting, series
from store.domain.actor import Actor
from store.domain.meeting import MeetingFacts, MeetingState
from store.domain.meeting_entry import ImportPlan, ReadMeetings, Recurring
from store.domain.recurrence import instant_of, slot_of
from store.engine import now
from store.queries import meeting_import as planning
from store.tables.meeting import MeetingRow, SeriesRow

LEFT_OUT = "The file it came from leaves this date out."


def import_file(session: Session, actor: Actor, read: ReadMeetings) -> ImportPlan:
    """Make what is new of a file, as drafts; return what was made, known and refused."""
    plan = planning.plan(session, read)
    for one in plan.singles:
        row = meeting.new_row(session, None, instant_of(one.start), one.facts)
        row.uid = one.uid
        meeting.add(session, actor, row)
    for each in plan.series:
        _make(session, actor, each)
    return plan


def _make(session: Session, actor: Actor, told: Recurring) -> None:
    row = series.new_row(session, None, told.plan, told.plan.facts)
    row.uid = told.uid
    series.fill(session, actor, row)
    at = now(session)
    for slot, start, facts in told.other:
        if instant_of(slot) > at and instant_of(start) > at:
            meeting.become(session, actor, _at(session, actor, row, slot, facts), instant_of(start), facts)
    for slot in told.without:
        if instant_of(slot) > at:
            left_out = _at(session, actor, row, slot, told.plan.facts)
            if left_out.state != MeetingState.CANCELLED:
                meeting.call_off(session, actor, left_out, LEFT_OUT)


def _at(session: Session, actor: Actor, its: SeriesRow, slot: datetime, facts: MeetingFacts) -> MeetingRow:
    """Return the meeting of a series on this date; one beyond those that were made is made now."""
    wanted = select(MeetingRow).where(MeetingRow.series_id == its.id, MeetingRow.slot == slot_of(slot))
    row = session.scalar(wanted)
    if row is None:
        row = meeting.new_row(session, None, instant_of(slot), facts)
        row.series_id, row.slot = its.id, slot_of(slot)
        meeting.add(session, actor, row)
    return row
