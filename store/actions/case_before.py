"""What two cases were before one went into the other, so that they are that when it is undone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from store.actions import event, search
from store.actions.case_parts import reports_in
from store.actions.case_row import keep_reachable, told, widen
from store.actions.inside import Record, cases_inside, restrict_inside, unless_otherwise
from store.actions.rows import restriction_of
from store.domain.event import Action
from store.domain.restriction import told_change
from store.domain.staff import By, may_open
from store.domain.triage import strictest
from store.engine import now
from store.queries import staff
from store.queries.timeline import changed_since
from store.tables.case import CaseRow

UNDONE = "The merge that restricted it was undone."


def facts(case: CaseRow) -> dict[str, str | None]:
    """Return what a merge may change of the case that another one goes into."""
    names = ("priority", "officer_id", "restriction", "legal_hold")
    return {name: getattr(case, name) for name in names}


def as_it_was(session: Session, case: CaseRow) -> dict[str, Any]:
    """Return what `again` needs to know of a case that another one is about to go into."""
    reports = reports_in(session, case)
    inside: list[Record] = [*reports, *cases_inside(session, case)]
    return {
        "before": facts(case),
        "reports": [report.id for report in reports],
        "open": [record.id for record in inside if record.restriction is None],
    }


def again(session: Session, by: By, case: CaseRow, was: Mapping[str, Any]) -> None:
    """Let a case be as it was before the other one, which has its reports back, went into it.

    What somebody decided since stays, and so does its restriction where anything was written or
    done in it since, or where the legal hold of the other one, with its reason, is on it now: that
    may be about what is restricted.
    """
    before, after, reports = was["before"], was["after"], reports_in(session, case)
    came = [report.priority for report in reports if report.id not in was["reports"]]
    if case.priority == after["priority"]:
        case.priority = min(before["priority"], *came) if came else before["priority"]
    ids, held = [report.id for report in reports], after["legal_hold"] != before["legal_hold"]
    restricted = case.restriction == after["restriction"] != before["restriction"]
    if restricted and not held and not changed_since(session, ids, case.id, was["event"]):
        _open_again(session, by, case, was["open"])
    if case.officer_id == after["officer_id"] != before["officer_id"]:
        _give_to(session, by, case, before["officer_id"])


def come_back(session: Session, by: By, case: CaseRow, other: CaseRow, state: str) -> None:
    """Let a case that went into the other one be a case again, under the restriction of that too.

    One that has restricted reports alone is restricted with them.
    """
    case.state, case.merged_into_id, case.closed_at = state, None, None
    case.updated_at = now(session)
    kind = strictest(restriction_of(case), restriction_of(other))
    case.restriction = kind.value if kind else None
    restrict_inside(session, case, unless_otherwise)
    mine = reports_in(session, case)
    if case.restriction is None and mine and all(report.restriction for report in mine):
        widen(session, by, case, mine[0])
    keep_reachable(session, by, case)


def _open_again(session: Session, by: By, case: CaseRow, were_open: list[str]) -> None:
    """Lift the restriction that a merge brought, of the case and of what was open in it before."""
    kind, at = restriction_of(case), now(session)
    went = cases_inside(session, case)
    inside: list[Record] = [*reports_in(session, case), *went]
    for record in inside:
        if record.id in were_open and record.restriction == case.restriction:
            record.restriction, record.updated_at = None, at
    case.restriction = None
    for one in went:
        search.index_case(session, one.id)
    details = told(session, case) | {
        "restriction_before": kind and kind.value,
        "restriction_after": None,
        "change": told_change(kind, None),
        "reason": UNDONE,
    }
    event.record(session, by.actor, Action.CASE_RESTRICTED, ("case", case.id), details)


def _give_to(session: Session, by: By, case: CaseRow, officer_id: str) -> None:
    """Give a case back to whoever worked it, if they may open it."""
    if may_open(staff.by_id(session, officer_id).staff, restriction_of(case)):
        before, case.officer_id = case.officer_id, officer_id
        details = told(session, case) | {"officer_before": before, "officer_after": officer_id}
        event.record(session, by.actor, Action.CASE_ASSIGNED, ("case", case.id), details)
