"""Rows of an export as CSV, JSON and GeoJSON, piece by piece."""

from __future__ import annotations

import csv
import io
import json
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from handlers.web import labels
from handlers.web.console.filter_form import STATE_LABELS
from store.domain.clock import LONDON
from store.domain.finding import Kind
from store.domain.found import MAX_EXPORT_ROWS, ExportRow
from store.domain.reference import HomeOfficeType, Profile, Restriction
from store.domain.report import Source

CUT = f"Cut here: an export holds at most {MAX_EXPORT_ROWS:,} rows. Filter the list and export the rest."
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


class Form(ABC):
    """One way to write rows down; `media_type` is what a browser is told."""

    name: str
    media_type: str

    def __init__(self, kind: Kind, profile: Profile) -> None:
        self.kind = kind
        self.profile = profile
        self._first = True

    @abstractmethod
    def head(self) -> str:
        """Return what stands before the rows."""

    @abstractmethod
    def rows(self, rows: Iterable[ExportRow]) -> str:
        """Return some rows."""

    @abstractmethod
    def tail(self, *, cut: bool) -> str:
        """Return what stands after the rows; `cut`: there were more."""


class Csv(Form):
    """For spreadsheets: words rather than codes, London's times, nothing that could be a formula."""

    name = "csv"
    media_type = "text/csv"

    def head(self) -> str:
        """Return the heads of the columns, after the mark by which spreadsheets know UTF-8."""
        return "\ufeff" + csv_lines([list(_COLUMNS)])

    def rows(self, rows: Iterable[ExportRow]) -> str:
        """Return some lines."""
        return csv_lines([self._cells(row) for row in rows])

    def tail(self, *, cut: bool) -> str:
        """Return a line that says so where rows are missing."""
        return csv_lines([[CUT]]) if cut else ""

    def _cells(self, row: ExportRow) -> list[str | float | None]:
        profile = self.profile
        return [
            row.reference,
            STATE_LABELS[self.kind][row.state],
            labels.category(profile, row.category),
            labels.record_type(profile, row.record_type),
            labels.HOME_OFFICE_TYPES[HomeOfficeType(row.home_office_type)],
            row.priority,
            labels.RESTRICTIONS[Restriction(row.restriction)] if row.restriction else None,
            labels.area(profile, row.area),
            labels.ward(profile, row.ward),
            row.lat,
            row.lon,
            labels.SOURCES[Source(row.source)] if row.source else None,
            labels.LANGUAGES.get(row.language or "", row.language),
            row.officer,
            row.case_reference,
            *map(london, (row.received_at, row.updated_at, row.contacted_at, row.target_at)),
        ]


_COLUMNS = (
    *("Reference", "Status", "Category", "Record type", "Home Office type", "Priority", "Restriction"),
    *("Area", "Ward", "Latitude", "Longitude", "Source", "Language", "With", "Case"),
    *("Received", "Changed", "First contact", "Target"),
)


class Json(Form):
    """For programs: one object, its rows as they are kept."""

    name = "json"
    media_type = "application/json"
    _opening = '{"kind": %s, "rows": ['

    def head(self) -> str:
        """Return the beginning of the object."""
        return self._opening % json.dumps(self.kind.value)

    def rows(self, rows: Iterable[ExportRow]) -> str:
        """Return some rows, after a comma where others went before."""
        text = ",\n".join(json.dumps(self._row(row), default=_iso, ensure_ascii=False) for row in rows)
        comma = "" if self._first or not text else ",\n"
        self._first = self._first and not text
        return comma + text

    def tail(self, *, cut: bool) -> str:
        """Return the end of the object; `cut` says whether rows are missing."""
        note = f', "note": {json.dumps(CUT)}' if cut else ""
        return f'], "cut": {json.dumps(cut)}{note}}}\n'

    def _row(self, row: ExportRow) -> dict[str, object]:
        return asdict(row)


class GeoJson(Json):
    """For maps (RFC 7946); a record without a point has no geometry."""

    name = "geojson"
    media_type = "application/geo+json"
    _opening = '{"type": "FeatureCollection", "kind": %s, "features": ['

    def _row(self, row: ExportRow) -> dict[str, object]:
        facts = asdict(row)
        lat, lon = facts.pop("lat"), facts.pop("lon")
        point = None if lat is None or lon is None else {"type": "Point", "coordinates": [lon, lat]}
        return {"type": "Feature", "id": row.reference, "geometry": point, "properties": facts}


FORMS = (Csv, Json, GeoJson)


def safe(cell: str | float | None) -> str | float | None:
    """Return a cell that no spreadsheet runs: text that looks like a formula gets an apostrophe."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def csv_lines(rows: Iterable[list[str | float | None]]) -> str:
    """Return lines that no spreadsheet takes for formulas."""
    text = io.StringIO()
    csv.writer(text).writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue()


def london(at: datetime | None) -> str | None:
    """Return an instant on London's clock as spreadsheets know it: `2026-11-23 09:01`."""
    return f"{at.astimezone(LONDON):%Y-%m-%d %H:%M}" if at else None


def _iso(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} does not belong in an export")
