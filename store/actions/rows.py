"""Rows about to be changed: read FOR UPDATE, for somebody who may, at the version they saw."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import flag_modified

from store.domain.errors import Changed, NotFound, Refusal
from store.domain.reference import Restriction
from store.domain.report import ReportState
from store.domain.staff import By, may_open
from store.queries.merges import check_not_merged
from store.queries.timeline import LastChange, last_change, last_change_of, last_change_of_part
from store.queries.visible import check_worker
from store.tables.agenda import AgendaItemRow
from store.tables.alert import AlertRow
from store.tables.campaign import CampaignRow
from store.tables.campaign_pattern import CampaignPatternRow
from store.tables.case import CaseRow
from store.tables.case_file import CasePersonRow, TaskRow
from store.tables.desk import SavedViewRow
from store.tables.evidence import EvidenceRow
from store.tables.meeting import MeetingRow, SeriesRow
from store.tables.report import ReportRow
from store.tables.resident import ResidentRow
from store.tables.staff import StaffRow

_Row = TypeVar("_Row", ReportRow, CaseRow)
_Worked = TypeVar("_Worked", MeetingRow, CampaignRow, CampaignPatternRow)
_One = TypeVar("_One")
_Meetings = MeetingRow | SeriesRow | AgendaItemRow
_Other = AlertRow | EvidenceRow | SavedViewRow | _Meetings | CampaignRow | CampaignPatternRow
_Touched = ReportRow | CaseRow | MeetingRow | SeriesRow | CampaignRow | CampaignPatternRow
_Any = ReportRow | CaseRow | CasePersonRow | TaskRow | _Other
_READ = frozenset({ReportState.WAITING, ReportState.IN_CASE})


def restriction_of(row: ReportRow | CaseRow) -> Restriction | None:
    """Return the restriction this record is under."""
    return Restriction(row.restriction) if row.restriction else None


def may_reach(by: By, row: ReportRow | CaseRow) -> bool:
    """Tell whether this person may see this record at all."""
    return may_open(by.staff, restriction_of(row))


def report_for_update(session: Session, by: By, reference: str) -> ReportRow:
    """Return the report's row, locked. Refusal: `report.not_found`, also when it is not theirs to see."""
    return _for_update(session, by, ReportRow, "report.not_found", reference)


def case_for_update(session: Session, by: By, reference: str, *, merged_too: bool = False) -> CaseRow:
    """Return the case's row, locked.

    Refusals: `case.not_found`, also when it is not theirs to see; `case.merged` (`reference`, `into`)
    of one that went into another, but for `merged_too`.
    """
    row = _for_update(session, by, CaseRow, "case.not_found", reference)
    if not merged_too:
        check_not_merged(session, by.staff, row)
    return row


def _for_update(session: Session, by: By, table: type[_Row], unknown: str, reference: str) -> _Row:
    row = session.scalar(_locked(select(table).where(table.reference == reference)))
    if row is None or not may_reach(by, row):
        raise NotFound(unknown, reference=reference)
    return row


def worked_for_update(
    session: Session, by: By, table: type[_Worked], unknown: str, reference: str, *more: ColumnElement[bool]
) -> _Worked:
    """Return the row with this reference of which `more` is true, locked, for whoever may work records.

    Refusals: `staff.not_allowed`, `unknown`.
    """
    check_worker(by.staff)
    row = session.scalar(_locked(select(table).where(table.reference == reference, *more)))
    if row is None:
        raise NotFound(unknown, reference=reference)
    return row


def _locked(wanted: Select[_One]) -> Select[_One]:
    return wanted.with_for_update().execution_options(populate_existing=True)


def case_of(session: Session, report: ReportRow) -> CaseRow | None:
    """Return the row of the case this report is in, locked; None while it is in none."""
    if report.case_id is None:
        return None
    return session.get_one(CaseRow, report.case_id, with_for_update=True, populate_existing=True)


def reachable_case_of(session: Session, by: By, report: ReportRow) -> CaseRow | None:
    """Return the report's case, locked; None also where this person may not know of it."""
    case = case_of(session, report)
    return case if case is not None and may_reach(by, case) else None


def is_read(report: ReportRow) -> bool:
    """Tell whether somebody will still read what comes in about this report."""
    return report.state in _READ


