"""Correct what a case is about, and say to whom it opens; each with a reason."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from store.actions import event, target
from store.actions.case_parts import lock_reports, reports_in
from store.actions.case_row import keep_reachable, told
from store.actions.rows import case_for_update, check_case_version, may_reach, restriction_of
from store.domain.case import CaseView
from store.domain.case_facts import Fact, changed_facts, check_restricted_enough, told_change
from store.domain.errors import NotAllowed, Refusal
from store.domain.event import Action
from store.domain.message import checked_text
from store.domain.reference import Profile, Restriction
from store.domain.staff import By
from store.domain.triage import strictest
from store.engine import now
from store.queries import cases
from store.tables.case import CaseRow

Correction = tuple[Mapping[Fact, str | None], str]
"""What a case shall be from now on, by fact, and why."""


def reclassify(
    session: Session,
    by: By,
    reference: str,
    profile: Profile,
    correction: Correction,
    version: int | None = None,
) -> CaseView:
    """Correct what a case is about; codes are those of `profile`.

    What it is already is harmless. Refusals: `case.not_found`, `case.merged`, `case.unknown_code`
    (`what`), `case.needs_reason`, `case.must_be_restricted`, `case.changed`, `message.too_long`.
    """
    wanted, reason = correction
    row = case_for_update(session, by, reference)
    before: dict[Fact, str | None] = {fact: getattr(row, fact.value) for fact in Fact}
    changes = changed_facts(profile, before, wanted)
    if not changes:
        return cases.view(row)
    check_case_version(session, row, version)
    said = reason_of(reason)
    check_restricted_enough(profile, restriction_of(row), changes)
    for fact, value in changes.items():
        setattr(row, fact.value, value)
    if Fact.PRIORITY in changes:
        target.retarget(session, row)
    row.updated_at = now(session)
    details = {
        "facts_before": {fact.value: before[fact] for fact in changes},
        "facts_after": {fact.value: value for fact, value in changes.items()},
        "change": told_change(profile, before, changes),
        "reason": said,
    }
    event.record(session, by.actor, Action.CASE_RECLASSIFIED, ("case", row.id), told(session, row) | details)
    return cases.view(row)


def restrict(
    session: Session,
    by: By,
    reference: str,
    kind: Restriction | None,
    reason: str,
    version: int | None = None,
) -> CaseView:
    """Let a case open only to people granted this kind; None lifts the restriction.

    Its reports take the restriction too, where theirs is not stricter; lifting it leaves theirs.
    An officer who may not open it then is replaced by `by`. Doing it again is harmless. Refusals:
    `case.not_found` (also to lift what was not granted), `case.not_granted`, `case.needs_reason`,
    `case.changed`, `message.too_long`.
    """
    lock_reports(session, reference)
    row = case_for_update(session, by, reference)
    if row.restriction == kind:
        return cases.view(row)
    if kind is not None and kind not in by.staff.grants:
        raise NotAllowed("case.not_granted")
    check_case_version(session, row, version)
    said = reason_of(reason)
    before, row.restriction = row.restriction, kind.value if kind else None
    row.updated_at = now(session)
    if kind is not None:
        _restrict_reports(session, by, row, kind)
    details = {
        "restriction_before": before,
        "restriction_after": row.restriction,
        "change": f"{_called(before)} → {_called(row.restriction)}",
        "reason": said,
    }
    event.record(session, by.actor, Action.CASE_RESTRICTED, ("case", row.id), told(session, row) | details)
    keep_reachable(session, by, row)
    session.flush()
    return cases.view(row)


def reason_of(text: str) -> str:
    """Return a reason as it is kept. Refusals: `case.needs_reason`, `message.too_long`."""
    if not text.strip():
        raise Refusal("case.needs_reason")
    return checked_text(text)


def _restrict_reports(session: Session, by: By, case: CaseRow, kind: Restriction) -> None:
    for report in reports_in(session, case):
        stricter = strictest(restriction_of(report), kind)
        if stricter is not None and may_reach(by, report):
            report.restriction, report.updated_at = stricter.value, now(session)


def _called(restriction: str | None) -> str:
    return restriction.replace("_", " ") if restriction else "not restricted"
