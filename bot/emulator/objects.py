"""Shapes of the Bot API: users, chats, and the small checks that belong to them."""

from __future__ import annotations

import re
import struct
from typing import Any

JsonDict = dict[str, Any]

PNG_MAGIC = b"\x89PNG\r\n\x1a\n"
PNG_HEADER_BYTES = 24
UNKNOWN_SIZE = (1280, 960)
# SOF0..SOF15 carry a JPEG's size; C4, C8 and CC in that range are other segments.
JPEG_MARK = 0xFF
JPEG_SIZE_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}

_FOUND = re.compile(
    r"(?P<bot_command>(?<![\w/<])/[A-Za-z0-9_]{1,64}(?:@\w{3,32})?(?!\w))"
    r"|(?P<url>https?://[^\s<>]+[^\s<>.,;:!?)\"'])"
    r"|(?P<email>[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?P<mention>(?<!\w)@\w{4,32})"
    r"|(?P<hashtag>(?<!\w)#\w*[^\W\d]\w*)",
)


def user_object(user_id: int, first_name: str, username: str | None, language_code: str) -> JsonDict:
    """A `User` who is a person."""
    user: JsonDict = {
        "id": user_id,
        "is_bot": False,
        "first_name": first_name,
        "language_code": language_code,
    }
    return user | {"username": username} if username else user


def private_chat_object(user: JsonDict) -> JsonDict:
    """The `Chat` of a person with the bot."""
    chat = {"id": user["id"], "first_name": user["first_name"], "type": "private"}
    return chat | {"username": user["username"]} if "username" in user else chat


def group_chat_object(chat_id: int, title: str) -> JsonDict:
    """A group's `Chat`; ids below -10^12 are supergroups, as on the real server."""
    kind = "supergroup" if chat_id < -(10**12) else "group"
    chat: JsonDict = {"id": chat_id, "title": title, "type": kind}
    return chat if kind == "supergroup" else chat | {"all_members_are_administrators": False}


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units: the unit of entity offsets."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def detect_entities(text: str) -> list[JsonDict]:
    """Commands, links, addresses and tags which the server marks by itself."""
    if not any(sign in text for sign in "/@#"):
        return []
    return [
        {
            "type": found.lastgroup,
            "offset": utf16_length(text[: found.start()]),
            "length": utf16_length(found.group()),
        }
        for found in _FOUND.finditer(text)
    ]


def picture_size(data: bytes) -> tuple[int, int]:
    """Width and height in pixels of a PNG or JPEG; a usual photo's for anything else."""
    if data.startswith(PNG_MAGIC) and len(data) >= PNG_HEADER_BYTES:
        width, height = struct.unpack(">II", data[16:24])
        return width, height
    if data.startswith(b"\xff\xd8"):
        return _jpeg_size(data)
    return UNKNOWN_SIZE


def _jpeg_size(data: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(data) and data[at] == JPEG_MARK:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        if marker in JPEG_SIZE_MARKERS:
            return int.from_bytes(data[at + 7 : at + 9]), int.from_bytes(data[at + 5 : at + 7])
        at += 2 + length
    return UNKNOWN_SIZE
