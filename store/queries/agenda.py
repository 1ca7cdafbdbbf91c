"""The questions for a meeting: the public agenda, one person's own, and all of them for staff."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from store.domain.agenda import Agenda, AgendaItem, AgendaState, ListedItem, OwnItem
from store.domain.meeting import Meeting, MeetingState
from store.domain.resident import Resident
from store.domain.staff import Staff
from store.domain.timeline import TimelineLine
from store.engine import now
from store.queries import meetings, timeline
from store.queries.visible import check_worker
from store.tables.agenda import AgendaItemRow, AgendaSupportRow
from store.tables.meeting import MeetingRow
from store.tables.staff import StaffRow

_SUPPORTERS = (
    select(func.count())
    .select_from(AgendaSupportRow)
    .where(AgendaSupportRow.item_id == AgendaItemRow.id)
    .scalar_subquery()
)
_LISTED = AgendaItemRow.state == AgendaState.LISTED.value
LOOKED_BACK = timedelta(days=31)
MOST_MEETINGS = 5
"""So many meetings stand among one's own questions, and so long after their end."""


def listed(session: Session, meeting_id: str) -> tuple[ListedItem, ...]:
    """Return what is on the agenda of a meeting, in its order: what everybody may read."""
    rows = session.execute(
        select(AgendaItemRow.id, AgendaItemRow.listed_words, _SUPPORTERS.label("supporters"), _ANSWER)
        .where(AgendaItemRow.meeting_id == meeting_id, _LISTED)
        .order_by(AgendaItemRow.place, AgendaItemRow.id)
    )
    return tuple(ListedItem(row.id, row.listed_words or "", row.supporters, row.answer) for row in rows)


_ANSWER = AgendaItemRow.answer


def of(session: Session, resident: Resident, reference: str) -> Agenda:
    """Return the agenda of a meeting as this person sees it. Refusal: `meeting.not_found`."""
    meeting = meetings.public(session, reference)
    there = listed(session, meeting.id)
    supported = session.scalars(
        select(AgendaSupportRow.item_id)
        .join(AgendaItemRow, AgendaItemRow.id == AgendaSupportRow.item_id)
        .where(AgendaItemRow.meeting_id == meeting.id, _LISTED, AgendaSupportRow.resident_id == resident.id)
    )
    return Agenda(meeting, there, _own(session, resident, meeting), frozenset(supported))


def _own(session: Session, resident: Resident, meeting: Meeting) -> tuple[OwnItem, ...]:
    rows = session.scalars(
        select(AgendaItemRow)
        .where(AgendaItemRow.meeting_id == meeting.id, *_theirs(resident))
        .order_by(AgendaItemRow.created_at, AgendaItemRow.id)
    )
    return tuple(
        OwnItem(row.id, AgendaState(row.state), row.words, row.report_offered_at is not None, row.reason)
        for row in rows
    )


def _theirs(resident: Resident) -> tuple[ColumnElement[bool], ...]:
    gone = (AgendaState.WITHDRAWN.value, AgendaState.REPORTED.value)
    return AgendaItemRow.resident_id == resident.id, AgendaItemRow.state.not_in(gone)


def asked(session: Session, resident: Resident) -> list[Meeting]:
    """Return the meetings for which this person sent questions, those of the last month too, newest first."""
    theirs = select(AgendaItemRow.meeting_id).where(*_theirs(resident))
    rows = session.scalars(
        select(MeetingRow)
        .where(MeetingRow.id.in_(theirs), MeetingRow.ends_at > now(session) - LOOKED_BACK)
        .order_by(MeetingRow.starts_at.desc(), MeetingRow.id)
        .limit(MOST_MEETINGS)
    )
    return [meetings.view(row) for row in rows]


@dataclass(frozen=True, slots=True)
class Told:
    """What those who asked or support a question may be told of it. `resident_id` is whoever asked."""

    item_id: str
    resident_id: str | None
    meeting: Meeting
    words: str
    said: str
    answer: str | None
    reason: str | None
    cards: tuple[str, ...]


