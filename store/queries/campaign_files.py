"""The picture or document of a campaign: for staff, and for whoever sends it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.domain.campaign_file import CampaignFile
from store.domain.errors import NotFound
from store.domain.meeting_document import Content
from store.domain.staff import Staff
from store.queries.visible import check_worker
from store.tables.campaign import CampaignRow
from store.tables.campaign_file import CampaignFileRow


def of(session: Session, campaign_id: str) -> CampaignFile | None:
    """Return the file that goes with a campaign, if one does."""
    row = session.get(CampaignFileRow, campaign_id)
    return view(row) if row is not None else None


def of_all(session: Session, campaign_ids: Collection[str]) -> Mapping[str, CampaignFile]:
    """Return the files of these campaigns, by the id of each that has one."""
    rows = session.scalars(select(CampaignFileRow).where(CampaignFileRow.campaign_id.in_(campaign_ids)))
    return {row.campaign_id: view(row) for row in rows}


def of_staff(session: Session, staff: Staff, reference: str) -> CampaignFile:
    """Return a file for staff. Refusals: `staff.not_allowed`, `campaign_file.not_found`."""
    check_worker(staff)
    row = session.scalar(
        select(CampaignFileRow)
        .join(CampaignRow, CampaignRow.id == CampaignFileRow.campaign_id)
        .where(CampaignRow.reference == reference)
    )
    if row is None:
        raise NotFound("campaign_file.not_found", reference=reference)
    return view(row)


def sent_as(session: Session, key: str) -> str | None:
    """Return the messenger's id of the file whose bytes lie there; None until it was uploaded."""
    return session.scalar(select(CampaignFileRow.sent_as).where(CampaignFileRow.key == key))


def view(row: CampaignFileRow) -> CampaignFile:
    """Return a file as it is read."""
    content = Content(row.media_type, row.size, row.sha256)
    return CampaignFile(row.key, content, row.seen, row.added_at)
