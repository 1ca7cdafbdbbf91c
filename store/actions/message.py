"""Staff ask, reply and note; reporters answer and add."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import event, mention, target, thread
from store.actions.case_parts import lock_reports, reports_in
from store.actions.case_row import go, told
from store.actions.report import own
from store.actions.rows import (
    case_for_update,
    case_of,
    check_case_version,
    check_has_chat,
    check_is_read,
    check_said_version,
    is_read,
    may_reach,
    officer_of,
    reachable_case_of,
    report_for_update,
    restriction_of,
    staff_name,
    told_report,
    touch_told,
    with_chat,
)
from store.domain.actor import Actor, ActorKind, Channel
from store.domain.case import CaseState, may
from store.domain.errors import NotFound, Refusal
from store.domain.event import Action
from store.domain.message import MessageKind, MessageView, checked_text
from store.domain.resident import Resident
from store.domain.response_template import addressed
from store.domain.staff import By
from store.engine import now
from store.queries.messages import view
from store.tables.case import CaseRow
from store.tables.message import MessageRow
from store.tables.report import ReportRow
from store.tables.resident import ResidentRow


def ask(
    session: Session,
    by: By,
    report_reference: str,
    text: str,
    version: int | None = None,
    *,
    case_reference: str | None = None,
) -> MessageView:
    """Ask the reporter; the report or its case then waits for them.

    Its case must be `case_reference`, if given; then `version` is the case's, else the report's. A
    case that `by` may not open is left as it is, and nothing is said of it. The same question
    twice within a minute is one. Refusals: `report.not_found`, `report.closed`, `record.no_chat`,
    `case.already_closed`, `case.not_its_report` (`reference`), `report.changed`, `case.changed`,
    `message.needs_text`, `message.too_long`.
    """
    report, case = _about(session, by, report_reference, case_reference)
    twice = _twice(session, by, report, MessageKind.QUESTION, text)
    if twice is not None:
        return twice
    check_said_version(session, report, case if case_reference else None, version)
    check_is_read(report)
    check_has_chat(session, report)
    if case is not None and case.state == CaseState.CLOSED:
        raise Refusal("case.already_closed")
    said = _say(session, by, report, MessageKind.QUESTION, text)
    target.asked(session, report)
    if case is not None and may(CaseState(case.state), CaseState.WAITING_REPORTER):
        go(session, by.actor, case, CaseState.WAITING_REPORTER, "question")
    return said


def reply(
    session: Session,
    by: By,
    report_reference: str,
    text: str,
    version: int | None = None,
    *,
    case_reference: str | None = None,
) -> MessageView:
    """Tell the reporter something, with no answer expected; also after the end of the report.

    The same words twice within a minute are one. Its case must be `case_reference`, if given;
    `version` as for `ask`. Refusals: `report.not_found`, `record.no_chat`, `case.not_its_report`
    (`reference`), `report.changed`, `case.changed`, `message.needs_text`, `message.too_long`.
    """
    report, case = _about(session, by, report_reference, case_reference)
    twice = _twice(session, by, report, MessageKind.REPLY, text)
    if twice is not None:
        return twice
    check_said_version(session, report, case if case_reference else None, version)
    check_has_chat(session, report)
    return _say(session, by, report, MessageKind.REPLY, text)


def reply_to_all(
    session: Session, by: By, case_reference: str, text: str, version: int | None = None
) -> list[MessageView]:
    """Tell the same to everybody who reported this case and can be written to, also after its end.

    Reports that `by` may not open are left out. The same words twice within a minute are one.
    Refusals: `case.not_found`, `case.no_chats`, `case.changed`, `message.needs_text`,
    `message.too_long`.
    """
    lock_reports(session, case_reference)
    case = case_for_update(session, by, case_reference)
    mine = [report for report in reports_in(session, case) if may_reach(by, report)]
    reachable = with_chat(session, [report.reporter_id for report in mine])
    reached = [report for report in mine if report.reporter_id in reachable]
    if not reached:
        raise Refusal("case.no_chats")
    twice = [_twice(session, by, report, MessageKind.REPLY, text) for report in reached]
    if None in twice:
        check_case_version(session, case, version)
    return [
        said or _say(session, by, report, MessageKind.REPLY, text)
        for said, report in zip(twice, reached, strict=True)
    ]


def note(session: Session, by: By, reference: str, text: str, *, spoke: bool = False) -> MessageView:
    """Keep a note for staff about the report or case with this reference, whichever it is.

    `spoke`: it is of a talk with the reporter (by phone, in person), which counts as contact. The
    same words twice within a minute are one. Refusals: `case.not_found` (neither a case nor a
    report), `message.needs_text`, `message.too_long`.
    """
    try:
        return note_on_report(session, by, reference, text, spoke=spoke)
    except NotFound:
        return note_on_case(session, by, reference, text, spoke=spoke)


def note_on_report(
    session: Session, by: By, reference: str, text: str, *, spoke: bool = False
) -> MessageView:
    """Keep a note as `note` does, about a report alone. Refusal: `report.not_found` instead."""
    report = report_for_update(session, by, reference)
    said = _twice(session, by, report, MessageKind.NOTE, text)
    said = said or _say(session, by, report, MessageKind.NOTE, text)
    if spoke:
        target.told(session, report)
    return said


def note_on_case(session: Session, by: By, reference: str, text: str, *, spoke: bool = False) -> MessageView:
    """Keep a note as `note` does, about a case alone."""
    if spoke:
        lock_reports(session, reference)
    case = case_for_update(session, by, reference)
    noted = _note_on_case(session, by, case, checked_text(text))
    if spoke:
        _spoke_in(session, case)
    return noted


def answer(session: Session, resident: Resident, question_id: str, text: str) -> MessageView:
    """Keep what the reporter answers; a case that waited for them is investigated again.

    The same answer twice within a minute is one. Refusals: `question.not_found` (also when it was
    put to somebody else, or what it was about has ended since), `message.needs_text`, `message.too_long`.
    """
    found = session.execute(
        select(MessageRow, ReportRow)
        .join(ReportRow, ReportRow.id == MessageRow.report_id)
        .join(ResidentRow, ResidentRow.id == ReportRow.reporter_id)
        .where(
            MessageRow.id == question_id,
            MessageRow.kind == MessageKind.QUESTION.value,
            ResidentRow.chat_id == resident.chat_id,
        )
        .with_for_update(of=(MessageRow, ReportRow))
    ).one_or_none()
    if found is None:
        raise NotFound("question.not_found")
    question, report = found
    case = case_of(session, report)
    if not _still_open(question, report, case):
        raise NotFound("question.not_found")
    text = checked_text(text)  # before anything changes: whoever catches the refusal commits
    question.answered_at = question.answered_at or now(session)
    said = _told_by_reporter(session, report, (MessageKind.ANSWER, text), question.staff_id)
    if case is not None and case.state == CaseState.WAITING_REPORTER:
        go(session, _reporter(report), case, CaseState.INVESTIGATING, "answer")
    return said


def add(session: Session, resident: Resident, report_reference: str, text: str) -> MessageView:
    """Keep what a resident adds to a report of their own, while somebody will read it.

    The same words twice within a minute are one. Refusals: `report.not_found`, `report.closed`,
    `message.needs_text`, `message.too_long`.
    """
    report = own(session, resident, report_reference)
    check_is_read(report)
    officer_id = officer_of(session, report)
    return _told_by_reporter(session, report, (MessageKind.ADDITION, text), officer_id)


_TELLS = frozenset({MessageKind.QUESTION, MessageKind.REPLY})
_ACTIONS = {
    MessageKind.QUESTION: Action.QUESTION_ASKED,
    MessageKind.REPLY: Action.REPLY_SENT,
    MessageKind.NOTE: Action.NOTE_ADDED,
    MessageKind.ANSWER: Action.ANSWER_RECEIVED,
    MessageKind.ADDITION: Action.ADDITION_RECEIVED,
}


def _about(
    session: Session, by: By, reference: str, case_reference: str | None
) -> tuple[ReportRow, CaseRow | None]:
    """Return the report that words are about, and its case if `by` may know of it: that of their page."""
    report = report_for_update(session, by, reference)
    case = reachable_case_of(session, by, report)
    if case_reference is not None and case_for_update(session, by, case_reference).id != report.case_id:
        raise Refusal("case.not_its_report", reference=reference)
    return report, case


def _still_open(question: MessageRow, report: ReportRow, case: CaseRow | None) -> bool:
    """Tell what `queries.own_reports.open_questions` asks: whether an answer is still wanted."""
    closed_at = case.closed_at if case is not None else None
    return is_read(report) and (closed_at is None or question.created_at > closed_at)


def _reporter(report: ReportRow) -> Actor:
    """Return who told us, as the report knows them: behind an anonymous one stands its relay."""
    return Actor(ActorKind.RESIDENT, report.reporter_id, Channel.CHAT)


def _twice(session: Session, by: By, report: ReportRow, kind: MessageKind, text: str) -> MessageView | None:
    """Return the same words from the same person a moment ago, if they said them."""
    twice = thread.same(session, kind, _worded(report, kind, text), ("report", report.id), by.staff.id)
    return view(twice, staff_name(session, by.staff.id)) if twice else None


def _worded(report: ReportRow, kind: MessageKind, text: str) -> str:
    return checked_text(addressed(text, report.reference) if kind in _TELLS else text)


def _say(session: Session, by: By, report: ReportRow, kind: MessageKind, text: str) -> MessageView:
    said, name = _worded(report, kind, text), staff_name(session, by.staff.id)
    row = thread.keep(session, kind, said, report_id=report.id, staff_id=by.staff.id)
    if kind in _TELLS:
        touch_told(session, report)
        if not target.cannot_be_told(session, report):
            target.told(session, report)
    details: dict[str, Any] = {"message_id": row.id, "text": said, "case_id": report.case_id}
    if kind is MessageKind.NOTE:
        details["mentioned"] = mention.name_in_note(session, by, row.id, said, restriction_of(report))
    event.record(session, by.actor, _ACTIONS[kind], ("report", report.id), told_report(report) | details)
    return view(row, name)


def _spoke_in(session: Session, case: CaseRow) -> None:
    """A reporter of this case heard from a person; where it has one report, it is known which."""
    mine = reports_in(session, case)
    if len(mine) == 1:
        target.told(session, mine[0])
    else:
        target.case_told(session, case)


def _note_on_case(session: Session, by: By, case: CaseRow, said: str) -> MessageView:
    name = staff_name(session, by.staff.id)
    twice = thread.same(session, MessageKind.NOTE, said, ("case", case.id), by.staff.id)
    if twice is not None:
        return view(twice, name)
    row = thread.keep(session, MessageKind.NOTE, said, case_id=case.id, staff_id=by.staff.id)
    mentioned = mention.name_in_note(session, by, row.id, said, restriction_of(case))
    details = told(session, case) | {"message_id": row.id, "text": said, "mentioned": mentioned}
    event.record(session, by.actor, Action.NOTE_ADDED, ("case", case.id), details)
    return view(row, name)


def _told_by_reporter(
    session: Session, report: ReportRow, said: tuple[MessageKind, str], officer_id: str | None
) -> MessageView:
    kind, text = said[0], checked_text(said[1])
    twice = thread.same(session, kind, text, ("report", report.id), None)
    if twice is not None:
        return view(twice, None)
    row = thread.keep(session, kind, text, report_id=report.id)
    target.go_on(session, report)
    touch_told(session, report)
    details = {"message_id": row.id, "officer_id": officer_id, "case_id": report.case_id}
    subject = ("report", report.id)
    event.record(session, _reporter(report), _ACTIONS[kind], subject, told_report(report) | details)
    return view(row, None)
