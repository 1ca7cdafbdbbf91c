"""What staff do with the questions for a meeting: list, word, order, merge, decline, answer, lead on."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import agenda as items
from store.actions.agenda import become, record
from store.actions.meeting import for_update
from store.actions.rows import check_version
from store.domain import agenda
from store.domain.agenda import AgendaState, Step
from store.domain.errors import NotFound, Refusal
from store.domain.event import Action
from store.domain.meeting import MeetingState
from store.domain.staff import By
from store.engine import now
from store.tables.agenda import AgendaItemRow, AgendaSupportRow
from store.tables.meeting import MeetingRow

CONSOLE_LANGUAGE = "en"


def add(session: Session, by: By, reference: str, words: str) -> None:
    """Put a point on the agenda that nobody sent: it is listed at once.

    Refusals: `meeting.not_found`, `meeting.cancelled`, those of `checked_question`.
    """
    meeting = for_update(session, by, reference)
    _check_takes_place(meeting)
    kept, at = agenda.checked_question(words), now(session)
    row = AgendaItemRow(
        meeting_id=meeting.id,
        asked_by=by.staff.id,
        state=AgendaState.WAITING.value,
        words=kept,
        language=CONSOLE_LANGUAGE,
        cards=[],
        listed_words=kept,
        created_at=at,
        updated_at=at,
    )
    session.add(row)
    session.flush()
    become(session, row, AgendaState.LISTED)
    record(session, by.actor, row, Action.AGENDA_LISTED, text=kept)


def put_on(
    session: Session, by: By, reference: str, item_id: str, words: str, version: int | None = None
) -> None:
    """Put a question on the agenda in words that everybody may read, or change those of one there.

    The same words again are harmless. Refusals: `agenda.not_found`, `agenda.cannot_move`,
    `meeting.cancelled`, `record.changed`, those of `checked_question`.
    """
    row = _for_update(session, by, reference, item_id)
    kept, before = agenda.checked_question(words), AgendaState(row.state)
    if (before, row.listed_words) == (AgendaState.LISTED, kept):
        return
    _check(session, row, version)
    _check_takes_place(session.get_one(MeetingRow, row.meeting_id))
    row.listed_words, row.updated_at, row.reason = kept, now(session), None
    if before is AgendaState.LISTED:
        session.flush()
        record(session, by.actor, row, Action.AGENDA_REWORDED, text=kept)
        return
    agenda.check_may(before, AgendaState.LISTED)
    become(session, row, AgendaState.LISTED)
    record(session, by.actor, row, Action.AGENDA_LISTED, text=kept)


def decline(
    session: Session, by: By, reference: str, item_id: str, reason: str, version: int | None = None
) -> None:
    """Not take a question, with a reason that whoever asked is told. Again is harmless.

    Refusals: `agenda.not_found`, `agenda.cannot_move`, `record.changed`, those of `checked_answer`.
    """
    row = _for_update(session, by, reference, item_id)
    if row.state == AgendaState.DECLINED:
        return
    _check(session, row, version)
    kept = agenda.checked_answer(reason)
    agenda.check_may(AgendaState(row.state), AgendaState.DECLINED)
    row.reason = kept
    become(session, row, AgendaState.DECLINED)
    record(session, by.actor, row, Action.AGENDA_DECLINED, text=kept)


def merge(
    session: Session, by: By, reference: str, item_id: str, into: str, version: int | None = None
) -> None:
    """Let a question be part of another of the same agenda: whoever supports it supports that one.

    Refusals: `agenda.not_found` of either, `agenda.cannot_move`, `agenda.choose_other`, `record.changed`.
    """
    row = _for_update(session, by, reference, item_id)
    if (row.state, row.merged_into) == (AgendaState.MERGED, into):
        return
    _check(session, row, version)
    agenda.check_may(AgendaState(row.state), AgendaState.MERGED)
    other = _its(session, row.meeting_id, into)
    if other.id == row.id or other.state != AgendaState.LISTED:
        raise Refusal("agenda.choose_other")
    _hand_over(session, row, other)
    row.merged_into = other.id
    become(session, row, AgendaState.MERGED)
    record(session, by.actor, row, Action.AGENDA_MERGED, text=other.listed_words, into=other.id)


def _hand_over(session: Session, row: AgendaItemRow, other: AgendaItemRow) -> None:
    """Let whoever supports one support the other too, and what was part of the one be part of the other."""
    of = select(AgendaSupportRow.resident_id)
    there = set(session.scalars(of.where(AgendaSupportRow.item_id == other.id)))
    for resident_id in session.scalars(of.where(AgendaSupportRow.item_id == row.id)).all():
        if resident_id not in there:
            support = AgendaSupportRow(item_id=other.id, resident_id=resident_id, created_at=now(session))
            session.add(support)
    for part in session.scalars(select(AgendaItemRow).where(AgendaItemRow.merged_into == row.id)):
        part.merged_into, part.updated_at = other.id, now(session)
    session.flush()


def answer(
    session: Session, by: By, reference: str, item_id: str, words: str, version: int | None = None
) -> None:
    """Answer a question of the agenda, for everybody to read, or correct the answer. Again is harmless.

    Refusals: `agenda.not_found`, `agenda.not_listed`, `record.changed`, those of `checked_answer`.
    """
    row = _for_update(session, by, reference, item_id)
    kept = agenda.checked_answer(words)
    if row.answer == kept:
        return
    _check(session, row, version)
    if row.state != AgendaState.LISTED:
        raise Refusal("agenda.not_listed")
    row.answer, row.answered_at, row.updated_at = kept, now(session), now(session)
    session.flush()
    record(session, by.actor, row, Action.AGENDA_ANSWERED, text=kept)


def move(
    session: Session, by: By, reference: str, item_id: str, step: Step, version: int | None = None
) -> None:
    """Let a question be talked about sooner or later.

    Refusals: `agenda.not_found`, `agenda.not_listed`, `record.changed`.
    """
    row = _for_update(session, by, reference, item_id)
    _check(session, row, version)
    if row.state != AgendaState.LISTED:
        raise Refusal("agenda.not_listed")
    listed = session.scalars(
        select(AgendaItemRow)
        .where(AgendaItemRow.meeting_id == row.meeting_id, AgendaItemRow.state == AgendaState.LISTED.value)
        .order_by(AgendaItemRow.place, AgendaItemRow.id)
        .with_for_update()
    ).all()
    order = agenda.swapped([one.id for one in listed], row.id, step)
    places = {one: place for place, one in enumerate(order, 1)}
    moved = [one for one in listed if one.place != places[one.id]]
    for one in moved:
        one.place, one.updated_at = places[one.id], now(session)
    session.flush()
    if moved:
        record(session, by.actor, row, Action.AGENDA_MOVED, text=f"to place {row.place}")


def offer_report(session: Session, by: By, reference: str, item_id: str, version: int | None = None) -> None:
    """Ask whoever sent a question whether it should be a private report; once is enough.

    Refusals: `agenda.not_found`, `agenda.no_asker`, `agenda.cannot_move`, `record.changed`.
    """
    row = _for_update(session, by, reference, item_id)
    if row.report_offered_at is not None:
        return
    _check(session, row, version)
    if row.resident_id is None:
        raise Refusal("agenda.no_asker")
    agenda.check_may(AgendaState(row.state), AgendaState.REPORTED)
    row.report_offered_at = row.updated_at = now(session)
    session.flush()
    record(session, by.actor, row, Action.AGENDA_REPORT_OFFERED)


def _check(session: Session, row: AgendaItemRow, version: int | None) -> None:
    check_version(session, "agenda_item", row, version)


def _check_takes_place(meeting: MeetingRow) -> None:
    if meeting.state == MeetingState.CANCELLED:
        raise Refusal("meeting.cancelled")


def _for_update(session: Session, by: By, reference: str, item_id: str) -> AgendaItemRow:
    """Return a question of this meeting, locked, and the meeting too: one order of all its questions."""
    return _its(session, for_update(session, by, reference).id, item_id)


def _its(session: Session, meeting_id: str, item_id: str) -> AgendaItemRow:
    row = items.locked(session, item_id)
    if row is None or row.meeting_id != meeting_id:
        raise NotFound("agenda.not_found")
    return row
