"""Correct what a case is about, with a reason."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy.orm import Session

from store.actions import event, target
from store.actions.case_row import told
from store.actions.rows import case_for_update, check_case_version, restriction_of
from store.domain.case import CaseView
from store.domain.case_facts import Fact, changed_facts, check_restricted_enough, told_change
from store.domain.errors import Refusal
from store.domain.event import Action
from store.domain.message import checked_text
from store.domain.reference import Profile
from store.domain.staff import By
from store.engine import now
from store.queries import cases

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
    (`what`), `record.needs_reason`, `case.must_be_restricted`, `case.changed`, `message.too_long`.
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


def reason_of(text: str) -> str:
    """Return a reason as it is kept. Refusals: `record.needs_reason`, `message.too_long`."""
    if not text.strip():
        raise Refusal("record.needs_reason")
    return checked_text(text)
