"""Put a picture or a document to a recurring campaign, for each of its times, and take it off again."""

from __future__ import annotations

from sqlalchemy.orm import Session

from store.actions import campaign_file, campaign_follow, campaign_occurrence
from store.actions.campaign_file import NewFile, is_it, keep, let_go, sha256_of
from store.actions.campaign_occurrence import check_change, for_update, record
from store.domain.campaign_file import check_captions
from store.domain.event import Action
from store.domain.reference import District
from store.domain.staff import By
from store.engine import now
from store.queries.campaign_patterns import plan_of
from store.tables.campaign_pattern import CampaignPatternRow


def reserve(session: Session, by: By, reference: str, version: int | None = None) -> str:
    """Return the key under which the bytes of a new file are to be put, and then attached.

    Refusals: `pattern.not_found`, `pattern.cannot_move`, `record.changed`.
    """
    check_change(session, for_update(session, by, reference), version)
    return campaign_file.place(session)


def attach(
    session: Session, by: By, reference: str, file: NewFile, district: District, version: int | None = None
) -> None:
    """Let this go with each of its times instead of an older one, and with its drafts that are not approved.

    An approval for all its times is gone with that. The same file again is harmless. Refusals:
    `pattern.not_found`, `pattern.cannot_move`, `record.changed`, those of `check_captions` and `keep`.
    """
    row = for_update(session, by, reference)
    if is_it(session, row.file_key, file):
        return
    check_change(session, row, version)
    check_captions(plan_of(row).facts, district)
    keep(session, by, file)
    _put(session, by, row, file.key)


def remove(session: Session, by: By, reference: str, version: int | None = None) -> None:
    """Let nothing go with it, nor with its drafts that are not approved; again is harmless.

    Refusals: `pattern.not_found`, `pattern.cannot_move`, `record.changed`.
    """
    row = for_update(session, by, reference)
    if row.file_key is None:
        return
    check_change(session, row, version)
    _put(session, by, row, None)


def _put(session: Session, by: By, row: CampaignPatternRow, key: str | None) -> None:
    was, row.file_key = row.file_key, key
    row.author_id, row.approved_by, row.approved_at = by.staff.id, None, None
    row.updated_at = now(session)
    session.flush()
    action = Action.PATTERN_FILE_REMOVED if key is None else Action.PATTERN_FILE_ATTACHED
    record(session, by.actor, row, action, sha256=sha256_of(session, key or was))
    campaign_follow.follow_file(session, by, row, was)
    let_go(session, was)
    campaign_occurrence.come(session, row)
