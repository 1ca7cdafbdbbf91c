"""What a search of reports or cases comes back with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from store.domain.search_words import Snippet
from store.domain.suggestion import Glance
from store.domain.triage import CaseLine, ReportLine

MAX_COUNT = 1_000
"""Counted exactly up to here; beyond it a list only says that there are more."""
MAX_POINTS = 1_000
MAX_EXPORT_ROWS = 50_000
Line = TypeVar("Line")


def counted(total: int) -> str:
    """Return how many there are: exact up to `MAX_COUNT`."""
    return f"{total:,}" if total <= MAX_COUNT else f"more than {MAX_COUNT:,}"


@dataclass(frozen=True, slots=True)
class Found(Generic[Line]):
    """A page of a list. `total` above `MAX_COUNT` stands for any larger number.

    `more` is the mark of the next page, empty on the last. `snippets`, and `glances` of the queue,
    are by id of a line.
    """

    lines: Sequence[Line]
    total: int
    more: str
    snippets: Mapping[str, tuple[Snippet, ...]] = field(default_factory=dict)
    glances: Mapping[str, Glance] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Everywhere:
    """What one search found: the first reports and the first cases, each with how many there are."""

    reports: Found[ReportLine]
    cases: Found[CaseLine]


@dataclass(frozen=True, slots=True)
class MapPoint:
    """Where one of them lies, degrees WGS84."""

    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A row of an export: what a list shows, never words, names of reporters or ways to reach them.

    `officer` works the case, or has taken the report. Source and language are a report's own.
    """

    reference: str
    state: str
    category: str
    record_type: str
    home_office_type: str
    priority: str
    restriction: str | None
    area: str | None
    ward: str | None
    lat: float | None
    lon: float | None
    source: str | None
    language: str | None
    officer: str | None
    case_reference: str | None
    received_at: datetime
    updated_at: datetime
    contacted_at: datetime | None
    target_at: datetime | None
