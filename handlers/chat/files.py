"""Files in a message: what they are, and whether we can take them."""

from __future__ import annotations

from typing import Any

from telegram import Message

from store.domain.errors import Refusal
from store.domain.evidence_file import BYTES_PER_MB, HEIF_TYPES, MAX_FILE_BYTES, may_be_taken
from store.domain.questions import clean

NAME_MAX_CHARACTERS = 200
_KINDS = ("video", "voice", "audio", "video_note", "animation", "document")


def file_in(message: Message) -> dict[str, Any] | None:
    """Return the file of a message as plain values, or None where it has none.

    Refuses `files.too_big`, `files.send_as_photo` and `files.wrong_kind`.
    """
    found = _found(message)
    if found is None:
        return None
    kind, file = found
    if (file.file_size or 0) > MAX_FILE_BYTES:
        raise Refusal("files.too_big", limit=MAX_FILE_BYTES // BYTES_PER_MB)
    media_type = getattr(file, "mime_type", None)
    if media_type in HEIF_TYPES:
        raise Refusal("files.send_as_photo")
    if not may_be_taken(media_type):
        raise Refusal("files.wrong_kind")
    return {
        "kind": kind,
        "file_id": file.file_id,
        "unique_id": file.file_unique_id,
        "name": _name(file),
        "size": file.file_size,
        "media_type": media_type,
    }


def has_file(message: Message) -> bool:
    """Tell whether a message has a file, of a kind that we take or not."""
    return _found(message) is not None


def _name(file: object) -> str | None:
    """Return the file's name without tricks, short enough to be kept."""
    name = getattr(file, "file_name", None)
    return clean(name)[:NAME_MAX_CHARACTERS] if isinstance(name, str) else None


def _found(message: Message) -> tuple[str, Any] | None:
    if message.photo:
        return "photo", message.photo[-1]
    for kind in _KINDS:
        file = getattr(message, kind)
        if file is not None:
            return kind, file
    return None
