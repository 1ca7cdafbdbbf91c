"""The rows. Importing this package registers every table."""

from __future__ import annotations

from store.tables import (
    alert,
    case,
    delivery,
    draft,
    event,
    evidence,
    inbox,
    message,
    reference,
    report,
    resident,
    staff,
)

__all__ = [
    "alert",
    "case",
    "delivery",
    "draft",
    "event",
    "evidence",
    "inbox",
    "message",
    "reference",
    "report",
    "resident",
    "staff",
]
