"""Files people send: what we take, and how we tell what a file really is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

MAX_FILE_BYTES = 20 * 1024 * 1024
"""The Bot API gives out no larger files (getFile)."""
BYTES_PER_MB = 1024 * 1024
FETCH_TRIES = 4
CLAIM_WITHIN = timedelta(hours=1)
"""An object that was put is pointed to by then, or deleted; putting takes minutes at most."""
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
    (0, b"\x1a\x45\xdf\xa3", "video/webm"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (8, b"WAVE", "audio/wav"),
    (0, b"%PDF-", "application/pdf"),
)
SNIFFED_BYTES = 64
"""So many first bytes tell what a file is."""
HEIF_TYPES = frozenset(
    {
        "image/heic",
        "image/heif",
        "image/heic-sequence",
        "image/heif-sequence",
        "image/avif",
        "image/avif-sequence",
    }
)
"""Pictures that we cannot open (ISO/IEC 23008-12), so not strip of place and camera: the messenger can."""
# The kinds of an ISO base media file (ISO/IEC 14496-12) by how their brands begin.
_BRANDS: Mapping[str, tuple[bytes, ...]] = MappingProxyType(
    {
        "image/avif": (b"avif", b"avis"),
        "image/heic": (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"),
        "image/heif": (b"mif1", b"mif2", b"msf1", b"miaf"),
        "audio/mp4": (b"M4A ", b"M4B ", b"F4A "),
        "video/quicktime": (b"qt  ",),
        "video/3gpp": (b"3gp", b"3g2"),
        "video/mp4": (b"isom", b"iso", b"mp4", b"avc1", b"M4V", b"MSNV", b"dash", b"f4v ", b"mmp4"),
    }
)
_FTYP = slice(4, 8)
_FIRST_BRAND, _OTHER_BRANDS, _BRAND_BYTES = 8, 16, 4
TAKEN_TYPES = frozenset({*(kind for _, _, kind in _SIGNATURES), *_BRANDS}) - HEIF_TYPES
TAKEN_PREFIXES = ("image/", "video/", "audio/")
PICTURE_TYPES = frozenset({"image/jpeg", "image/png", "image/gif", "image/webp"})
"""What we can open and make anew. Everything else is kept as it came and cannot be stripped."""

_SUFFIXES: Mapping[str, str] = MappingProxyType(
    {
        "image/jpeg": "jpg",
        "image/png": "png",
        "image/gif": "gif",
        "image/webp": "webp",
        "audio/mp4": "m4a",
        "audio/ogg": "ogg",
        "audio/mpeg": "mp3",
        "audio/wav": "wav",
        "video/3gpp": "3gp",
        "video/mp4": "mp4",
        "video/quicktime": "mov",
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
    """Return the media type that the first `SNIFFED_BYTES` show, of those we know; else None."""
    if start[_FTYP] == b"ftyp":
        return _branded(start)
    for offset, signature, media_type in _SIGNATURES:
        if start[offset : offset + len(signature)] == signature:
            return media_type
    return None


def _branded(start: bytes) -> str | None:
    """Return the media type of an ISO base media file: a picture if any brand says so, else by the first."""
    end = min(int.from_bytes(start[: _FTYP.start]), len(start))
    others = [start[at : at + _BRAND_BYTES] for at in range(_OTHER_BRANDS, end, _BRAND_BYTES)]
    brands = [start[_FIRST_BRAND : _FIRST_BRAND + _BRAND_BYTES], *others]
    kinds = [kind for brand in brands for kind, known in _BRANDS.items() if brand.startswith(known)]
    kinds.sort(key=lambda kind: kind not in HEIF_TYPES)
    return kinds[0] if kinds else None


def may_be_taken(media_type: str | None) -> bool:
    """Tell whether a file that says it is of this type is worth fetching at all."""
    if media_type is None:
        return True
    if len(media_type) > MEDIA_TYPE_MAX_CHARACTERS:
        return False
    return media_type == "application/pdf" or media_type.startswith(TAKEN_PREFIXES)
