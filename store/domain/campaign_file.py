"""The picture or the document that goes with a campaign: one, and what may be one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from store.domain.campaign import CampaignFacts, filled
from store.domain.delivery import units
from store.domain.errors import Refusal
from store.domain.evidence_file import BYTES_PER_MB, COPY_TYPE, SNIFFED_BYTES, sniff
from store.domain.meeting_document import PDF, Content
from store.domain.questions import clean
from store.domain.reference import District

MAX_FILE_BYTES = 10 * BYTES_PER_MB
"""The Bot API takes no larger pictures (sendPhoto); a document of that size is long enough."""
CAPTION_MAX_UNITS = 1024
"""Longest text under a picture or document (Bot API: sendPhoto), in UTF-16 units."""
MOST_LENGTHS = 20
"""The messenger takes no picture that is this much longer than it is wide (sendPhoto)."""
SEEN_MAX_CHARACTERS = 300
_PICTURES = frozenset({"image/jpeg", "image/png"})


class FileKind(StrEnum):
    """How a file is shown."""

    PICTURE = "picture"
    DOCUMENT = "document"


KIND_LABELS: Mapping[FileKind, str] = MappingProxyType(
    {FileKind.PICTURE: "Picture", FileKind.DOCUMENT: "Document (PDF)"}
)


@dataclass(frozen=True, slots=True)
class CampaignFile:
    """A file that goes with a campaign; `key` is where its bytes lie in the store of files.

    `seen` says what a picture shows, for who cannot see it.
    """

    key: str
    content: Content
    seen: str
    added_at: datetime

    @property
    def kind(self) -> FileKind:
        """How it is shown."""
        return FileKind.PICTURE if self.content.media_type == COPY_TYPE else FileKind.DOCUMENT


def key_of(file_id: str) -> str:
    """Return where the bytes of a file lie: never twice the same place, so that nothing is overwritten."""
    return f"campaigns/{file_id[:2]}/{file_id}"


def file_name(reference: str, kind: FileKind) -> str:
    """Return the name under which a file is given out: never the one it came with."""
    return f"{reference}.{'jpg' if kind is FileKind.PICTURE else 'pdf'}"


def judged(content: bytes) -> FileKind:
    """Return what an uploaded file is, by what it holds.

    Refusals: `campaign_file.needs_file`, `campaign_file.too_large` (`limit`, in MB),
    `campaign_file.wrong_kind`.
    """
    if not content:
        raise Refusal("campaign_file.needs_file")
    if len(content) > MAX_FILE_BYTES:
        raise Refusal("campaign_file.too_large", limit=MAX_FILE_BYTES // BYTES_PER_MB)
    found = sniff(content[:SNIFFED_BYTES])
    if found in _PICTURES:
        return FileKind.PICTURE
    if found == PDF:
        return FileKind.DOCUMENT
    raise Refusal("campaign_file.wrong_kind")


def check_shape(width: int, height: int) -> None:
    """Refuse (`campaign_file.too_narrow`) a picture that the messenger does not take."""
    if max(width, height) > MOST_LENGTHS * min(width, height):
        raise Refusal("campaign_file.too_narrow")


def checked_seen(kind: FileKind, seen: str) -> str:
    """Return the words for who cannot see a picture; a document reads itself out.

    Refusals: `campaign_file.needs_seen`, `campaign.too_long`.
    """
    said = clean(seen)
    if kind is FileKind.DOCUMENT:
        return ""
    if not said:
        raise Refusal("campaign_file.needs_seen")
    if len(said) > SEEN_MAX_CHARACTERS:
        raise Refusal("campaign.too_long", maximum=SEEN_MAX_CHARACTERS)
    return said


def check_captions(facts: CampaignFacts, district: District) -> None:
    """Refuse (`campaign_file.caption_too_long`: `language`, `long`, `maximum`) words too long to go with it.

    They are counted with their placeholders filled, in each language.
    """
    for language, text in facts.texts.items():
        long = units(filled(text, district))
        if long > CAPTION_MAX_UNITS:
            raise Refusal(
                "campaign_file.caption_too_long", language=language, long=long, maximum=CAPTION_MAX_UNITS
            )
