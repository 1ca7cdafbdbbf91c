"""Put a picture or a document to a campaign, and take it off again; keep what the messenger calls it.

The bytes are put into the store of files between two units, as those of a meeting's papers are: `reserve`
marks their place to be emptied again unless `attach` takes it in time.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.orm import Session

from store.actions import evidence_files
from store.actions.campaign import check_change, for_update, take_back_approval
from store.actions.rows import touch
from store.domain.campaign import unpacked
from store.domain.campaign_file import check_captions, key_of
from store.domain.errors import Refusal
from store.domain.event import Action
from store.domain.meeting_document import Content
from store.domain.reference import District
from store.domain.staff import By
from store.engine import now
from store.queries.campaign_files import view
from store.tables.base import new_id
from store.tables.campaign import CampaignRow
from store.tables.campaign_file import CampaignFileRow


@dataclass(frozen=True, slots=True)
class NewFile:
    """A file whose bytes were put under this key; `seen` says what a picture shows."""

    key: str
    content: Content
    seen: str


def reserve(session: Session, by: By, reference: str, version: int | None = None) -> str:
    """Return the key under which the bytes of a new file are to be put, and then attached.

    Refusals: `campaign.not_found`, `campaign.cannot_move`, `record.changed`.
    """
    check_change(session, for_update(session, by, reference), version)
    key = key_of(new_id())
    evidence_files.reserve(session, key)
    return key


def attach(
    session: Session, by: By, reference: str, file: NewFile, district: District, version: int | None = None
) -> None:
    """Let this be the campaign's file; an older one goes, and an approval with it.

    The same file again is harmless. Refusals: `campaign.not_found`, `campaign.cannot_move`,
    `record.changed`, `campaign_file.too_slow` (its place was given up meanwhile), those of
    `check_captions`.
    """
    campaign = for_update(session, by, reference)
    row = session.get(CampaignFileRow, campaign.id, populate_existing=True)
    if row is not None and (view(row).content, row.seen) == (file.content, file.seen):
        evidence_files.doom(session, {file.key})
        return
    check_change(session, campaign, version)
    check_captions(unpacked(campaign.facts), district)
    if not evidence_files.claim(session, file.key):
        raise Refusal("campaign_file.too_slow")
    if row is not None:
        evidence_files.doom(session, {row.key})
    row = row or CampaignFileRow(campaign_id=campaign.id)
    row.key, row.seen, row.sent_as = file.key, file.seen, None
    row.media_type, row.size, row.sha256 = file.content.media_type, file.content.size, file.content.sha256
    row.added_at, row.added_by = now(session), by.staff.id
    session.add(row)
    _record(session, by, campaign, Action.CAMPAIGN_FILE_ATTACHED, file.content.sha256)


def remove(session: Session, by: By, reference: str, version: int | None = None) -> None:
    """Take the file off, and an approval with it; again is harmless.

    Refusals: `campaign.not_found`, `campaign.cannot_move`, `record.changed`.
    """
    campaign = for_update(session, by, reference)
    row = session.get(CampaignFileRow, campaign.id, populate_existing=True)
    if row is None:
        return
    check_change(session, campaign, version)
    evidence_files.doom(session, {row.key})
    session.delete(row)
    _record(session, by, campaign, Action.CAMPAIGN_FILE_REMOVED, row.sha256)


def keep_sent_as(session: Session, key: str, file_id: str) -> None:
    """Keep what the messenger calls the file whose bytes lie there: all others get it by that."""
    session.execute(update(CampaignFileRow).where(CampaignFileRow.key == key).values(sent_as=file_id))


def forget_sent_as(session: Session, key: str, file_id: str) -> None:
    """Forget a name that the messenger does not know any more, unless there is a newer one."""
    known = (CampaignFileRow.key == key, CampaignFileRow.sent_as == file_id)
    session.execute(update(CampaignFileRow).where(*known).values(sent_as=None))


def _record(session: Session, by: By, campaign: CampaignRow, action: Action, sha256: str) -> None:
    touch(session, campaign)
    take_back_approval(session, by, campaign, action, sha256=sha256)
