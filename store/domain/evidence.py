"""Files that belong to a report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class EvidenceState(StrEnum):
    """What became of a file: still to be fetched, kept, refused, or never got."""

    WAITING = "waiting"
    KEPT = "kept"
    REFUSED = "refused"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A file as staff see it in a list; opening it is another deed.

    `size` is in bytes. `name` is None for an anonymous report: a file's name can tell who it was.
    """

    id: str
    report_id: str
    kind: str
    name: str | None
    size: int | None
    media_type: str | None
    state: EvidenceState
    reason: str | None
    sha256: str | None
    created_at: datetime
