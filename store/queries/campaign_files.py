"""The picture or document of a campaign or a recurring one: for staff, and for whoever sends it."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from store.domain.campaign_file import CampaignFile
from store.domain.errors import NotFound
from store.domain.meeting_document import Content
from store.domain.staff import Staff
from store.queries.visible import check_worker
from store.tables.campaign import CampaignRow
from store.tables.campaign_file import CampaignFileRow
from store.tables.campaign_pattern import CampaignPatternRow

_OF_CAMPAIGN = select(CampaignFileRow).join(CampaignRow, CampaignRow.file_key == CampaignFileRow.key)
_OF_PATTERN = select(CampaignFileRow).join(
    CampaignPatternRow, CampaignPatternRow.file_key == CampaignFileRow.key
)


def of(session: Session, campaign_id: str) -> CampaignFile | None:
    """Return the file that goes with a campaign, if one does."""
    row = session.scalar(_OF_CAMPAIGN.where(CampaignRow.id == campaign_id))
    return view(row) if row is not None else None


def of_pattern(session: Session, pattern_id: str) -> CampaignFile | None:
    """Return the file that goes with each time of a recurring campaign, if one does."""
    row = session.scalar(_OF_PATTERN.where(CampaignPatternRow.id == pattern_id))
    return view(row) if row is not None else None


def of_all(session: Session, campaign_ids: Collection[str]) -> Mapping[str, CampaignFile]:
    """Return the files of these campaigns, by the id of each that has one."""
    found = session.execute(
        select(CampaignRow.id, CampaignFileRow)
        .join(CampaignFileRow, CampaignFileRow.key == CampaignRow.file_key)
        .where(CampaignRow.id.in_(campaign_ids))
    )
    return {campaign_id: view(row) for campaign_id, row in found}


def of_staff(session: Session, staff: Staff, reference: str) -> CampaignFile:
    """Return the file of a campaign for staff. Refusals: `staff.not_allowed`, `campaign_file.not_found`."""
    return _of_staff(session, staff, _OF_CAMPAIGN.where(CampaignRow.reference == reference))


def of_pattern_for_staff(session: Session, staff: Staff, reference: str) -> CampaignFile:
    """Return the file of a recurring campaign. Refusals: `staff.not_allowed`, `campaign_file.not_found`."""
    return _of_staff(session, staff, _OF_PATTERN.where(CampaignPatternRow.reference == reference))


def _of_staff(session: Session, staff: Staff, wanted: Select[CampaignFileRow]) -> CampaignFile:
    check_worker(staff)
    row = session.scalar(wanted)
    if row is None:
        raise NotFound("campaign_file.not_found")
    return view(row)


def is_used(session: Session, key: str) -> bool:
    """Tell whether a campaign or a recurring one has the file whose bytes lie there."""
    campaigns = select(CampaignRow.id).where(CampaignRow.file_key == key).exists()
    patterns = select(CampaignPatternRow.id).where(CampaignPatternRow.file_key == key).exists()
    return bool(session.scalar(select(or_(campaigns, patterns))))


def sent_as(session: Session, key: str, name: str) -> str | None:
    """Return the messenger's id of the file whose bytes lie there; None until this name was uploaded."""
    wanted = (CampaignFileRow.key == key, CampaignFileRow.sent_name == name)
    return session.scalar(select(CampaignFileRow.sent_as).where(*wanted))


def view(row: CampaignFileRow) -> CampaignFile:
    """Return a file as it is read."""
    content = Content(row.media_type, row.size, row.sha256)
    return CampaignFile(row.key, content, row.seen, row.added_at)