def check_is_read(report: ReportRow) -> None:
    """Refuse (`report.closed`) what comes after the end of a report."""
    if not is_read(report):
        raise Refusal("report.closed", state=report.state)


def check_has_chat(session: Session, report: ReportRow) -> None:
    """Refuse (`record.no_chat`) to write to somebody for whom staff wrote the report down."""
    if not with_chat(session, [report.reporter_id]):
        raise Refusal("record.no_chat")


def with_chat(session: Session, reporter_ids: Sequence[str]) -> set[str]:
    """Return which of these people have a chat with us."""
    known = ResidentRow.id.in_(reporter_ids)
    return set(session.scalars(select(ResidentRow.id).where(known, ResidentRow.chat_id.is_not(None))))


def officer_of(session: Session, report: ReportRow) -> str | None:
    """Return the id of whoever answers for this report: its case's officer, else who took it."""
    case = case_of(session, report)
    return case.officer_id if case else report.taken_by


def reports_of(session: Session, case: CaseRow) -> list[dict[str, str]]:
    """Return id and reference of the case's reports, oldest first, as events tell them."""
    rows = session.execute(
        select(ReportRow.id, ReportRow.reference)
        .where(ReportRow.case_id == case.id)
        .order_by(ReportRow.created_at, ReportRow.id)
    )
    return [{"id": row.id, "reference": row.reference} for row in rows]


def check_report_version(session: Session, row: ReportRow, version: int | None) -> None:
    """Refuse (`report.changed`, with `who` and `when`) when this is not the version that was seen."""
    if _is_stale(row, version):
        who, when = _told(last_change(session, [row.id]))
        raise Changed("report.changed", reference=row.reference, who=who, when=when, version=row.version)


def check_case_version(session: Session, row: CaseRow, version: int | None) -> None:
    """Refuse (`case.changed`, with `who` and `when`) when this is not the version that was seen.

    Who did something to a report that is restricted otherwise is told to nobody here.
    """
    if _is_stale(row, version):
        opens_with_it = or_(ReportRow.restriction.is_(None), ReportRow.restriction == row.restriction)
        ids = list(session.scalars(select(ReportRow.id).where(ReportRow.case_id == row.id, opens_with_it)))
        who, when = _told(last_change(session, ids, row.id))
        raise Changed("case.changed", reference=row.reference, who=who, when=when, version=row.version)


def check_said_version(
    session: Session, report: ReportRow, case: CaseRow | None, version: int | None
) -> None:
    """Refuse words about what is not as it was seen: the case, where they come from its page."""
    if case is not None:
        check_case_version(session, case, version)
    else:
        check_report_version(session, report, version)


def check_part_version(
    session: Session, case: CaseRow, part: CasePersonRow | TaskRow, version: int | None
) -> None:
    """Refuse as `check_case_version`, for the version of one person or task of a case."""
    if _is_stale(part, version):
        who, when = _told(last_change_of_part(session, case.id, part.id))
        raise Changed("case.changed", reference=case.reference, who=who, when=when, version=part.version)


def check_version(session: Session, kind: str, row: _Other, version: int | None) -> None:
    """Refuse (`record.changed`) likewise, for what is no part of a case; `kind` is what events call it."""
    if _is_stale(row, version):
        who, when = _told(last_change_of(session, (kind, row.id)))
        raise Changed("record.changed", who=who, when=when, version=row.version)


def touch(session: Session, row: _Touched) -> None:
    """Raise the version of a record that changed in what lies beside it, or twice in one instant."""
    flag_modified(row, "updated_at")
    session.flush()


def touch_told(session: Session, report: ReportRow) -> None:
    """Let what was said count: whoever has the report or its case open reads it before they decide."""
    touch(session, report)
    case = case_of(session, report)
    if case is not None:
        touch(session, case)


def staff_name(session: Session, staff_id: str) -> str:
    """Return what this person is called."""
    return session.get_one(StaffRow, staff_id).name


def _is_stale(row: _Any, version: int | None) -> bool:
    return version is not None and version != row.version


def _told(change: LastChange) -> tuple[str, str]:
    return (change[0], change[1].isoformat()) if change else ("", "")


def told_report(row: ReportRow) -> dict[str, str | None]:
    """Return what every event about a report tells."""
    return {"report_id": row.id, "reference": row.reference, "restriction": row.restriction}
