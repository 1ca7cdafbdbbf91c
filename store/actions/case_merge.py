"""Two cases of the same problem become one, and two again; reports change their case.

Reporters are told nothing of it: to them nothing changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import case_before, event, target
from store.actions.case_parts import (
    carry_hold,
    give_back,
    index_both,
    lock_reports,
    reports_in,
    send_reports,
    take_along,
    two_for_update,
)
from store.actions.case_place import place_anew
from store.actions.case_row import name_beside, new_case, told, widen
from store.actions.rows import (
    case_for_update,
    check_case_version,
    check_report_version,
    may_reach,
    report_for_update,
    reports_of,
    told_report,
)
from store.actions.thread import DOUBLE_TAP
from store.domain.case import CaseState, CaseView
from store.domain.errors import NotFound, Refusal
from store.domain.event import Action
from store.domain.staff import By
from store.engine import now
from store.queries import cases
from store.queries.merges import check_not_merged
from store.tables.case import CaseRow
from store.tables.case_file import CaseMergeRow
from store.tables.event import EventRow
from store.tables.report import ReportRow

_WAYS = {
    Action.CASE_MERGED: ("Into", "From"),
    Action.CASE_UNMERGED: ("Out of", "Without"),
    Action.CASE_SPLIT: ("Into", "From"),
}
"""How a case and the other one tell of each other."""


def merge(
    session: Session, by: By, reference: str, into_reference: str, version: int | None = None
) -> CaseView:
    """Let a case go into another one, with everything that belongs to it; return the other one.

    The first is closed without an outcome. The other takes its urgency, restriction and legal hold
    where stricter. Merging again is harmless. Refusals: `case.not_found`, `case.other_not_found`,
    `case.merge_itself`, `case.merged` (also where the other went), `case.already_closed`,
    `case.other_closed`, `case.kinds_differ`, `case.changed`.
    """
    lock_reports(session, reference)
    case, other = two_for_update(session, by, reference, into_reference)
    if case.merged_into_id == other.id:
        return cases.view(other)
    check_case_version(session, case, version)
    _check_may_merge(session, by, case, other)
    reports = reports_in(session, case)
    moved: dict[str, Any] = {"reports": [report.id for report in reports], "before": {"state": case.state}}
    was = case_before.as_it_was(session, other)
    send_reports(session, reports, other)
    moved |= take_along(session, case, other)
    case.state, case.merged_into_id, case.target_at = CaseState.CLOSED.value, other.id, None
    case.closed_at = case.updated_at = now(session)
    widen(session, by, other, case)
    carry_hold(session, by, case, other)
    target.retarget(session, other)
    index_both(session, case, other)
    last = _tell_both(session, by, Action.CASE_MERGED, case, other)
    moved["other"] = was | {"after": case_before.facts(other), "event": last}
    row = CaseMergeRow(from_id=case.id, into_id=other.id, moved=moved)
    row.created_by, row.created_at = by.staff.id, now(session)
    session.add(row)
    session.flush()
    return cases.view(other)


def unmerge(session: Session, by: By, reference: str, version: int | None = None) -> CaseView:
    """Undo a merge: what moved and is still in the other case goes back; return the case.

    Both are as they were, but for the restriction or the legal hold of the other case: it has that
    from now on, for what was written there may go back with it. So does the other case where
    anything was done in it meanwhile. A second tap is harmless.
    Refusals: `case.not_found`, `case.not_merged`, `case.changed`.
    """
    merged = _merges(session, reference)
    row = next((one for one in merged if one.undone_at is None), None)
    case = case_for_update(session, by, reference, merged_too=True)
    if row is None or case.merged_into_id is None:
        latest = max((one.undone_at for one in _merges(session, reference) if one.undone_at), default=None)
        if latest is None or latest <= now(session) - DOUBLE_TAP:
            raise Refusal("case.not_merged")
        return cases.view(case)
    check_case_version(session, case, version)
    other = _where_it_went(session, by, case)
    back = reports_in(session, other, row.moved["reports"])
    send_reports(session, back, case)
    give_back(session, row, case, other)
    case_before.come_back(session, by, case, other, row.moved["before"]["state"])
    if other.id == row.into_id and "other" in row.moved:
        case_before.again(session, by, other, row.moved["other"])
    place_anew(session, case)
    place_anew(session, other, back)
    carry_hold(session, by, other, case)
    row.undone_at = other.updated_at = now(session)
    for one in (case, other):
        target.retarget(session, one)
    index_both(session, case, other)
    _tell_both(session, by, Action.CASE_UNMERGED, case, other)
    return cases.view(case)


def split(
    session: Session,
    by: By,
    reference: str,
    report_references: Sequence[str],
    version: int | None = None,
) -> CaseView:
    """Make a new case of some reports of a case, with the same officer; return the new case.

    Category and place are those of the oldest of them. Splitting again is harmless. Refusals:
    `report.not_found`, `case.not_found`, `case.choose_reports`, `case.already_closed`,
    `case.not_its_report` (`reference`), `case.one_must_stay`, `case.changed`.
    """
    chosen = [report_for_update(session, by, one) for one in sorted(set(report_references))]
    case = case_for_update(session, by, reference)
    if not chosen:
        raise Refusal("case.choose_reports")
    there = _case_of_their_own(session, by, case, chosen)
    if there is not None:
        return cases.view(there)
    check_case_version(session, case, version)
    _check_may_split(session, case, chosen)
    chosen.sort(key=lambda report: (report.created_at, report.id))
    new = new_case(session, by, chosen[0])
    new.officer_id = case.officer_id
    send_reports(session, chosen, new)
    for report in chosen:
        widen(session, by, new, report)
    carry_hold(session, by, case, new)
    place_anew(session, case, chosen)
    case.updated_at = now(session)
    for one in (case, new):
        target.retarget(session, one)
    index_both(session, case, new)
    _tell_both(session, by, Action.CASE_SPLIT, case, new)
    return cases.view(new)


def move_report(
    session: Session, by: By, report_reference: str, case_reference: str, version: int | None = None
) -> CaseView:
    """Put a report of one case into another; that takes its urgency and restriction where stricter.

    `version` is the report's. Moving again is harmless. Refusals: `report.not_found`,
    `case.not_found`, `case.not_its_report` (`reference`; also when its case is not theirs to see),
    `case.already_closed`, `case.other_closed`, `case.merged`, `case.one_must_stay` (merge the cases instead),
    `report.changed`.
    """
    report = report_for_update(session, by, report_reference)
    source = session.get(CaseRow, report.case_id) if report.case_id else None
    if source is None or not may_reach(by, source):
        case_for_update(session, by, case_reference)
        raise Refusal("case.not_its_report", reference=report_reference)
    try:
        source, other = two_for_update(session, by, source.reference, case_reference)
    except NotFound as missing:
        raise NotFound("case.not_found", reference=case_reference) from missing
    if source.id == other.id:
        return cases.view(other)
    check_report_version(session, report, version)
    check_not_merged(session, by.staff, other)
    if other.state == CaseState.CLOSED:
        raise Refusal("case.other_closed")
    _check_may_split(session, source, [report])
    send_reports(session, [report], other)
    widen(session, by, other, report)
    carry_hold(session, by, source, other)
    place_anew(session, source, [report])
    source.updated_at = now(session)
    for one in (source, other):
        target.retarget(session, one)
    index_both(session, source, other)
    details = {"case_id": other.id, "case_id_before": source.id}
    for subject in (("report", report.id), ("case", source.id)):
        event.record(session, by.actor, Action.REPORT_MOVED, subject, told_report(report) | details)
    return cases.view(other)


def _check_may_merge(session: Session, by: By, case: CaseRow, other: CaseRow) -> None:
    if case.id == other.id:
        raise Refusal("case.merge_itself")
    for one in (case, other):
        check_not_merged(session, by.staff, one)
    if case.state == CaseState.CLOSED:
        raise Refusal("case.already_closed")
    if other.state == CaseState.CLOSED:
        raise Refusal("case.other_closed")
    kinds = {case.restriction, other.restriction} - {None}
    if len(kinds) > 1:  # notes and people of the one would open to whoever was granted the other
        raise Refusal("case.kinds_differ")


def _check_may_split(session: Session, case: CaseRow, leaving: Sequence[ReportRow]) -> None:
    if case.state == CaseState.CLOSED:
        raise Refusal("case.already_closed")
    strange = next((report.reference for report in leaving if report.case_id != case.id), None)
    if strange is not None:
        raise Refusal("case.not_its_report", reference=strange)
    if len(reports_of(session, case)) == len(leaving):
        raise Refusal("case.one_must_stay")


def _case_of_their_own(
    session: Session, by: By, case: CaseRow, reports: Sequence[ReportRow]
) -> CaseRow | None:
    """Return the case that a split made of exactly these reports, if they left this one already."""
    ids = {report.case_id for report in reports}
    id_ = next(iter(ids))
    if len(ids) > 1 or id_ is None or id_ == case.id:
        return None
    there = session.get_one(CaseRow, id_)
    alone = len(reports_of(session, there)) == len(reports)
    return there if alone and may_reach(by, there) and _came_of_a_split(session, there) else None


def _came_of_a_split(session: Session, case: CaseRow) -> bool:
    about = (EventRow.subject_kind == "case", EventRow.subject_id == case.id)
    split_off = select(EventRow.id).where(*about, EventRow.action == Action.CASE_SPLIT.value)
    return session.scalar(split_off.limit(1)) is not None


def _merges(session: Session, reference: str) -> list[CaseMergeRow]:
    """Return what is written of this case's merges, with the reports that moved locked."""
    rows = session.scalars(
        select(CaseMergeRow)
        .join(CaseRow, CaseRow.id == CaseMergeRow.from_id)
        .where(CaseRow.reference == reference)
        .execution_options(populate_existing=True)
    ).all()
    ids = [id_ for row in rows if row.undone_at is None for id_ in row.moved["reports"]]
    reports = select(ReportRow.id).where(ReportRow.id.in_(ids)).order_by(ReportRow.id)
    session.execute(reports.with_for_update())
    return list(rows)


def _where_it_went(session: Session, by: By, case: CaseRow) -> CaseRow:
    """Return the case that has its reports now: the one it went into may have gone on itself."""
    at = case
    while at.merged_into_id is not None:
        at = session.get_one(CaseRow, at.merged_into_id, with_for_update=True, populate_existing=True)
    if not may_reach(by, at):
        raise NotFound("case.not_found", reference=case.reference)
    return at


def _tell_both(session: Session, by: By, action: Action, case: CaseRow, other: CaseRow) -> int:
    """Record it of both; each names the other only where whoever may open it may open that too.

    Returns the id of the last of these events.
    """
    last = 0
    for one, its, way in ((case, other, 0), (other, case, 1)):
        named = name_beside(one, its)
        words = f"{_WAYS[action][way]} {named}" if named else None
        details = told(session, one) | {"other_id": its.id, "words": words}
        last = event.record(session, by.actor, action, ("case", one.id), details).id
    return last
