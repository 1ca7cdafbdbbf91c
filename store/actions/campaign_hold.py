"""Keep back what may not go out any more: of a campaign that was halted, or of a topic that somebody left."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import Any, cast

from sqlalchemy import Table, literal, select, update
from sqlalchemy.orm import Session

from store.actions import unsent
from store.domain.campaign import UNDER_WAY, CampaignState, key_of
from store.domain.delivery import DeliveryState
from store.domain.subscription import Topic
from store.engine import now
from store.tables.campaign import CampaignRow
from store.tables.delivery import DeliveryRow

BECOMES: Mapping[str, Mapping[DeliveryState, DeliveryState]] = MappingProxyType(
    {
        CampaignState.PAUSED: {DeliveryState.QUEUED: DeliveryState.HELD},
        CampaignState.SENDING: {DeliveryState.HELD: DeliveryState.QUEUED},
        CampaignState.CANCELLED: {
            DeliveryState.QUEUED: DeliveryState.CANCELLED,
            DeliveryState.HELD: DeliveryState.CANCELLED,
        },
    }
)
"""How the messages of a campaign in this state stand, by how they stood before."""
_TABLE = cast("Table", DeliveryRow.__table__)
_FIRST, _LAST = key_of("|").split("|")
_ITS = _TABLE.c.key.like(literal(_FIRST) + CampaignRow.id + literal(f"{_LAST}%"))
_CAMPAIGNS = cast("Table", CampaignRow.__table__)
_UNSETTLED = select(_CAMPAIGNS.c.state).where(_CAMPAIGNS.c.settled_to.is_not(None))


def keep_back_unsettled(session: Session, ids: Sequence[int]) -> None:
    """Keep back what is to be leased, or goes with a digest that is, of campaigns that were halted.

    Their messages follow them page by page: until all have, each is looked at here.
    """
    unsettled = set(session.connection().execute(_UNSETTLED).scalars())
    if not unsettled - {CampaignState.SENDING.value}:
        return
    with_them = select(_TABLE.c.id).where(_TABLE.c.bundled_into.in_(ids))
    keep_back(session, halted(session, [*ids, *session.scalars(with_them)]))


def halted(session: Session, ids: Sequence[int]) -> dict[int, DeliveryState]:
    """Return as what deliveries of halted campaigns are to wait or end, by id.

    Locks their campaigns until the end of the unit, so that nobody halts one meanwhile: staff change one
    FOR UPDATE, and wait. Whoever makes one out or lets it follow takes it FOR NO KEY UPDATE, and does not.
    """
    found = session.execute(
        select(_TABLE.c.id, CampaignRow.state)
        .join(CampaignRow, _ITS)
        .where(_TABLE.c.id.in_(ids))
        .with_for_update(read=True, key_share=True, of=CampaignRow)
    ).all()
    waits = DeliveryState.QUEUED
    return {id_: follows[waits] for id_, said in found if waits in (follows := BECOMES.get(said, {}))}


def keep_back(session: Session, halted_ones: dict[int, DeliveryState]) -> None:
    """Let these wait, or end, with the others of their campaign."""
    for state in set(halted_ones.values()):
        ids = [id_ for id_, becomes in halted_ones.items() if becomes is state]
        session.execute(
            update(_TABLE)
            .where(_TABLE.c.id.in_(ids), _TABLE.c.state == DeliveryState.QUEUED.value)
            .values(**standing(session, state))
        )


def standing(session: Session, state: DeliveryState) -> dict[str, Any]:
    """Return what a delivery gets that stands so from now on; what is cancelled has ended, and is emptied."""
    if state is not DeliveryState.CANCELLED:
        return {"state": state.value}
    return {"state": unsent.ended_as(state), "params": None, "finished_at": now(session)}


def leave(session: Session, resident_id: str, topics: Collection[Topic]) -> None:
    """Take back what waits for this person of campaigns about these topics: they left them.

    What is in the sender's hand is not leased once more, should it not get away.
    """
    if not topics:
        return
    of_these = session.scalars(
        select(CampaignRow.id).where(
            CampaignRow.state.in_([state.value for state in UNDER_WAY]),
            CampaignRow.facts["topic"].as_string().in_([topic.value for topic in topics]),
        )
    )
    theirs = _TABLE.c.key.in_([f"{key_of(one)}{resident_id}" for one in of_these])
    waiting = (DeliveryState.QUEUED.value, DeliveryState.HELD.value)
    session.execute(
        update(_TABLE)
        .where(theirs, _TABLE.c.state.in_(waiting))
        .values(**standing(session, DeliveryState.CANCELLED))
    )
    in_hand = _TABLE.c.state == DeliveryState.LEASED.value
    session.execute(update(_TABLE).where(theirs, in_hand).values(expires_at=now(session)))
