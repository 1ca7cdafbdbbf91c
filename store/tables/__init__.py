"""The rows. Importing this package registers every table."""

from __future__ import annotations

from store.tables import (
    alert,
    case,
    case_file,
    delivery,
    desk,
    draft,
    event,
    evidence,
    inbox,
    message,
    reference,
    report,
    resident,
    search,
    staff,
)

__all__ = [
    "alert",
    "case",
    "case_file",
    "delivery",
    "desk",
    "draft",
    "event",
    "evidence",
    "inbox",
    "message",
    "reference",
    "report",
    "resident",
    "search",
    "staff",
]
