"""Send a question ahead to a meeting, want the same talked about as somebody else, take it back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.orm import Session

from store.actions import event
from store.actions.resident import as_actor
from store.domain import agenda
from store.domain.actor import Actor
from store.domain.agenda import OPEN, AgendaState
from store.domain.errors import NotFound, Refusal
from store.domain.event import Action
from store.domain.resident import Resident
from store.engine import now
from store.queries import meetings
from store.tables.agenda import AgendaItemRow, AgendaSupportRow
from store.tables.meeting import MeetingRow


def ask(session: Session, resident: Resident, reference: str, words: str, cards: Sequence[str] = ()) -> None:
    """Send a question or concern ahead; nobody but staff reads it before they have looked at it.

    Whoever asks is the first to support it; the same words again from the same person are harmless.
    Refusals: `meeting.not_found`, `agenda.closed`, `agenda.enough` (`most`), those of `checked_question`.
    """
    meeting = _open_meeting(session, reference)
    kept = agenda.checked_question(words)
    theirs = session.scalars(
        select(AgendaItemRow).where(
            AgendaItemRow.meeting_id == meeting.id,
            AgendaItemRow.resident_id == resident.id,
            AgendaItemRow.state.in_(OPEN),
        )
    ).all()
    if any(one.words == kept for one in theirs):
        return
    agenda.check_room(len(theirs))
    at = now(session)
    row = AgendaItemRow(
        meeting_id=meeting.id,
        resident_id=resident.id,
        state=AgendaState.WAITING.value,
        words=kept,
        language=resident.language,
        cards=list(cards),
        created_at=at,
        updated_at=at,
    )
    session.add(row)
    session.flush()
    session.add(AgendaSupportRow(item_id=row.id, resident_id=resident.id, created_at=at))
    record(session, as_actor(resident), row, Action.AGENDA_ASKED, reference=meeting.reference)


def support(session: Session, resident: Resident, item_id: str) -> str:
    """Want the same talked about; once is enough. Return the meeting's reference.

    Refusals: `agenda.gone` of what is not on the agenda (any more), `agenda.closed`.
    """
    row, meeting = _listed(session, item_id)
    if session.get(AgendaSupportRow, (row.id, resident.id)) is None:
        session.add(AgendaSupportRow(item_id=row.id, resident_id=resident.id, created_at=now(session)))
        record(session, as_actor(resident), row, Action.AGENDA_SUPPORTED)
    return meeting.reference


def support_no_more(session: Session, resident: Resident, item_id: str) -> str:
    """Not want it any more; not for whoever asked. Return the meeting's reference.

    Refusals: `agenda.gone`, `agenda.closed`.
    """
    row, meeting = _listed(session, item_id)
    there = session.get(AgendaSupportRow, (row.id, resident.id))
    if there is not None and row.resident_id != resident.id:
        session.delete(there)
        record(session, as_actor(resident), row, Action.AGENDA_SUPPORTED_NO_MORE)
    return meeting.reference


def withdraw(session: Session, resident: Resident, item_id: str) -> str:
    """Take a question back that nobody has decided about; again is harmless. Return the meeting's reference.

    Refusals: `agenda.gone` of what is not theirs, `agenda.cannot_move` of what was decided meanwhile.
    """
    row, meeting = _own(session, resident, item_id)
    if row.state != AgendaState.WITHDRAWN:
        _leave(session, resident, row, AgendaState.WITHDRAWN, Action.AGENDA_WITHDRAWN)
    return meeting.reference


def report_instead(session: Session, resident: Resident, item_id: str) -> str:
    """Take a question off because it becomes a report; return its words, to begin that with.

    Refusals: as for `withdraw`; `agenda.already_reported`.
    """
    row, _ = _own(session, resident, item_id)
    if row.state == AgendaState.REPORTED:
        raise Refusal("agenda.already_reported")
    _leave(session, resident, row, AgendaState.REPORTED, Action.AGENDA_REPORTED)
    return row.words


def _leave(session: Session, resident: Resident, row: AgendaItemRow, to: AgendaState, action: Action) -> None:
    agenda.check_may(AgendaState(row.state), to)
    become(session, row, to)
    session.execute(delete(AgendaSupportRow).where(AgendaSupportRow.item_id == row.id))
    record(session, as_actor(resident), row, action)


def _open_meeting(session: Session, reference: str) -> MeetingRow:
    """Return the row of a meeting that questions may be sent to, locked: two do not jump the limit."""
    row = _locked_meeting(session, MeetingRow.reference == reference)
    if row is None or row.published_at is None:
        raise NotFound("meeting.not_found", reference=reference)
    if not agenda.open_for_questions(meetings.view(row), now(session)):
        raise Refusal("agenda.closed")
    return row


def _listed(session: Session, item_id: str) -> tuple[AgendaItemRow, MeetingRow]:
    row, meeting = _item(session, item_id)
    if row.state != AgendaState.LISTED:
        raise Refusal("agenda.gone")
    if not agenda.open_for_questions(meetings.view(meeting), now(session)):
        raise Refusal("agenda.closed")
    return row, meeting


def _own(session: Session, resident: Resident, item_id: str) -> tuple[AgendaItemRow, MeetingRow]:
    row, meeting = _item(session, item_id)
    if row.resident_id != resident.id:
        raise Refusal("agenda.gone")
    return row, meeting


def _item(session: Session, item_id: str) -> tuple[AgendaItemRow, MeetingRow]:
    """Return a question and its meeting, both locked, the meeting first."""
    its = select(AgendaItemRow.meeting_id).where(AgendaItemRow.id == item_id).scalar_subquery()
    meeting = _locked_meeting(session, MeetingRow.id == its)
    row = locked(session, item_id) if meeting is not None else None
    if row is None or meeting is None:
        raise Refusal("agenda.gone")
    return row, meeting


def _locked_meeting(session: Session, which: ColumnElement[bool]) -> MeetingRow | None:
    return session.scalar(
        select(MeetingRow).where(which).with_for_update().execution_options(populate_existing=True)
    )


def locked(session: Session, item_id: str) -> AgendaItemRow | None:
    """Return the row of a question, locked; None where there is none."""
    return session.get(AgendaItemRow, item_id, with_for_update=True, populate_existing=True)


def become(session: Session, row: AgendaItemRow, state: AgendaState) -> None:
    """Let a question be in another state; what is listed comes last, what leaves has no place."""
    row.state, row.updated_at = state.value, now(session)
    row.merged_into = row.merged_into if state is AgendaState.MERGED else None
    row.place = _last_place(session, row.meeting_id) + 1 if state is AgendaState.LISTED else None
    if state is not AgendaState.MERGED:
        _free_merged(session, row)
    session.flush()


def _free_merged(session: Session, row: AgendaItemRow) -> None:
    """Let what was part of a question that leaves the agenda wait for a look again."""
    if row.state == AgendaState.LISTED:
        return
    session.execute(
        update(AgendaItemRow)
        .where(AgendaItemRow.merged_into == row.id)
        .values(state=AgendaState.WAITING.value, merged_into=None, version=AgendaItemRow.version + 1)
    )


def _last_place(session: Session, meeting_id: str) -> int:
    last = select(func.coalesce(func.max(AgendaItemRow.place), 0))
    return session.scalar(last.where(AgendaItemRow.meeting_id == meeting_id)) or 0


def record(session: Session, actor: Actor, row: AgendaItemRow, action: Action, **more: Any) -> None:
    """Write down what was done to a question; never its words as they came."""
    details = {"item_id": row.id, "meeting_id": row.meeting_id} | more
    event.record(session, actor, action, ("agenda_item", row.id), details)
