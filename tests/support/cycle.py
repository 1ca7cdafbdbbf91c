"""The plan's year for tests: two tasks, and rounds of them that have come."""

from __future__ import annotations

from sqlalchemy.orm import Session

from store.domain.cycle import CycleTask
from store.domain.staff import By
from store.engine import now
from store.tables.cycle import CycleRoundRow

REVIEW = CycleTask("data_review", "Data review", "Look at the figures.", "01-01", "01-31", 56)
ACTION = CycleTask("action_plan", "Action plan", "Agree who does what.", "04-01", "03-31")


def come_round(session: Session, code: str, year: int, by: By | None = None) -> None:
    """Let a round be known; done by somebody, where one is named."""
    at = now(session)
    done = {"done_at": at, "done_by": by.staff.id} if by else {}
    session.add(CycleRoundRow(code=code, year=year, opened_at=at, **done))
