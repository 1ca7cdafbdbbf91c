"""Who may change to whom a record opens.

Upward whoever may open it, also to a kind that they were not granted: then it closes to themselves.
What lifts or loosens a restriction takes the grant, of what the record is under and of what it
shall be under. What lies in a restricted case is opened no wider than the case.
"""

from __future__ import annotations

from store.domain.errors import NotAllowed, Refusal
from store.domain.reference import Restriction
from store.domain.staff import Staff, may_open
from store.domain.triage import strictest


def may_restrict(staff: Staff, present: Restriction | None, wanted: Restriction | None) -> bool:
    """Tell whether this person may put a record that is under `present` under `wanted` (None: under none)."""
    if not may_open(staff, present):
        return False
    return may_open(staff, wanted) or strictest(present, wanted) is wanted


def check_may_restrict(staff: Staff, present: Restriction | None, wanted: Restriction | None) -> None:
    """Refuse (`record.not_granted`) what `may_restrict` does not allow."""
    if not may_restrict(staff, present, wanted):
        raise NotAllowed("record.not_granted")


def check_may_restrict_inside(
    present: Restriction | None, wanted: Restriction | None, of_case: Restriction | None
) -> None:
    """Refuse (`report.in_restricted_case`) to let a report open wider than the case it lies in.

    Under a stricter kind than its own it may go, whatever its case is under.
    """
    if wanted not in {strictest(present, wanted), strictest(of_case, wanted)}:
        raise Refusal("report.in_restricted_case")


def kinds_for(staff: Staff, present: Restriction | None) -> tuple[Restriction, ...]:
    """Return the kinds that this person may put a record under `present` under, the present one too."""
    return tuple(kind for kind in Restriction if may_restrict(staff, present, kind))


def told_change(before: Restriction | None, after: Restriction | None) -> str:
    """Return the change in plain words: `not restricted → hate`."""
    return f"{_called(before)} → {_called(after)}"


def _called(kind: Restriction | None) -> str:
    return kind.value.replace("_", " ") if kind else "not restricted"
