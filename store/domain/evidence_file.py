"""Files people send: what we take, and how we tell what a file really is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

MAX_FILE_BYTES = 20 * 1024 * 1024
"""The Bot API gives out no larger files (getFile)."""
BYTES_PER_MB = 1024 * 1024
FETCH_TRIES = 4
MEDIA_TYPE_MAX_CHARACTERS = 80
MAX_PIXELS = 50_000_000
"""A picture with more is not opened: a small file can claim to be huge (a decompression bomb)."""
COPY_LONGEST_PIXELS = 2560
"""The longest side of the copies that staff look at."""
COPY_TYPE = "image/jpeg"

_SIGNATURES: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (4, b"ftypheic", "image/heic"),
    (4, b"ftypmif1", "image/heic"),
    (4, b"ftypM4A", "audio/mp4"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1a\x45\xdf\xa3", "video/webm"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (8, b"WAVE", "audio/wav"),
    (0, b"%PDF-", "application/pdf"),
)
TAKEN_TYPES = frozenset(media_type for _, _, media_type in _SIGNATURES)
TAKEN_PREFIXES = ("image/", "video/", "audio/")
PICTURE_TYPES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
"""What we can open and make anew. Everything else is kept as it came and cannot be stripped."""

_SUFFIXES: Mapping[str, str] = MappingProxyType(
    {
        "image/jpeg": "jpg",
        "image/png": "png",
        "image/gif": "gif",
        "image/webp": "webp",
        "image/heic": "heic",
        "audio/mp4": "m4a",
        "audio/ogg": "ogg",
        "audio/mpeg": "mp3",
        "audio/wav": "wav",
        "video/mp4": "mp4",
        "video/webm": "webm",
        "application/pdf": "pdf",
    }
)


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file that is to be fetched; `tries` counts this attempt too.

    `use_place`: the person wants the place that the picture holds; without this nobody looks for it.
    """

    id: str
    file_id: str
    kind: str
    name: str | None
    tries: int
    use_place: bool = False


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file that lies in the store: the original's key, hash, type and size in bytes.

    `copy_key` is that of the copy without metadata; None for what is no picture.
    """

    key: str
    sha256: str
    media_type: str
    size: int
    copy_key: str | None = None


@dataclass(frozen=True, slots=True)
class DoomedFile:
    """An object in the store to be deleted, and since when (aware UTC)."""

    key: str
    since: datetime


def original_key(evidence_id: str) -> str:
    """Return where an original lies: always the same place, so that a repeat doubles nothing."""
    return f"originals/{evidence_id[:2]}/{evidence_id}"


def copy_key(evidence_id: str) -> str:
    """Return where the copy of a picture lies."""
    return f"copies/{evidence_id[:2]}/{evidence_id}.jpg"


def download_name(evidence_id: str, media_type: str | None) -> str:
    """Return the name under which a file is given out: never the sender's own."""
    return f"evidence-{evidence_id[:8]}.{_SUFFIXES.get(media_type or '', 'bin')}"


def sniff(start: bytes) -> str | None:
    """Return the media type that the first bytes show, of those we take; else None."""
    for offset, signature, media_type in _SIGNATURES:
        if start[offset : offset + len(signature)] == signature:
            return media_type
    return None


def may_be_taken(media_type: str | None) -> bool:
    """Tell whether a file that says it is of this type is worth fetching at all."""
    if media_type is None:
        return True
    if len(media_type) > MEDIA_TYPE_MAX_CHARACTERS:
        return False
    return media_type == "application/pdf" or media_type.startswith(TAKEN_PREFIXES)
