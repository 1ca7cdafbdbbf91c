"""Keep back what the sender had in hand and did not send while its campaign was paused or cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Table, literal, select, update
from sqlalchemy.orm import Session

from store.domain.campaign import CampaignState, key_of
from store.domain.delivery import DeliveryState
from store.engine import now
from store.tables.campaign import CampaignRow
from store.tables.delivery import DeliveryRow

_TABLE = cast("Table", DeliveryRow.__table__)
_FIRST, _LAST = key_of("|").split("|")
_ITS = _TABLE.c.key.like(literal(_FIRST) + CampaignRow.id + literal(f"{_LAST}%"))


def halted(session: Session, ids: Sequence[int]) -> dict[int, DeliveryState]:
    """Return as what deliveries of halted campaigns are to wait or end, by id.

    Locks their campaigns until the end of the unit, so that nobody halts one meanwhile.
    """
    found = session.execute(
        select(_TABLE.c.id, CampaignRow.state)
        .join(CampaignRow, _ITS)
        .where(_TABLE.c.id.in_(ids))
        .with_for_update(read=True, of=CampaignRow)
    ).all()
    becomes = {CampaignState.PAUSED: DeliveryState.HELD, CampaignState.CANCELLED: DeliveryState.CANCELLED}
    return {id_: becomes[state] for id_, said in found if (state := CampaignState(said)) in becomes}


def keep_back(session: Session, halted_ones: dict[int, DeliveryState]) -> None:
    """Let these wait, or end, with the others of their campaign."""
    for state in set(halted_ones.values()):
        values: dict[str, Any] = {"state": state.value}
        if state is DeliveryState.CANCELLED:
            values |= {"params": None, "finished_at": now(session)}
        ids = [id_ for id_, becomes in halted_ones.items() if becomes is state]
        session.execute(
            update(_TABLE)
            .where(_TABLE.c.id.in_(ids), _TABLE.c.state == DeliveryState.QUEUED.value)
            .values(**values)
        )
