"""What staff and reporters say to each other about a report, and notes that staff keep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from store.domain.errors import Refusal

MESSAGE_MAX_CHARACTERS = 3_500  # the messenger takes 4,096 in one message; ours adds words around it


class MessageKind(StrEnum):
    """What a message is. A note is for staff only, and so are closing words that were taken back unsent."""

    QUESTION = "question"
    ANSWER = "answer"
    REPLY = "reply"
    ADDITION = "addition"
    NOTE = "note"
    CLOSING = "closing"
    TAKEN_BACK = "taken_back"


FROM_REPORTER = frozenset({MessageKind.ANSWER, MessageKind.ADDITION})
"""What a reporter wrote: unread until the officer has opened the page."""


@dataclass(frozen=True, slots=True)
class MessageView:
    """A message as staff read it. `staff_name` is None for what the reporter wrote.

    `report_id` is None for what was said about a whole case. Times are aware UTC.
    """

    id: str
    kind: MessageKind
    report_id: str | None
    case_id: str | None
    staff_id: str | None
    staff_name: str | None
    text: str
    created_at: datetime
    answered_at: datetime | None = None
    read_at: datetime | None = None

    @property
    def unread(self) -> bool:
        """Whether the reporter wrote this and the officer has not opened it yet."""
        return self.kind in FROM_REPORTER and self.read_at is None


def checked_text(text: str) -> str:
    """Return `text` without the blanks around it.

    Refusals: `message.needs_text`, `message.too_long` (with `maximum`, in characters).
    """
    said = text.strip()
    if not said:
        raise Refusal("message.needs_text")
    if len(said) > MESSAGE_MAX_CHARACTERS:
        raise Refusal("message.too_long", maximum=MESSAGE_MAX_CHARACTERS)
    return said
