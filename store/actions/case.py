"""Work a case: look, take, move, close with words for the reporters, reopen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from store.actions import ending_news, event, target, thread
from store.actions.case_row import go, keep_reachable, told
from store.actions.rows import case_for_update, check_case_version, staff_name
from store.domain.case import CaseState, CaseView, Outcome, check_closing, next_states
from store.domain.errors import NotAllowed, Refusal
from store.domain.event import Action
from store.domain.message import MessageKind, checked_text
from store.domain.staff import By, Role
from store.domain.triage import CasePage
from store.engine import now
from store.queries import cases, pages
from store.tables.case import CaseRow


def open_page(session: Session, by: By, case_reference: str) -> CasePage:
    """Return the page of a case; that it was looked at is recorded.

    Opened by its officer, what the reporters wrote counts as read from now on (the page still
    shows it as unread). Refusal: `case.not_found`.
    """
    page = pages.case_page(session, by.staff, case_reference)
    if page.case.officer_id == by.staff.id:
        thread.mark_read(session, page.messages)
    subject = ("case", page.case.id)
    event.record(session, by.actor, Action.CASE_VIEWED, subject, {"case_reference": page.case.reference})
    return page


def take(session: Session, by: By, case_reference: str, version: int | None = None) -> CaseView:
    """Become the officer of a case; a colleague's only as a supervisor.

    Taking again is harmless. Refusals: `case.not_found`, `case.already_closed`,
    `case.taken_by_other` (`who`), `case.changed`.
    """
    row = case_for_update(session, by, case_reference)
    if row.officer_id == by.staff.id:
        return cases.view(row)
    if row.state == CaseState.CLOSED:
        raise Refusal("case.already_closed")
    if row.officer_id is not None and by.staff.role is not Role.SUPERVISOR:
        raise NotAllowed("case.taken_by_other", who=staff_name(session, row.officer_id))
    check_case_version(session, row, version)
    before, row.officer_id = row.officer_id, by.staff.id
    details = {"officer_before": before, "officer_after": by.staff.id}
    return _changed(session, by, row, Action.CASE_TAKEN, details)


def move(
    session: Session, by: By, case_reference: str, to: CaseState, version: int | None = None
) -> CaseView:
    """Put a case into another state, other than closed or reopened.

    Moving to where it is already is harmless. Refusals: `case.not_found`, `case.cannot_move`
    (`state`, `to`), `case.changed`.
    """
    row = case_for_update(session, by, case_reference)
    if row.state == to:
        return cases.view(row)
    check_case_version(session, row, version)
    if to not in next_states(CaseState(row.state)):
        raise Refusal("case.cannot_move", state=row.state, to=to.value)
    go(session, by.actor, row, to, "decided")
    return cases.view(row)


def close(
    session: Session,
    by: By,
    case_reference: str,
    outcome: Outcome,
    words: str,
    version: int | None = None,
) -> CaseView:
    """Close a case; `words` go to everybody whose report is in it.

    Closing again with the same outcome and words is harmless. Refusals: `case.not_found`,
    `case.already_closed`, `case.close_needs_outcome`, `case.close_needs_words`,
    `message.too_long`, `case.changed`.
    """
    row = case_for_update(session, by, case_reference)
    if (row.state, row.outcome, row.closing_words) == (CaseState.CLOSED, outcome, words.strip()):
        return cases.view(row)
    check_case_version(session, row, version)
    check_closing(CaseState(row.state), outcome, words)
    said = checked_text(words)
    row.state, row.outcome, row.closing_words = CaseState.CLOSED.value, outcome.value, said
    row.closed_at = now(session)
    heard_before = target.closed(session, row)
    thread.keep(session, MessageKind.CLOSING, said, case_id=row.id, staff_id=by.staff.id)
    details = {"outcome": outcome.value, "words": said} | heard_before
    return _changed(session, by, row, Action.CASE_CLOSED, details)


def reopen(
    session: Session, by: By, case_reference: str, reason: str, version: int | None = None
) -> CaseView:
    """Open a closed case again; `reason` is for staff. An officer who may not open it any more is replaced.

    Where news of the end still waits for the morning, its reporter hears neither of it nor of this.
    Reopening again is harmless. Refusals: `case.not_found`, `case.not_closed`, `case.merged`
    (undo the merge instead), `case.reopen_needs_reason`, `message.too_long`, `case.changed`.
    """
    row = case_for_update(session, by, case_reference)
    if row.state == CaseState.REOPENED:
        return cases.view(row)
    check_case_version(session, row, version)
    if row.state != CaseState.CLOSED:
        raise Refusal("case.not_closed")
    if not reason.strip():
        raise Refusal("case.reopen_needs_reason")
    details: dict[str, Any] = {"reason": checked_text(reason), "outcome_before": row.outcome}
    unsaid = ending_news.take_back(session, ("case", row.id))
    if unsaid is not None:
        target.case_unsaid(session, row, unsaid)
        details["unsaid_to"] = list(unsaid.report_ids)
        if unsaid.whole:
            thread.take_back(session, ("case", row.id))
    row.state, row.outcome = CaseState.REOPENED.value, None
    row.closing_words = row.closed_at = None
    target.reopened(session, row)
    _changed(session, by, row, Action.CASE_REOPENED, details)
    keep_reachable(session, by, row)
    return cases.view(row)


def _changed(session: Session, by: By, row: CaseRow, action: Action, details: Mapping[str, Any]) -> CaseView:
    row.updated_at = now(session)
    event.record(session, by.actor, action, ("case", row.id), told(session, row) | dict(details))
    return cases.view(row)
