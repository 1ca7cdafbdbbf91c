"""Put a picture or a document to a campaign, and take it off again; keep what the messenger calls it.

The bytes are put into the store of files between two units, as those of a meeting's papers are: `reserve`
marks their place to be emptied again unless `attach` takes it in time. All times of a recurring campaign
point to the same file; it goes when nothing does any more.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from store.actions import evidence_files
from store.actions.campaign import check_change, for_update, take_back_approval
from store.domain.campaign import CampaignState, unpacked
from store.domain.campaign_file import check_captions, key_of
from store.domain.campaign_pattern import PatternState
from store.domain.errors import Refusal
from store.domain.event import Action
from store.domain.meeting_document import Content
from store.domain.reference import District
from store.domain.staff import By
from store.engine import now
from store.queries import campaign_files
from store.queries.campaign_files import view
from store.tables.base import new_id
from store.tables.campaign import CampaignRow
from store.tables.campaign_file import CampaignFileRow
from store.tables.campaign_pattern import CampaignPatternRow


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
    return place(session)


def place(session: Session) -> str:
    """Return the key of a new file, whose bytes go again unless `keep` takes them in time."""
    key = key_of(new_id())
    evidence_files.reserve(session, key)
    return key


def attach(
    session: Session, by: By, reference: str, file: NewFile, district: District, version: int | None = None
) -> None:
    """Let this be the campaign's file instead of an older one; an approval is gone with that.

    The same file again is harmless. Refusals: `campaign.not_found`, `campaign.cannot_move`,
    `record.changed`, those of `check_captions` and `keep`.
    """
    campaign = for_update(session, by, reference)
    if is_it(session, campaign.file_key, file):
        return
    check_change(session, campaign, version)
    check_captions(unpacked(campaign.facts), district)
    keep(session, by, file)
    put(session, by, campaign, file.key)


def remove(session: Session, by: By, reference: str, version: int | None = None) -> None:
    """Take the file off, and an approval with it; again is harmless.

    Refusals: `campaign.not_found`, `campaign.cannot_move`, `record.changed`.
    """
    campaign = for_update(session, by, reference)
    if campaign.file_key is None:
        return
    check_change(session, campaign, version)
    put(session, by, campaign, None)


def is_it(session: Session, key: str | None, file: NewFile) -> bool:
    """Tell whether the file that is kept under this key is the same; the new bytes go then."""
    row = session.get(CampaignFileRow, key) if key is not None else None
    same = row is not None and (view(row).content, row.seen) == (file.content, file.seen)
    if same:
        evidence_files.doom(session, {file.key})
    return same


def keep(session: Session, by: By, file: NewFile) -> None:
    """Keep what is known of a new file.

    Refusal: `campaign_file.too_slow` (its place was given up meanwhile).
    """
    if not evidence_files.claim(session, file.key):
        raise Refusal("campaign_file.too_slow")
    session.add(
        CampaignFileRow(
            key=file.key,
            media_type=file.content.media_type,
            size=file.content.size,
            sha256=file.content.sha256,
            seen=file.seen,
            added_at=now(session),
            added_by=by.staff.id,
        )
    )
    session.flush()


def put(
    session: Session,
    by: By,
    campaign: CampaignRow,
    key: str | None,
    off: Action = Action.CAMPAIGN_FILE_REMOVED,
) -> None:
    """Let what has not begun to go out have a kept file, or none (`off`); an approval is gone with that."""
    was, campaign.file_key = campaign.file_key, key
    action = off if key is None else Action.CAMPAIGN_FILE_ATTACHED
    take_back_approval(session, by, campaign, action, sha256=sha256_of(session, key or was))
    let_go(session, was)


def sha256_of(session: Session, key: str | None) -> str:
    """Return by what a kept file is known in the story of what had it."""
    return session.get_one(CampaignFileRow, key).sha256


def let_go(session: Session, key: str | None) -> bool:
    """Let a file go that somebody pointed to, unless somebody else does still; tell whether it went."""
    # Two who let go of it at once wait for each other here, so that the last one sees that it is.
    row = session.get(CampaignFileRow, key, with_for_update=True, populate_existing=True) if key else None
    if row is None or campaign_files.is_used(session, row.key):
        return False
    evidence_files.doom(session, {row.key})
    session.delete(row)
    session.flush()
    return True


def forget(session: Session, before: datetime) -> int:
    """Let go of the files of what was cancelled without going out, or ended, before then.

    Returns how many went.
    """
    unsent = (CampaignRow.state == CampaignState.CANCELLED.value) & CampaignRow.started_at.is_(None)
    cancelled = unsent & (CampaignRow.finished_at < before) & CampaignRow.file_key.is_not(None)
    over = (CampaignPatternRow.state == PatternState.ENDED.value) & (CampaignPatternRow.updated_at < before)
    ended = over & CampaignPatternRow.file_key.is_not(None)
    rows: list[CampaignRow | CampaignPatternRow] = [
        *session.scalars(select(CampaignRow).where(cancelled).with_for_update()),
        *session.scalars(select(CampaignPatternRow).where(ended).with_for_update()),
    ]
    keys = {row.file_key for row in rows if row.file_key is not None}
    for row in rows:
        row.file_key = None
    session.flush()
    return sum(let_go(session, key) for key in sorted(keys))


def keep_sent_as(session: Session, key: str, name: str, file_id: str) -> None:
    """Keep what the messenger calls the file whose bytes lie there, for all who get it by this name.

    `name` is empty for a picture, which shows none.
    """
    known = {"sent_as": file_id, "sent_name": name}
    session.execute(update(CampaignFileRow).where(CampaignFileRow.key == key).values(**known))


def forget_sent_as(session: Session, key: str, file_id: str) -> None:
    """Forget what the messenger does not know any more, unless there is something newer."""
    known = (CampaignFileRow.key == key, CampaignFileRow.sent_as == file_id)
    session.execute(update(CampaignFileRow).where(*known).values(sent_as=None))
