"""Change a meeting of a series and all later ones: the old series ends before it, a new one begins."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from store.actions import meeting, series
from store.actions.rows import check_version
from store.domain.errors import Refusal
from store.domain.event import Action
from store.domain.meeting import Meeting, MeetingFacts, MeetingState, checked, packed, unpacked
from store.domain.recurrence import slot_of
from store.domain.series import Plan, carried, carried_start
from store.domain.staff import By
from store.engine import now
from store.queries import meetings
from store.queries import series as reading
from store.queries.slots import anchored, within
from store.tables.meeting import MeetingRow, SeriesRow

NO_LONGER = "There is no meeting on this day any more: the dates of the series have changed."
"""What those are told who knew of a meeting whose date is gone."""


def change_rest(session: Session, by: By, reference: str, plan: Plan, version: int | None = None) -> Meeting:
    """Let this meeting and all later ones of its series be as `plan` says; return the first of them.

    `version` is that of the series. A meeting keeps its row and reference where the new series has
    one on its day, and what was said of it alone; others are cancelled. From the first date on it
    is the same series that changes. One that has ended stays within its end. What it is already is
    harmless. Refusals: `meeting.not_found`,
    `meeting.no_series`, `meeting.cancelled`, `meeting.over`, `meeting.no_dates`,
    `meeting.rest_starts_before`, `record.changed`, those of `checked`.
    """
    first = meeting.for_update(session, by, reference)
    old = series.of_meeting(session, first)
    was = reading.view(old)
    plan = replace(plan, rule=within(plan.rule, plan.start, was.end))
    if (was.rule, was.facts) == (plan.rule, plan.facts) and first.slot == slot_of(plan.start):
        return meetings.view(first)
    check_version(session, "series", old, version)
    if first.state == MeetingState.CANCELLED:
        raise Refusal("meeting.cancelled")
    start = _check(session, first, plan)
    facts, rest = checked(plan.facts), series.from_slot(session, old, first.slot or "")
    if first.slot == old.first_start:
        new = _again(session, old, replace(plan, start=start))
    else:
        new = _split(session, by, old, first, replace(plan, start=start))
    _carry(session, by, new, rest, (was.facts, facts))
    series.record(session, by.actor, new, Action.SERIES_CHANGED, f"{was.rule.words} → {plan.rule.words}")
    if new is not old:
        series.record(session, by.actor, old, Action.SERIES_CHANGED, f"It ends before {first.slot}")
    return _first(session, new)


def _check(session: Session, first: MeetingRow, plan: Plan) -> datetime:
    """Return the first date of the plan. Refusals as `change_rest` says."""
    if first.starts_at <= now(session):
        raise Refusal("meeting.over")
    start = anchored(plan.rule, plan.start)
    if start is None:
        raise Refusal("meeting.no_dates")
    earliest = datetime.fromisoformat(first.slot or "").replace(hour=0, minute=0)
    if start < earliest:
        raise Refusal("meeting.rest_starts_before")
    return start


def _again(session: Session, row: SeriesRow, plan: Plan) -> SeriesRow:
    row.rule, row.first_start, row.facts = plan.rule.text, slot_of(plan.start), packed(plan.facts)
    row.made_to, row.updated_at = None, now(session)
    return row


def _split(session: Session, by: By, old: SeriesRow, first: MeetingRow, plan: Plan) -> SeriesRow:
    new = series.new_row(session, by, plan, plan.facts)
    new.published_at = old.published_at
    series.close(session, old, datetime.fromisoformat(first.slot or ""))
    session.flush()
    return new


def _carry(
    session: Session,
    by: By,
    new: SeriesRow,
    rest: list[MeetingRow],
    facts: tuple[MeetingFacts, MeetingFacts],
) -> None:
    """Take the meetings over whose day the new series has too, make what lacks, cancel the others."""
    by_day = {(row.slot or "")[:10]: row for row in rest}

    def takes(slot: datetime) -> bool:
        row = by_day.pop(slot.date().isoformat(), None)
        if row is not None:
            _take_over(session, by, row, (new.id, slot), facts)
        return row is not None

    series.fill(session, by.actor, new, takes)
    for row in by_day.values():
        if row.state != MeetingState.CANCELLED and row.starts_at > now(session):
            meeting.call_off(session, by.actor, row, NO_LONGER)


def _take_over(
    session: Session,
    by: By,
    row: MeetingRow,
    to: tuple[str, datetime],
    facts: tuple[MeetingFacts, MeetingFacts],
) -> None:
    starts_at = carried_start(row.starts_at, row.slot or "", to[1])
    row.series_id, row.slot, row.updated_at = to[0], slot_of(to[1]), now(session)
    session.flush()
    if row.state != MeetingState.CANCELLED and row.starts_at > now(session):
        meeting.become(session, by.actor, row, starts_at, carried(unpacked(row.facts), *facts))


def _first(session: Session, row: SeriesRow) -> Meeting:
    its = series.from_slot(session, row, row.first_start)
    if not its:
        raise Refusal("meeting.no_dates")
    return meetings.view(its[0])
