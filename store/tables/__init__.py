"""The rows. Importing this package registers every table."""

from __future__ import annotations

from store.tables import (
    agenda,
    alert,
    attendance,
    case,
    case_file,
    delivery,
    desk,
    draft,
    event,
    evidence,
    inbox,
    meeting,
    message,
    reference,
    reminder,
    report,
    resident,
    search,
    staff,
    subscriber,
)

__all__ = [
    "agenda",
    "alert",
    "attendance",
    "case",
    "case_file",
    "delivery",
    "desk",
    "draft",
    "event",
    "evidence",
    "inbox",
    "meeting",
    "message",
    "reference",
    "reminder",
    "report",
    "resident",
    "search",
    "staff",
    "subscriber",
]
