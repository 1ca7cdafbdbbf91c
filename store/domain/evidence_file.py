"""Files people send: what we take, and how we tell what a file really is."""

from __future__ import annotations

from dataclasses import dataclass

MAX_FILE_BYTES = 20 * 1024 * 1024
"""The Bot API gives out no larger files (getFile)."""
FETCH_TRIES = 4
MEDIA_TYPE_MAX_CHARACTERS = 80

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


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """A file that is to be fetched; `tries` counts this attempt too."""

    id: str
    file_id: str
    kind: str
    name: str | None
    tries: int


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
