"""What came of meetings, as everybody may read it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from store.domain.meeting import Meeting, MeetingPriority, MeetingState
from store.domain.meeting_sharing import Kept, SharedMeeting, public
from store.engine import now
from store.queries.meetings import PUBLIC, view
from store.tables.meeting import MeetingRow, PriorityRow

_NEWEST = (MeetingRow.starts_at.desc(), MeetingRow.id.desc())


def kept(session: Session, meeting_ids: Collection[str]) -> Mapping[str, tuple[Kept, ...]]:
    """Return the priorities of meetings, each in its order, with what was shared of them."""
    found: dict[str, list[Kept]] = defaultdict(list)
    rows = session.scalars(
        select(PriorityRow)
        .where(PriorityRow.meeting_id.in_(meeting_ids))
        .order_by(PriorityRow.meeting_id, PriorityRow.place)
    )
    for row in rows:
        said = MeetingPriority(row.text, row.owner, row.result)
        found[row.meeting_id].append(Kept(said, row.shared_in, row.told_in, row.shared_result))
    return {meeting_id: tuple(found[meeting_id]) for meeting_id in meeting_ids}


def shared(session: Session, meeting: Meeting) -> SharedMeeting:
    """Return what everybody may read of what came of this meeting."""
    return SharedMeeting(meeting, public(kept(session, [meeting.id])[meeting.id]))


def newest(
    session: Session, area: str | None = None, after: str = "", limit: int = 20
) -> Sequence[SharedMeeting]:
    """Return what came of meetings, the newest first, from the one after that with the reference `after` on.

    With an area: those in it, and those for the whole district.
    """
    wanted = _shared()
    if area is not None:
        wanted = wanted.where((MeetingRow.area == area) | MeetingRow.area.is_(None))
    last = session.scalar(select(MeetingRow).where(MeetingRow.reference == after, *PUBLIC)) if after else None
    if last is not None:
        older = and_(MeetingRow.starts_at == last.starts_at, MeetingRow.id < last.id)
        wanted = wanted.where(or_(MeetingRow.starts_at < last.starts_at, older))
    return _read(session, wanted.order_by(*_NEWEST).limit(limit))


def last_time(session: Session, meeting: Meeting) -> SharedMeeting | None:
    """Return what came of the one before this meeting: of its series, else of the same area; None: nothing.

    The newest of those that have anything to show.
    """
    before = _shared().where(MeetingRow.starts_at < meeting.starts_at)
    area = MeetingRow.area.is_(None) if meeting.facts.area is None else MeetingRow.area == meeting.facts.area
    ways = [before.where(area)]
    if meeting.series_id is not None:
        ways.insert(0, before.where(MeetingRow.series_id == meeting.series_id))
    found = (_read(session, way.order_by(*_NEWEST).limit(1)) for way in ways)
    return next((each[0] for each in found if each), None)


def around(session: Session, meeting: Meeting) -> tuple[SharedMeeting, SharedMeeting | None]:
    """Return what came of a meeting; and of the one before, where it is still to take place."""
    takes_place = meeting.state is not MeetingState.CANCELLED and meeting.ends_at > now(session)
    return shared(session, meeting), last_time(session, meeting) if takes_place else None


def _shared() -> Select[MeetingRow]:
    """Return the meetings of which anything was shared."""
    something = select(PriorityRow.place).where(
        PriorityRow.meeting_id == MeetingRow.id, PriorityRow.shared_in.is_not(None)
    )
    return select(MeetingRow).where(*PUBLIC, something.exists())


def _read(session: Session, wanted: Select[MeetingRow]) -> Sequence[SharedMeeting]:
    found = [view(row) for row in session.scalars(wanted)]
    priorities = kept(session, [meeting.id for meeting in found]) if found else {}
    return [SharedMeeting(meeting, public(priorities[meeting.id])) for meeting in found]
