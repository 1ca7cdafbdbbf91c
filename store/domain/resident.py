"""A person who writes to us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Resident:
    """A resident as the bot knows them. `chat_id` never leaves the chat and the sender.

    `language_asked` says that they chose their language, or were offered another one once.
    `do_not_contact` stops everything but the immediate answer to their own message.
    """

    id: str
    chat_id: int
    name: str | None
    language: str
    do_not_contact: bool = False
    blocked_at: datetime | None = None
    language_asked: bool = False
