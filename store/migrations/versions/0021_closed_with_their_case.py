"""What lies in a restricted case is restricted with it, and no case tells where a hidden report was."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from store.domain.search_words import BETWEEN, document

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

AT_ONCE = 500
_CLOSE_CASES = """
UPDATE cases SET version = version + 1, restriction =
    (SELECT whole.restriction FROM cases AS whole WHERE whole.id = cases.merged_into_id)
WHERE restriction IS NULL AND merged_into_id IN (SELECT id FROM cases WHERE restriction IS NOT NULL)
"""
_CLOSE_REPORTS = """
UPDATE reports SET version = version + 1, restriction =
    (SELECT cases.restriction FROM cases WHERE cases.id = reports.case_id)
WHERE restriction IS NULL AND case_id IN (SELECT id FROM cases WHERE restriction IS NOT NULL)
"""
_TELLING = """
SELECT cases.id FROM cases JOIN reports ON reports.place_words = cases.place_words
    WHERE reports.restriction IS NOT NULL AND reports.restriction <> coalesce(cases.restriction, '')
UNION SELECT cases.id FROM cases JOIN reports ON reports.lat = cases.lat AND reports.lon = cases.lon
    WHERE reports.restriction IS NOT NULL AND reports.restriction <> coalesce(cases.restriction, '')
"""
_PLACES = (
    "SELECT id, restriction, merged_into_id, place_words, lat, lon, ward, area FROM cases WHERE id IN :ids"
)
_SHOWN = """
SELECT reports.case_id, reports.place_words, reports.lat, reports.lon, reports.ward, reports.area
    FROM reports JOIN cases ON cases.id = reports.case_id
    WHERE cases.id IN :ids AND (reports.restriction IS NULL OR reports.restriction = cases.restriction)
    ORDER BY reports.created_at, reports.id
"""
_PUT = """
UPDATE cases SET version = version + 1, place_words = :place_words, lat = :lat, lon = :lon,
    ward = :ward, area = :area WHERE id = :id
"""
_OF_CASES = """
SELECT id, place_words FROM cases WHERE id IN :ids
UNION ALL SELECT case_id, text FROM messages WHERE case_id IN :ids AND report_id IS NULL
UNION ALL SELECT case_id, name || coalesce(', ' || contact, '') || coalesce('. ' || note, '')
        || coalesce('. ' || warning, '')
    FROM case_people WHERE case_id IN :ids AND ended_at IS NULL
UNION ALL SELECT case_id, text FROM tasks WHERE case_id IN :ids
"""
_REPORTS_OF_CASES = """
SELECT cases.id, report_texts.text
    FROM cases JOIN reports ON reports.case_id = cases.id
    JOIN report_texts ON report_texts.record_id = reports.id
    WHERE cases.id IN :ids AND (reports.restriction IS NULL OR reports.restriction = cases.restriction)
    ORDER BY report_texts.id DESC
"""
_STALE = """
SELECT DISTINCT cases.id FROM cases JOIN case_pages ON case_pages.record_id = cases.id
    WHERE coalesce(case_pages.restriction, '') <> coalesce(cases.restriction, '')
"""
_FIRST_ALONE = "DELETE FROM case_pages WHERE page > 0 AND record_id IN :ids"
_KEEP = "UPDATE case_pages SET restriction = :restriction, text = :text WHERE record_id = :id"


def upgrade() -> None:
    """Close what was left open; the schema stays."""
    while op.get_bind().execute(sa.text(_CLOSE_CASES)).rowcount:
        pass  # a case that is closed now closes what went into it
    op.execute(_CLOSE_REPORTS)
    moved = set(_take_places_off())
    for ids in _pieces({*moved, *_ids(_STALE)}):
        _index(ids)


def _take_places_off() -> Iterator[str]:
    """Let no case have the place of a report that does not open with it; yield whose place changed."""
    for ids in _pieces(set(_ids(_TELLING))):
        shown = defaultdict(list)
        for row in _rows(_SHOWN, ids):
            shown[row["case_id"]].append(row)
        for case in _rows(_PLACES, ids):
            if any(_same(case, report) for report in shown[case["id"]]):
                continue
            nowhere = {**case, "place_words": None, "lat": None, "lon": None}
            placed = next((one for one in shown[case["id"]] if one["place_words"] or one["lat"]), nowhere)
            names = ("place_words", "lat", "lon", "ward", "area")
            op.get_bind().execute(sa.text(_PUT), {"id": case["id"]} | {name: placed[name] for name in names})
            yield case["id"]


def _same(case: Mapping[str, Any], report: Mapping[str, Any]) -> bool:
    words = case["place_words"] is not None and case["place_words"] == report["place_words"]
    return words or (case["lat"] is not None and (case["lat"], case["lon"]) == (report["lat"], report["lon"]))


def _index(ids: Collection[str]) -> None:
    """Let these cases be found by what they say now, by those who may open them: each on one page."""
    said: dict[str, dict[str, list[str]]] = {}
    for name, asked in (("own", _OF_CASES), ("parts", _REPORTS_OF_CASES)):
        said[name] = defaultdict(list)
        for id_, text in op.get_bind().execute(_of(asked), {"ids": list(ids)}):
            said[name][id_].append(text or "")
    op.get_bind().execute(_of(_FIRST_ALONE), {"ids": list(ids)})
    for case in _rows(_PLACES, ids):
        text = BETWEEN.join(filter(None, [document(said["own"][case["id"]]), *said["parts"][case["id"]]]))
        values = {"id": case["id"], "restriction": case["restriction"], "text": text}
        op.get_bind().execute(sa.text(_KEEP), values)


def _ids(asked: str) -> list[str]:
    return list(op.get_bind().execute(sa.text(asked)).scalars())


def _rows(asked: str, ids: Collection[str]) -> list[Mapping[str, Any]]:
    return [dict(row) for row in op.get_bind().execute(_of(asked), {"ids": list(ids)}).mappings()]


def _of(asked: str) -> sa.TextClause:
    return sa.text(asked).bindparams(sa.bindparam("ids", expanding=True))


def _pieces(ids: Collection[str]) -> Iterator[list[str]]:
    rows = sorted(ids)
    for first in range(0, len(rows), AT_ONCE):
        yield rows[first : first + AT_ONCE]
