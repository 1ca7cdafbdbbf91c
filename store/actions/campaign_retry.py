"""Try again what failed of a campaign: page by page, to whoever still wants it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

from sqlalchemy import Table, bindparam, select, update
from sqlalchemy.orm import Session

from store.actions.campaign import become, for_update
from store.actions.campaign_results import count_anew
from store.actions.campaign_sending import AT_ONCE, Going, come_to
from store.actions.rows import check_version
from store.domain import campaign
from store.domain.campaign import CampaignFacts, CampaignState, key_of, unpacked
from store.domain.delivery import DeliveryState, Lane, Outgoing, packed
from store.domain.errors import Refusal
from store.domain.event import Action
from store.domain.rounds import Round
from store.domain.staff import By
from store.engine import now
from store.queries import campaign_audience, urgent_chain
from store.queries.audience import Hearer
from store.queries.campaign_results import failed
from store.tables.campaign import CampaignRow
from store.tables.delivery import DeliveryRow

_TABLE = cast("Table", DeliveryRow.__table__)
_AGAIN = (
    update(_TABLE)
    .where(_TABLE.c.key == bindparam("its_key"), _TABLE.c.state == DeliveryState.FAILED.value)
    .values(
        state=DeliveryState.QUEUED.value,
        chat_id=bindparam("to"),
        method=bindparam("how"),
        params=bindparam("says"),
        due_at=bindparam("due"),
        expires_at=bindparam("until"),
        tries=0,
        error=None,
        finished_at=None,
    )
)


def retry(
    session: Session, by: By, reference: str, version: int | None = None, *, lane: Lane = Lane.CAMPAIGN
) -> None:
    """Try what failed of it again, for whoever still wants it. Again while that goes on is harmless.

    Refusals: `campaign.not_found`, `campaign.cannot_move`, `campaign.too_late`, `campaign.none_failed`,
    `record.changed`; of an urgent alert also `urgent.overtaken` where a later one of its chain was agreed to.
    """
    row = for_update(session, by, reference, lane)
    if row.retried_to is not None:
        return
    check_version(session, "campaign", row, version)
    facts = unpacked(row.facts)
    campaign.check_retry(CampaignState(row.state), facts, row.started_at, now(session))
    if urgent_chain.is_overtaken(session, row, facts):
        raise Refusal("urgent.overtaken")
    if session.execute(failed(row.id)).first() is None:
        raise Refusal("campaign.none_failed")
    row.retried_to, row.finished_at = 0, None
    if row.all_told:
        row.told_to = None
    count_anew(session, row.id)
    become(session, by.actor, row, CampaignState.SENDING, Action.CAMPAIGN_RETRIED)


def next_failed(session: Session, its: Round, last: Lane = Lane.CAMPAIGN) -> Going | None:
    """Return the next people for whom a campaign failed and is tried again; None where there are none.

    Urgent alerts first; no lane after the `last` one is looked at. Of those for whom it failed, who does not
    want it any more is left out, for good. A campaign that could not be made out in this round is left out of
    the rest of it.
    """
    row = session.scalar(
        select(CampaignRow)
        .where(
            CampaignRow.lane <= int(last),
            CampaignRow.state == CampaignState.SENDING.value,
            CampaignRow.retried_to.is_not(None),
            CampaignRow.id.not_in(its.failed),
        )
        .order_by(CampaignRow.lane, CampaignRow.id)
        .limit(1)
        .with_for_update(skip_locked=True, key_share=True)
        .execution_options(populate_existing=True)
    )
    if row is None:
        return None
    its.at = row.id
    page = session.execute(failed(row.id, row.retried_to or 0, AT_ONCE).with_for_update()).all()
    ids = {key.removeprefix(key_of(row.id)): delivery_id for delivery_id, key in page}
    facts = unpacked(row.facts)
    people = _still_want(session, facts, ids)
    come_to(session, row.id, retried_to=page[-1].id if len(page) == AT_ONCE else None)
    until = campaign.ends_at(facts, row.started_at or now(session))
    danger = campaign.at_any_hour(facts, danger_agreed=row.danger_agreed)
    return Going(row.id, row.reference, facts, people, until, None, now(session), danger=danger)


def queue_again(session: Session, things: Sequence[Outgoing]) -> None:
    """Queue what failed once more, in these words; what stands otherwise by now stays as it is."""
    rows = [
        {
            "its_key": thing.key,
            "to": thing.chat_id,
            "how": thing.method,
            "says": packed(thing.params),
            "due": thing.due_at or now(session),
            "until": thing.expires_at,
        }
        for thing in things
    ]
    if rows:
        session.connection().execute(_AGAIN, rows)


def _still_want(session: Session, facts: CampaignFacts, ids: Mapping[str, int]) -> Sequence[Hearer]:
    """Return who of these still wants it; what failed for the others is cancelled."""
    found = campaign_audience.among(session, facts, list(ids))
    people = [one for one in found if facts.reaches(one.language)]
    others = ids.keys() - {one.resident_id for one in people}
    session.execute(
        update(_TABLE)
        .where(_TABLE.c.id.in_([ids[one] for one in others]))
        .values(state=DeliveryState.CANCELLED.value)
    )
    return people
