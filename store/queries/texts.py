"""Every text by which a report or a case is found: what is searched, and where found words stand."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select
from sqlalchemy import case as when
from sqlalchemy.orm import InstrumentedAttribute

from store.domain.message import MessageKind
from store.domain.report import Identity
from store.domain.search_words import Where
from store.tables.case import CaseRow
from store.tables.case_file import CasePersonRow, TaskRow
from store.tables.message import MessageRow
from store.tables.report import ReportRow
from store.tables.resident import ResidentRow

Texts = Select[Any, Any, Any]
"""Of each text: the id of what it belongs to, a `Where` and its words."""
_WHERE_SAID = when((MessageRow.kind == MessageKind.NOTE.value, Where.NOTE.value), else_=Where.MESSAGE.value)


def of_reports(
    owner: InstrumentedAttribute[Any],
    ids: Collection[str] | ColumnElement[Any],
    *readable: ColumnElement[bool],
) -> list[Texts]:
    """Return the texts of reports, of those with these ids or of these cases, as `owner` says.

    A reporter is found by name and contact where staff wrote them down; never an anonymous one, of
    whom the report's page shows nothing either.
    """
    met = (owner.in_(ids), *readable)
    said = select(owner, _WHERE_SAID, MessageRow.text).join(ReportRow, ReportRow.id == MessageRow.report_id)
    known = (
        ReportRow.identity != Identity.ANONYMOUS.value,
        ResidentRow.relay.is_(False),
        ResidentRow.chat_id.is_(None),
    )
    told_by = func.coalesce(ResidentRow.name, "") + _also(", ", ResidentRow.contact)
    reporter = select(owner, literal(Where.REPORTER.value), told_by)
    return [
        select(owner, literal(Where.REPORT.value), ReportRow.text).where(*met),
        select(owner, literal(Where.PLACE.value), ReportRow.place_words).where(*met),
        said.where(*met),
        reporter.join(ReportRow, ReportRow.reporter_id == ResidentRow.id).where(*met, *known),
    ]


def of_cases(ids: Collection[str] | ColumnElement[Any]) -> list[Texts]:
    """Return the texts of these cases themselves: place, notes, people, tasks."""
    about = CasePersonRow.name + _also(", ", CasePersonRow.contact) + _also(". ", CasePersonRow.note)
    about += _also(". ", CasePersonRow.warning)
    whole = (MessageRow.case_id.in_(ids), MessageRow.report_id.is_(None))
    people = select(CasePersonRow.case_id, literal(Where.PERSON.value), about)
    return [
        select(CaseRow.id, literal(Where.PLACE.value), CaseRow.place_words).where(CaseRow.id.in_(ids)),
        select(MessageRow.case_id, _WHERE_SAID, MessageRow.text).where(*whole),
        people.where(CasePersonRow.case_id.in_(ids), CasePersonRow.ended_at.is_(None)),
        select(TaskRow.case_id, literal(Where.TASK.value), TaskRow.text).where(TaskRow.case_id.in_(ids)),
    ]


def _also(before: str, words: InstrumentedAttribute[str | None]) -> ColumnElement[str]:
    return func.coalesce(literal(before) + words, "")
