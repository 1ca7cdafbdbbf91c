"""Series of meetings: made from a rule, extended as time goes on, published whole, ended."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import dropwhile

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import event, meeting
from store.actions.rows import check_version, touch
from store.domain.actor import SYSTEM, Actor
from store.domain.errors import Refusal
from store.domain.event import Action
from store.domain.meeting import MeetingFacts, MeetingState, checked, packed, unpacked
from store.domain.recurrence import instant_of, local_of, slot_of
from store.domain.series import AHEAD, MOST_AHEAD, Plan, Series
from store.domain.staff import By
from store.engine import now
from store.queries import series as reading
from store.queries.slots import anchored, slots
from store.queries.visible import check_worker
from store.tables.meeting import MeetingRow, SeriesRow

Takes = Callable[[datetime], bool]


def make_series(session: Session, by: By, plan: Plan) -> Series:
    """Make a series with its meetings of about 18 months, as drafts.

    Refusals: `staff.not_allowed`, `meeting.no_dates` (none lies ahead), those of `checked`.
    """
    check_worker(by.staff)
    row = new_row(session, by, plan, checked(plan.facts))
    if not fill(session, by.actor, row):
        raise Refusal("meeting.no_dates")
    return reading.view(row)


def extend(session: Session, series_id: str) -> int:
    """Make the meetings of a series that have come within reach; return how many."""
    row = session.get(SeriesRow, series_id, with_for_update={"skip_locked": True}, populate_existing=True)
    return fill(session, SYSTEM, row) if row is not None and row.ended_at is None else 0


def publish_all(session: Session, by: By, reference: str, version: int | None = None) -> Series:
    """Publish every draft of this meeting's series, and those still to be made as they are made.

    `version` is that of the series. Again is harmless. Refusals: `meeting.not_found`,
    `meeting.no_series`, `record.changed`, those of `checked`.
    """
    series = of_meeting(session, meeting.for_update(session, by, reference))
    drafts = [row for row in ahead(session, series) if row.state == MeetingState.DRAFT]
    if series.published_at is not None and not drafts:
        return reading.view(series)
    check_version(session, "series", series, version)
    series.published_at = series.published_at or now(session)
    for row in drafts:
        meeting.open_up(session, by.actor, row)
    record(session, by.actor, series, Action.SERIES_PUBLISHED, f"{len(drafts)} meetings")
    return reading.view(series)


def end(session: Session, by: By, reference: str, reason: str, version: int | None = None) -> Series:
    """End the series of this meeting before it: it and all later ones do not take place.

    `reason` is told of those that were published. `version` is that of the series. Again is
    harmless. Refusals: `meeting.not_found`, `meeting.no_series`, `meeting.over`,
    `meeting.needs_reason`, `message.too_long`, `record.changed`.
    """
    first = meeting.for_update(session, by, reference)
    series = of_meeting(session, first)
    if series.ended_at is not None and first.state == MeetingState.CANCELLED:
        return reading.view(series)
    check_version(session, "series", series, version)
    if first.starts_at <= now(session):
        raise Refusal("meeting.over")
    said, slot = meeting.reason_of(reason), first.slot or ""
    close(session, series, datetime.fromisoformat(slot))
    for row in from_slot(session, series, slot):
        if row.state != MeetingState.CANCELLED and row.starts_at > now(session):
            meeting.call_off(session, by.actor, row, said)
    record(session, by.actor, series, Action.SERIES_ENDED, said)
    return reading.view(series)


def new_row(session: Session, by: By | None, plan: Plan, facts: MeetingFacts) -> SeriesRow:
    """Keep a new series without meetings. Refusal: `meeting.no_dates`."""
    first = anchored(plan.rule, plan.start)
    if first is None:
        raise Refusal("meeting.no_dates")
    row = SeriesRow(
        rule=plan.rule.text,
        first_start=slot_of(first),
        facts=packed(facts),
        created_by=by.staff.id if by else None,
        created_at=now(session),
        updated_at=now(session),
    )
    session.add(row)
    session.flush()
    record(session, by.actor if by else SYSTEM, row, Action.SERIES_MADE, plan.rule.words)
    return row


def fill(session: Session, actor: Actor, series: SeriesRow, takes: Takes = lambda _slot: False) -> int:
    """Make the meetings of a series that are not there yet; return how many were made.

    They begin later than now, reach as far as `AHEAD`, and are no more than `MOST_AHEAD` at any
    time; the next one is made however far away it is. `takes` says of a date that its meeting is there.
    """
    known = set(session.scalars(select(MeetingRow.slot).where(MeetingRow.series_id == series.id)))
    facts, made = unpacked(series.facts), 0
    for slot in _within_reach(session, series):
        series.made_to = slot.date().isoformat()
        if takes(slot) or slot_of(slot) in known:
            continue
        row = meeting.new_row(session, None, instant_of(slot), facts)
        row.created_by, row.series_id, row.slot = series.created_by, series.id, slot_of(slot)
        meeting.add(session, actor, row)
        if series.published_at is not None:
            meeting.open_up(session, actor, row)
        made += 1
    session.flush()
    return made


def _within_reach(session: Session, series: SeriesRow) -> Iterator[datetime]:
    """Yield the dates of a series after those that meetings were made for, as far as they are to be."""
    at, its, made_to = now(session), reading.view(series), series.made_to or ""
    today = local_of(at).replace(hour=0, minute=0, second=0, microsecond=0)
    fresh = dropwhile(
        lambda slot: slot.date().isoformat() <= made_to or instant_of(slot) <= at,
        slots(its.rule, its.first_start, today),
    )
    for count, slot in enumerate(fresh, len(ahead(session, series)) if made_to else 0):
        if count >= MOST_AHEAD or (count and instant_of(slot) > at + AHEAD):
            return
        yield slot


def ahead(session: Session, series: SeriesRow) -> list[MeetingRow]:
    """Return the meetings of a series that have not begun, locked, by their slot; cancelled ones too."""
    later = select(MeetingRow).where(MeetingRow.series_id == series.id, MeetingRow.starts_at > now(session))
    return list(session.scalars(later.order_by(MeetingRow.slot).with_for_update()))


def from_slot(session: Session, series: SeriesRow, slot: str) -> list[MeetingRow]:
    """Return the meetings of a series from one slot on, locked, by their slot; cancelled ones too."""
    rest = select(MeetingRow).where(MeetingRow.series_id == series.id, MeetingRow.slot >= slot)
    return list(session.scalars(rest.order_by(MeetingRow.slot).with_for_update()))


def of_meeting(session: Session, row: MeetingRow) -> SeriesRow:
    """Return the row of a meeting's series, locked. Refusal: `meeting.no_series`."""
    if row.series_id is None:
        raise Refusal("meeting.no_series")
    return session.get_one(SeriesRow, row.series_id, with_for_update=True, populate_existing=True)


def close(session: Session, series: SeriesRow, slot: datetime) -> None:
    """Let a series have no date at or after this one."""
    series.rule = reading.view(series).rule.ending_before(slot).text
    series.ended_at = series.updated_at = now(session)


def record(session: Session, actor: Actor, series: SeriesRow, action: Action, change: str) -> None:
    """Write down what was done to a series; its version goes up with it."""
    touch(session, series)
    event.record(session, actor, action, ("series", series.id), {"series_id": series.id, "change": change})
