"""What an import of meetings would do: which are new, which are there, which come too late."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.domain.meeting_entry import ImportPlan, ReadMeetings, Recurring, Single
from store.domain.recurrence import instant_of, local_of
from store.engine import now
from store.queries.slots import anchored, slots
from store.tables.meeting import MeetingRow, SeriesRow


def plan(session: Session, read: ReadMeetings) -> ImportPlan:
    """Return what would be made of what a file tells.

    A meeting is known by its UID, or by area, start and title; a series by its UID.
    """
    at = now(session)
    known, refused = 0, list(read.refused)
    singles: dict[tuple[object, ...], Single] = {}
    series: dict[str, Recurring] = {}
    for one in read.singles:
        key = (one.facts.area, one.start, one.facts.title)
        if _is_known(session, one) or key in singles:
            known += 1
        elif instant_of(one.start) <= at:
            refused.append(f"{one.where}: is past")
        else:
            singles[key] = one
    for each in read.series:
        if _uid_known(session, each.uid) or each.uid in series:
            known += 1
        elif why := _wrong(each, local_of(at)):
            refused.append(f"{each.where}: {why}")
        else:
            series[each.uid] = each
    return ImportPlan(tuple(singles.values()), tuple(series.values()), known, tuple(refused))


def _is_known(session: Session, one: Single) -> bool:
    if one.uid is not None and _uid_known(session, one.uid):
        return True
    same = (MeetingRow.starts_at == instant_of(one.start), MeetingRow.title == one.facts.title.strip())
    area = one.facts.area
    its_area = MeetingRow.area.is_(None) if area is None else MeetingRow.area == area
    return session.scalar(select(MeetingRow.id).where(*same, its_area).limit(1)) is not None


def _uid_known(session: Session, uid: str) -> bool:
    tables = (MeetingRow, SeriesRow)
    return any(session.scalar(select(table.id).where(table.uid == uid)) is not None for table in tables)


def _wrong(one: Recurring, at: datetime) -> str:
    """Return why a series cannot be made; nothing where it can."""
    rule, start = one.plan.rule, one.plan.start
    if anchored(rule, start) != start:
        return "begins on a date that is none of its rule"
    if next(slots(rule, start, at), None) is None:
        return "has no date to come"
    for slot, _, _ in one.other:
        if next(slots(rule, start, slot), None) != slot:
            return f"changes {slot:%Y-%m-%d %H:%M}, which is no date of its rule"
    return ""