def told(session: Session, item_id: str) -> Told:
    """Return what may be told of a question; one that is part of another is called as that."""
    row = session.get_one(AgendaItemRow, item_id)
    whole = session.get_one(AgendaItemRow, row.merged_into) if row.merged_into else row
    meeting = meetings.view(session.get_one(MeetingRow, row.meeting_id))
    said = whole.listed_words or row.words
    return Told(row.id, row.resident_id, meeting, row.words, said, row.answer, row.reason, tuple(row.cards))


@dataclass(frozen=True, slots=True)
class AgendaDesk:
    """All questions for a meeting as staff see them: the agenda in its order, the others by age.

    Of those that wait for a look what called for a safety card comes first.
    """

    meeting: Meeting
    listed: tuple[AgendaItem, ...]
    waiting: tuple[AgendaItem, ...]
    rest: tuple[AgendaItem, ...]


def desk(session: Session, staff: Staff, reference: str) -> AgendaDesk:
    """Return all questions for a meeting. Refusals: `staff.not_allowed`, `meeting.not_found`."""
    check_worker(staff)
    meeting = meetings.view(meetings.known(session, reference))
    rows = session.execute(
        select(AgendaItemRow, _SUPPORTERS.label("supporters"), StaffRow.name)
        .outerjoin(StaffRow, StaffRow.id == AgendaItemRow.asked_by)
        .where(AgendaItemRow.meeting_id == meeting.id)
        .order_by(AgendaItemRow.place, AgendaItemRow.created_at, AgendaItemRow.id)
    )
    found = [_view(row, supporters, name) for row, supporters, name in rows]
    by_state = {state: tuple(one for one in found if one.state is state) for state in AgendaState}
    listed_ones, waiting = by_state.pop(AgendaState.LISTED), by_state.pop(AgendaState.WAITING)
    waiting = tuple(sorted(waiting, key=lambda one: not one.cards))
    return AgendaDesk(meeting, listed_ones, waiting, tuple(one for left in by_state.values() for one in left))


@dataclass(frozen=True, slots=True)
class Unread:
    """Questions for a meeting that wait for a look: how many; `danger` where one called for a safety card."""

    meeting: Meeting
    count: int
    danger: bool


def unread(session: Session, staff: Staff) -> list[Unread]:
    """Return the meetings with questions that wait for a look, danger first, then the next meeting.

    Those of the last month too: whoever asked was promised an answer. Refusal: `staff.not_allowed`.
    """
    check_worker(staff)
    rows = session.execute(
        select(MeetingRow, AgendaItemRow.cards)
        .join(AgendaItemRow, AgendaItemRow.meeting_id == MeetingRow.id)
        .where(
            AgendaItemRow.state == AgendaState.WAITING.value,
            MeetingRow.state == MeetingState.PUBLISHED.value,
            MeetingRow.ends_at > now(session) - LOOKED_BACK,
        )
    )
    cards: dict[MeetingRow, list[list[str]]] = {}
    for meeting, its in rows:
        cards.setdefault(meeting, []).append(its)
    found = [Unread(meetings.view(meeting), len(each), any(each)) for meeting, each in cards.items()]
    return sorted(found, key=lambda one: (not one.danger, one.meeting.starts_at, one.meeting.id))


def story(session: Session, staff: Staff, item_id: str) -> tuple[TimelineLine, ...]:
    """Return what was done to a question, oldest first. Refusal: `staff.not_allowed`."""
    check_worker(staff)
    return timeline.story(session, ("agenda_item", item_id))


def _view(row: AgendaItemRow, supporters: int, staff_name: str | None) -> AgendaItem:
    return AgendaItem(
        id=row.id,
        state=AgendaState(row.state),
        words=row.words,
        language=row.language,
        asked_at=row.created_at,
        version=row.version,
        listed_words=row.listed_words,
        answer=row.answer,
        answered_at=row.answered_at,
        supporters=supporters,
        cards=tuple(row.cards),
        merged_into=row.merged_into,
        asked_by=staff_name,
        has_asker=row.resident_id is not None,
        reason=row.reason,
        report_offered_at=row.report_offered_at,
    )
