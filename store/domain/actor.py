"""Who did something, and by which way in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ActorKind(StrEnum):
    """What sort of somebody."""

    RESIDENT = "resident"
    STAFF = "staff"
    SYSTEM = "system"


class Channel(StrEnum):
    """The way in."""

    CHAT = "chat"
    WEB = "web"
    CLI = "cli"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """An opaque somebody: `id` is a record's id, never a chat id."""

    kind: ActorKind
    id: str
    channel: Channel


SYSTEM = Actor(ActorKind.SYSTEM, "system", Channel.SYSTEM)
