"""The papers of a meeting: one agenda and one set of minutes, and what may be one."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from io import BytesIO
from pathlib import PurePath
from types import MappingProxyType

from store.domain.errors import Refusal
from store.domain.evidence_file import BYTES_PER_MB
from store.domain.meeting import Meeting, MeetingState

MAX_DOCUMENT_BYTES = 10 * BYTES_PER_MB
PUT_WITHIN = timedelta(minutes=5)
"""Putting a file into the store takes no longer, or is given up."""

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ODT = "application/vnd.oasis.opendocument.text"
TEXT = "text/plain"
_SUFFIXES: Mapping[str, str] = MappingProxyType({"pdf": PDF, "docx": DOCX, "odt": ODT, "txt": TEXT})
_SUFFIX_OF = {media_type: suffix for suffix, media_type in _SUFFIXES.items()}
TYPE_LABELS: Mapping[str, str] = MappingProxyType({PDF: "PDF", DOCX: "DOCX", ODT: "ODT", TEXT: "text"})
ENDINGS = tuple(f".{suffix}" for suffix in _SUFFIXES)

_BOM = b"\xef\xbb\xbf"
_LAYOUT = frozenset("\t\n\r\f")
_WORD = frozenset({"[Content_Types].xml", "word/document.xml"})
_MACROS = "vbaproject.bin"
_FIRST_NAME = 30
"""Where a ZIP file holds the name of its first file; without extra fields what that holds follows."""
_ODT_NAMES_ITSELF = f"mimetype{ODT}".encode()
_ASCII = 127


class DocumentKind(StrEnum):
    """What is to be talked about, or what was said and agreed."""

    AGENDA = "agenda"
    MINUTES = "minutes"


KIND_LABELS: Mapping[DocumentKind, str] = MappingProxyType(
    {DocumentKind.AGENDA: "Agenda", DocumentKind.MINUTES: "Minutes"}
)


@dataclass(frozen=True, slots=True)
class Content:
    """What an uploaded file holds: its type as its bytes show it, size in bytes, and hash."""

    media_type: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class MeetingDocument:
    """A file that belongs to a meeting; `key` is where its bytes lie in the store of files."""

    kind: DocumentKind
    key: str
    content: Content
    added_at: datetime

    @property
    def type_label(self) -> str:
        """What kind of file it is, for people."""
        return TYPE_LABELS[self.content.media_type]


def key_of(document_id: str) -> str:
    """Return where the bytes of a file lie: never twice the same place, so that nothing is overwritten."""
    return f"documents/{document_id[:2]}/{document_id}"


def file_name(kind: DocumentKind, reference: str, media_type: str) -> str:
    """Return the name under which a file is given out: never the one it came with."""
    return f"{kind.value}-{reference}.{_SUFFIX_OF[media_type]}"


def judged(name: str, content: bytes) -> str:
    """Return the media type of an uploaded file, where its name and its bytes say the same.

    Refusals: `meeting_document.needs_file`, `meeting_document.too_large` (`limit`, in MB),
    `meeting_document.wrong_kind`.
    """
    if not content:
        raise Refusal("meeting_document.needs_file")
    if len(content) > MAX_DOCUMENT_BYTES:
        raise Refusal("meeting_document.too_large", limit=MAX_DOCUMENT_BYTES // BYTES_PER_MB)
    said = _SUFFIXES.get(PurePath(name).suffix.removeprefix(".").lower())
    if said is None or said != _found(content):
        raise Refusal("meeting_document.wrong_kind")
    return said


def _found(content: bytes) -> str | None:
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"PK\x03\x04"):
        return _packed(content)
    return TEXT if _is_text(content) else None


def _packed(content: bytes) -> str | None:
    """Return which paper a ZIP file holds; None for any other, and for one with macros."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            files = packed.infolist()
    except (zipfile.BadZipFile, ValueError):
        return None
    names = {file.filename for file in files}
    if any(name.lower().endswith(_MACROS) for name in names):
        return None
    if names >= _WORD:
        return DOCX
    # A paper of this kind names itself first, and unpacked (ODF 1.3, part 2, 3.3).
    itself = content[_FIRST_NAME:].startswith(_ODT_NAMES_ITSELF)
    return ODT if itself and [file.file_size for file in files[:1]] == [len(ODT)] else None


def _is_text(content: bytes) -> bool:
    try:
        words = content.removeprefix(_BOM).decode()
    except UnicodeDecodeError:
        return False
    return all(sign.isprintable() or sign in _LAYOUT or ord(sign) > _ASCII for sign in words)


def check_time(kind: DocumentKind, state: MeetingState, *, begun: bool) -> None:
    """Refuse a paper that comes at the wrong time.

    Refusals: `meeting.cancelled`, `meeting_document.agenda_too_late`, `meeting_document.minutes_too_early`.
    """
    if state is MeetingState.CANCELLED:
        raise Refusal("meeting.cancelled")
    if kind is DocumentKind.AGENDA and begun:
        raise Refusal("meeting_document.agenda_too_late")
    if kind is DocumentKind.MINUTES and not begun:
        raise Refusal("meeting_document.minutes_too_early")


def shown(meeting: Meeting, kind: DocumentKind, now: datetime) -> bool:
    """Tell whether everybody may read a paper of this kind now; none of a cancelled meeting."""
    if meeting.state is not MeetingState.PUBLISHED:
        return False
    return kind is DocumentKind.AGENDA or meeting.starts_at <= now


def words(content: Content | None) -> str:
    """Return what a file is, for the story of its meeting."""
    if content is None:
        return "none"
    size = max(1, round(content.size / 1024))
    return f"{TYPE_LABELS[content.media_type]}, {size:,} KB"
