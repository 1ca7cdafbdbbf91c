"""Files that people and the bot send, kept in memory up to a bound."""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.emulator.errors import bad_request
from bot.emulator.objects import JsonDict, picture_size

DOWNLOAD_LIMIT_BYTES = 20 * 1024 * 1024
KEPT_BYTES = 256 * 1024 * 1024
THUMBNAIL_PIXELS = 90
_SUFFIXES = {
    "photo": ".jpg",
    "video": ".mp4",
    "voice": ".oga",
    "audio": ".mp3",
    "sticker": ".webp",
    "animation": ".mp4",
}
_MIMES = {"video": "video/mp4", "voice": "audio/ogg", "audio": "audio/mpeg", "animation": "video/mp4"}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file: its ids, its path under /file/, and what is in it. `size` may be pretended."""

    file_id: str
    unique_id: str
    path: str
    data: bytes
    size: int
    name: str | None
    mime: str | None

    def reference(self) -> JsonDict:
        """The three fields every file object has."""
        return {"file_id": self.file_id, "file_unique_id": self.unique_id, "file_size": self.size}


class FileStore:
    """Files by id; the oldest are forgotten when they take too much memory."""

    def __init__(self, kept_bytes: int = KEPT_BYTES) -> None:
        self._files: OrderedDict[str, StoredFile] = OrderedDict()
        self._paths: dict[str, str] = {}
        self._kept_bytes = kept_bytes
        self._bytes = 0
        self._count = 0

    def add(
        self,
        kind: str,
        data: bytes,
        name: str | None = None,
        mime: str | None = None,
        size: int | None = None,
    ) -> StoredFile:
        """Keep a file. `size` lets a test pretend that it is bigger than its data."""
        self._count += 1
        suffix = _SUFFIXES.get(kind) or PurePosixPath(name or "").suffix
        path = f"{kind}s/file_{self._count}{suffix}"
        unique = f"{kind[:2].upper()}{self._count:08d}"
        file_id = f"{unique}{secrets.token_urlsafe(24)}"
        stored = StoredFile(
            file_id, unique, path, data, len(data) if size is None else size, name, mime or _MIMES.get(kind)
        )
        self._files[file_id] = stored
        self._paths[path] = file_id
        self._bytes += len(data)
        while self._bytes > self._kept_bytes and len(self._files) > 1:
            _, old = self._files.popitem(last=False)
            self._paths.pop(old.path, None)
            self._bytes -= len(old.data)
        return stored

    def get(self, file_id: str) -> StoredFile:
        """The file with this id. Raises 400 as the real server does."""
        stored = self._files.get(file_id)
        if stored is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        return stored

    def at(self, path: str) -> StoredFile | None:
        """The file that /file/bot<token>/<path> answers with."""
        file_id = self._paths.get(path)
        stored = self._files.get(file_id) if file_id else None
        return stored if stored and stored.size <= DOWNLOAD_LIMIT_BYTES else None


def media_content(kind: str, stored: StoredFile) -> JsonDict:
    """The part of a message that holds a file, e.g. `{"photo": [...]}`."""
    reference = stored.reference()
    if kind == "photo":
        width, height = picture_size(stored.data)
        scale = min(1.0, THUMBNAIL_PIXELS / max(width, height, 1))
        small = {"width": max(1, int(width * scale)), "height": max(1, int(height * scale))}
        return {"photo": [reference | small, reference | {"width": width, "height": height}]}
    detail: JsonDict = reference | ({"mime_type": stored.mime} if stored.mime else {})
    if kind in {"document", "audio", "animation", "video"} and stored.name:
        detail["file_name"] = stored.name
    if kind in {"video", "voice", "audio", "animation"}:
        detail["duration"] = 1
    if kind in {"video", "animation"}:
        detail |= {"width": 640, "height": 360}
    if kind == "sticker":
        detail |= {
            "width": 512,
            "height": 512,
            "is_animated": False,
            "is_video": False,
            "type": "regular",
            "emoji": "👍",
        }
    return {kind: detail}
