"""The rows. Importing this package registers every table."""

from __future__ import annotations

from store.tables import (
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
