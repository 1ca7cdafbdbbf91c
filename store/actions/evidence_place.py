"""The place that a photo holds becomes the report's, where the person asked for that."""

from __future__ import annotations

from sqlalchemy.orm import Session

from store.actions import event
from store.actions.rows import is_read, told_report
from store.domain.actor import SYSTEM
from store.domain.event import Action
from store.domain.evidence_place import PhotoPlace
from store.engine import now
from store.tables.evidence import EvidenceRow
from store.tables.report import ReportRow


def use(session: Session, row: EvidenceRow, found: PhotoPlace) -> None:
    """Give the report of this file the place that was found in it; the reporter is told.

    A report that has a point, or that nobody reads any more, stays as it is.
    """
    report = session.get_one(ReportRow, row.report_id, with_for_update=True, populate_existing=True)
    if not row.photo_place or report.lat is not None or not is_read(report):
        return
    told, place = told_report(report), found.location
    if place is None:
        event.record(session, SYSTEM, Action.EVIDENCE_WITHOUT_PLACE, ("evidence", row.id), told)
        return
    report.lat, report.lon = place.lat, place.lon
    report.ward, report.area = place.ward, place.area
    report.outside, report.neighbour = place.outside, place.neighbour
    report.updated_at = now(session)
    more = {"evidence_id": row.id, "place": found.name, "outside": place.outside}
    event.record(session, SYSTEM, Action.REPORT_PLACED, ("report", report.id), told | more)
