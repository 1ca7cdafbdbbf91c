"""Files of reports in the store's tests, fetched and kept through the real actions."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import evidence
from store.domain.evidence_file import StoredFile, copy_key, original_key
from store.tables.evidence import EvidenceRow
from store.tables.report import ReportRow
from tests.support.triage_factory import Town

PHOTO = {"kind": "photo", "file_id": "f1", "unique_id": "u1", "size": 5, "media_type": "image/jpeg"}
VIDEO = {"kind": "video", "file_id": "f2", "unique_id": "u2", "size": 9, "media_type": "video/mp4"}


async def waiting_file(town: Town, reference: str, file: dict[str, Any] = PHOTO, **more: Any) -> str:
    """Add a file to a report, leased by a worker; return its id."""
    await town.write(_add, reference, file | more)
    [leased] = await town.write(evidence.lease)
    return leased.id


async def kept_file(town: Town, reference: str, file: dict[str, Any] = PHOTO, **more: Any) -> str:
    """Add a file to a report and keep it: a photo with its copy, others as they are."""
    file_id = await waiting_file(town, reference, file, **more)
    copied = copy_key(file_id) if file["kind"] == "photo" else None
    stored = StoredFile(original_key(file_id), "5e" * 32, str(file["media_type"]), 5, copied)
    await town.write(evidence.kept, file_id, stored)
    return file_id


def evidence_row(session: Session, file_id: str) -> dict[str, Any]:
    table = EvidenceRow.__table__
    found = session.execute(select(table).where(table.c.id == file_id)).mappings()
    return dict(found.one())


def _add(session: Session, reference: str, file: dict[str, Any]) -> None:
    report = session.scalars(select(ReportRow).where(ReportRow.reference == reference)).one()
    evidence.add(session, report, [file])
