"""A filter as conditions of a statement, for reports or cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    SelectBase,
    and_,
    exists,
    false,
    literal_column,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from store.domain import reference_number
from store.domain.finding import (
    ME,
    NOBODY,
    Filter,
    Kind,
    TargetMark,
    day_begins,
    day_ends,
    partner_categories,
)
from store.domain.reference import Profile
from store.domain.report import ReportState
from store.domain.search_words import wanted as wishes_of
from store.domain.staff import Staff
from store.domain.working_days import due_at, london_date
from store.engine import now
from store.queries.search import hits
from store.queries.unread import unread
from store.queries.visible import open_to
from store.tables.case import CaseRow
from store.tables.case_file import CaseTagRow
from store.tables.message import MessageRow
from store.tables.report import ReportRow

Condition = ColumnElement[bool]
Row = type[ReportRow] | type[CaseRow]
SOON_WORKING_DAYS = 1
_CODES = {
    "states": "state",
    "priorities": "priority",
    "areas": "area",
    "ward": "ward",
    "record_type": "record_type",
    "source": "source",
    "language": "language",
}
"""Fields of a filter that a column holds as they are."""


def row_of(kind: Kind) -> Row:
    """Return the table that this kind of list reads."""
    return ReportRow if kind is Kind.REPORTS else CaseRow


def received(kind: Kind) -> InstrumentedAttribute[datetime]:
    """Return the column that says when a record came to us."""
    return ReportRow.created_at if kind is Kind.REPORTS else CaseRow.opened_at


def order_of(wanted: Filter) -> tuple[InstrumentedAttribute[Any], ...]:
    """Return the columns that a list is ordered by: rising in the queue, else falling."""
    if wanted.is_queue:
        return ReportRow.priority, ReportRow.created_at, ReportRow.id
    return (
        (ReportRow.created_at, ReportRow.id)
        if wanted.kind is Kind.REPORTS
        else (CaseRow.updated_at, CaseRow.id)
    )


def conditions(session: Session, staff: Staff, profile: Profile, wanted: Filter) -> list[Condition]:
    """Return what a row must meet to be in the list of `staff`, who may open it among other things."""
    row = row_of(wanted.kind)
    return [
        open_to(staff, row.restriction),
        *_codes(row, wanted),
        *_categories(row, profile, wanted),
        *_officer(staff, wanted),
        *_times(session, profile, wanted),
        *_told(staff, row, wanted),
        *_case_file(session, wanted),
        *_point(row, wanted),
        *_text(session, staff, row, wanted),
    ]


def _codes(row: Row, wanted: Filter) -> Iterator[Condition]:
    if wanted.is_queue:  # said in the statement itself: a bound value would not use the queue's index
        yield ReportRow.state == literal_column(f"'{ReportState.WAITING.value}'")
    for field, name in _CODES.items():
        value = getattr(wanted, field) if not (wanted.is_queue and field == "states") else ()
        if value:
            yield getattr(row, name).in_([value] if isinstance(value, str) else value)


def _categories(row: Row, profile: Profile, wanted: Filter) -> Iterator[Condition]:
    if wanted.category:
        group = row.category.startswith(f"{wanted.category}.", autoescape=True)
        yield or_(row.category == wanted.category, group)
    if wanted.partner:
        yield row.category.in_(partner_categories(profile, wanted.partner))


def _officer(staff: Staff, wanted: Filter) -> Iterator[Condition]:
    """A report is with its case's officer; before there is a case, with whoever took it."""
    if not wanted.officer:
        return
    nobody = wanted.officer == NOBODY
    who = staff.id if wanted.officer == ME else wanted.officer
    if wanted.kind is Kind.CASES:
        yield CaseRow.officer_id.is_(None) if nobody else CaseRow.officer_id == who
        return
    case = aliased(CaseRow)
    theirs = case.officer_id.is_(None) if nobody else case.officer_id == who
    taken = ReportRow.taken_by.is_(None) if nobody else ReportRow.taken_by == who
    cases = select(case.id).where(theirs, open_to(staff, case.restriction))
    yield or_(and_(ReportRow.case_id.is_(None), taken), ReportRow.case_id.in_(cases))


def _times(session: Session, profile: Profile, wanted: Filter) -> Iterator[Condition]:
    came = received(wanted.kind)
    if wanted.received_from:
        yield came >= day_begins(wanted.received_from)
    if wanted.received_to:
        yield came < day_ends(wanted.received_to)
    if wanted.target:
        yield from _target(session, profile, wanted)


def _target(session: Session, profile: Profile, wanted: Filter) -> Iterator[Condition]:
    """Few records have a target to meet: they are picked first, by its index, and then put in order."""
    row, at = row_of(wanted.kind), now(session)
    some = aliased(row)
    met = [some.target_at <= at if wanted.target is TargetMark.MISSED else some.target_at > at]
    if wanted.target is TargetMark.DUE_SOON:
        met.append(some.target_at <= due_at(SOON_WORKING_DAYS, at, profile.bank_holidays))
    yield row.id.in_(select(some.id).where(*met, some.target_paused_at.is_(None)))


def _told(staff: Staff, row: Row, wanted: Filter) -> Iterator[Condition]:
    if wanted.never_contacted:
        yield row.contacted_at.is_(None)
    if wanted.unread and wanted.kind is Kind.REPORTS:
        yield exists().where(MessageRow.report_id == ReportRow.id, unread()).correlate(ReportRow)
    elif wanted.unread:
        part = aliased(ReportRow)
        mine = (part.case_id == CaseRow.id, part.id == MessageRow.report_id)
        yield exists().where(*mine, open_to(staff, part.restriction), unread()).correlate(CaseRow)


def _case_file(session: Session, wanted: Filter) -> Iterator[Condition]:
    if wanted.tag:
        yield CaseRow.id.in_(select(CaseTagRow.case_id).where(CaseTagRow.tag == wanted.tag))
    if wanted.legal_hold:
        yield CaseRow.legal_hold.is_not(None)
    if wanted.review_due:
        yield CaseRow.review_on <= london_date(now(session))


def _point(row: Row, wanted: Filter) -> Iterator[Condition]:
    if wanted.box:
        west, south, east, north = wanted.box
        yield row.lat.between(south, north)
        yield row.lon.between(west, east)
    if wanted.no_point:
        yield row.lat.is_(None)


def _text(session: Session, staff: Staff, row: Row, wanted: Filter) -> Iterator[Condition]:
    """A record is found by its words or by the end of its reference; a case by what its reports say, too.

    Those restricted otherwise than their case are not in its document: whoever may open both finds
    the case by the report.
    """
    if not wanted.text:
        return
    wishes = wishes_of(wanted.text)
    if not wishes:
        yield false()
        return
    found = row.id.in_(_by_words_or_reference(row, wanted.text, hits(session, staff, wanted.kind, wishes)))
    if row is ReportRow or not staff.grants:
        yield found
        return
    part = aliased(ReportRow)
    told = hits(session, staff, Kind.REPORTS, wishes)
    of_report = select(part.case_id).join(told, told.c.id == part.id).where(part.restriction.is_not(None))
    yield or_(found, CaseRow.id.in_(of_report.where(part.case_id.is_not(None))))


def _by_words_or_reference(row: Row, text: str, told: CTE) -> SelectBase:
    """Return the ids of what was found by words, and of what has a reference that ends like this."""
    ids, ending = select(told.c.id), reference_number.ending(text)
    if ending is None:
        return ids
    other = aliased(row)
    end = other.reference_end == ending[-reference_number.ENDING_CHARACTERS :]
    return union_all(ids, select(other.id).where(end, other.reference.endswith(ending)))
