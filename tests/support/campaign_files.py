"""Pictures and documents of campaigns for tests."""

from __future__ import annotations

import hashlib
from typing import Any

import obstore

from store.actions import campaign_file, campaign_pattern_file
from store.actions.campaign_file import NewFile
from store.domain.meeting_document import PDF, Content
from store.domain.staff import By
from store.engine import Session
from tests.support.house import House
from tests.support.papers import PAPER
from tests.support.pictures import jpeg
from tests.support.triage_factory import PROFILE, Town

SHOWS = "A shed with a lock"


def stored(key: str, body: bytes, seen: str = SHOWS) -> NewFile:
    media_type = PDF if body == PAPER else "image/jpeg"
    sha256 = hashlib.sha256(body).hexdigest()
    return NewFile(key, Content(media_type, len(body), sha256), "" if body == PAPER else seen)


def attached(session: Session, by: By, reference: str, body: bytes, seen: str = SHOWS) -> str:
    """Put a file to a campaign in one go; return its key."""
    key = campaign_file.reserve(session, by, reference)
    campaign_file.attach(session, by, reference, stored(key, body, seen), PROFILE.district)
    return key


def attached_to_pattern(session: Session, by: By, reference: str, body: bytes, seen: str = SHOWS) -> str:
    """Put a file to a recurring campaign in one go; return its key."""
    key = campaign_pattern_file.reserve(session, by, reference)
    campaign_pattern_file.attach(session, by, reference, stored(key, body, seen), PROFILE.district)
    return key


async def lying(town: Town | House, media: Any, by: By, reference: str, body: bytes | None = None) -> str:
    """Put a file to a campaign whose bytes lie in the store too; return its key."""
    body = jpeg() if body is None else body
    key = await town.write(attached, by, reference, body)
    await obstore.put_async(media, key, body)
    return key
