"""The morning digest: on working days, once, what awaits each officer and the desk. Numbers only."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from store.domain.clock import LONDON
from store.domain.reference import Priority
from store.domain.working_days import is_working_day

DIGEST_FROM = time(8, 15)
DIGEST_UNTIL = time(12)
"""Between these it is made, so that a restart at a quarter past eight costs nobody theirs."""


@dataclass(frozen=True, slots=True)
class OfficerDigest:
    """What awaits one officer today. `chat_id` is their linked chat."""

    staff_id: str
    chat_id: int
    answers: int = 0
    due_today: int = 0
    missed: int = 0
    tasks: int = 0
    reviews: int = 0

    @property
    def is_empty(self) -> bool:
        """Tell whether there is nothing to say."""
        return not (self.answers or self.due_today or self.missed or self.tasks or self.reviews)


@dataclass(frozen=True, slots=True)
class DeskDigest:
    """What waits for triage, of what everybody at the desk may open. `oldest` came in first."""

    waiting: Mapping[Priority, int]
    missed: int
    oldest: datetime | None


def day_due(now: datetime, holidays: Collection[date]) -> date | None:
    """Return the local day whose digest is due now; None at other times and on days off."""
    local = now.astimezone(LONDON)
    due = DIGEST_FROM <= local.time() < DIGEST_UNTIL and is_working_day(local.date(), holidays)
    return local.date() if due else None
