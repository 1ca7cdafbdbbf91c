"""What the messenger sent us, before anybody has looked at it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TRIES_BEFORE_PARKED = 3


@dataclass(frozen=True, slots=True)
class RawUpdate:
    """One update as it came. `chat_id` is 0 where none can be found in it.

    `message_id` is that of a person's own message, so that they can have it taken away.
    """

    bot_id: int
    update_id: int
    chat_id: int
    payload: str
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class InboxItem:
    """One waiting update. `data` is its parsed payload; `tries` counts failed turns."""

    id: int
    chat_id: int
    data: Mapping[str, Any]
    tries: int = 0


@dataclass(frozen=True, slots=True)
class ParkedUpdate:
    """An update that failed too often, as staff see it: never its content."""

    id: int
    update_id: int
    error: str
    tries: int
