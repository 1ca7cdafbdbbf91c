"""Begin an export: what leaves the house is written down before its first row does."""

from __future__ import annotations

from sqlalchemy.orm import Session

from store.actions import event
from store.domain.event import Action
from store.domain.finding import Filter, pairs_of
from store.domain.found import MAX_EXPORT_ROWS
from store.domain.reference import Profile
from store.domain.staff import By
from store.queries import finding


def begin(session: Session, by: By, profile: Profile, wanted: Filter, form: str) -> int:
    """Record that `by` exports this list as `form`, and return how many rows, at most the bound.

    Refusal: `staff.not_allowed`.
    """
    count = finding.count(session, by.staff, profile, wanted, MAX_EXPORT_ROWS)
    rows = min(count, MAX_EXPORT_ROWS)
    details = {"filter": pairs_of(wanted), "form": form, "rows": rows, "cut": count > rows}
    event.record(session, by.actor, Action.EXPORT_MADE, ("export", wanted.kind.value), details)
    return rows
