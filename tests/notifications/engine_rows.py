"""What lies in the tables while the sending engine lives: messages and campaigns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from store.domain.campaign import CampaignFacts, CampaignState, unpacked
from store.domain.delivery import BUNDLE, DeliveryState, Lane
from store.engine import Session
from store.tables.campaign import CampaignRow
from store.tables.delivery import DeliveryRow


@dataclass(frozen=True, slots=True)
class Row:
    """One delivery as it lies in the outbox. `bundle` is the digest that it went with."""

    id: int
    chat_id: int
    lane: Lane
    kind: str
    key: str
    state: DeliveryState
    due_at: datetime
    created_at: datetime
    bundle: int | None
    error: str | None
    expires_at: datetime | None
    finished_at: datetime | None


@dataclass(frozen=True, slots=True)
class Stood:
    """One campaign as it lies in its table."""

    id: str
    state: CampaignState
    facts: CampaignFacts
    author_id: str
    approved_by: str | None
    started_at: datetime | None
    reach: int | None

    @property
    def is_stopped(self) -> bool:
        return self.state is CampaignState.CANCELLED


def rows_of(session: Session) -> list[Row]:
    found = session.scalars(select(DeliveryRow).where(DeliveryRow.kind != BUNDLE).order_by(DeliveryRow.id))
    return [_row(one) for one in found]


def _row(r: Any) -> Row:
    return Row(
        r.id,
        r.chat_id,
        Lane(r.lane),
        r.kind,
        r.key or "",
        DeliveryState(r.state),
        r.due_at,
        r.created_at,
        r.bundled_into,
        r.error,
        r.expires_at,
        r.finished_at,
    )


def stood_of(session: Session) -> list[Stood]:
    return [
        Stood(
            r.id,
            CampaignState(r.state),
            unpacked(r.facts),
            r.author_id,
            r.approved_by,
            r.started_at,
            r.reach,
        )
        for r in session.scalars(select(CampaignRow))
    ]
