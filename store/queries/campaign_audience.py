"""Who hears of a campaign, the same whether they are counted, sampled, told or tried again.

A campaign for an area reaches whoever chose a ward of it; an alert that follows another reaches exactly
those who got that one, or anything else that followed it. Chat ids leave the store here, for the outbox
alone.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, func, literal, or_, select
from sqlalchemy.orm import Session

from store.domain.campaign import CampaignFacts, key_of
from store.domain.delivery import MAY_HAVE_COME, DeliveryState
from store.domain.subscription import Topic, concerned_by
from store.queries import audience, urgent_chain
from store.queries.audience import Hearer
from store.queries.reminders import area_of_wards
from store.tables.delivery import DeliveryRow
from store.tables.resident import ResidentRow
from store.tables.subscriber import SubscriberTopicRow

_GOT = or_(
    DeliveryRow.state.in_(
        [DeliveryState.SENT.value, DeliveryState.LEASED.value, DeliveryState.UNCERTAIN.value]
    ),
    DeliveryRow.error == MAY_HAVE_COME,
)
"""Whoever has it, or may have it; also while it waits to be said again, or to follow its end."""


def page(session: Session, facts: CampaignFacts, after: str, limit: int) -> list[Hearer]:
    """Return whom it concerns, whatever they read, by their ids, from the one after `after` on."""
    wanted, told = _wanted(session, facts, after)
    return [audience.subscriber(row) for row in session.execute(wanted.limit(limit), told)]


def among(session: Session, facts: CampaignFacts, residents: Collection[str]) -> list[Hearer]:
    """Return who of these people would be returned by `page`, by their ids."""
    wanted, told = _wanted(session, facts)
    theirs = wanted.where(ResidentRow.id.in_(residents))
    return [audience.subscriber(row) for row in session.execute(theirs, told)]


def count(session: Session, facts: CampaignFacts) -> int:
    """Return how many would hear of it now."""
    people, told = everybody(session, facts)
    return session.scalar(select(func.count()).select_from(people), told) or 0


def everybody(session: Session, facts: CampaignFacts) -> tuple[Subquery, Mapping[str, Any]]:
    """Return whom `count` counts, with what they chose, and the values it asks for."""
    wanted, told = _wanted(session, facts)
    if facts.languages:
        wanted = wanted.where(ResidentRow.language.in_(sorted(facts.languages)))
    return wanted.order_by(None).subquery(), told


def _wanted(
    session: Session, facts: CampaignFacts, after: str = ""
) -> tuple[Select[*tuple[Any, ...]], dict[str, Any]]:
    if facts.urgent is not None and facts.urgent.follows is not None:
        chain = urgent_chain.ids(session, facts.urgent.follows)
        known = audience.told(session, Topic.URGENT, (), after)
        return audience.wanted(anywhere=True).where(or_(*map(_got, chain))), known
    places = concerned_by(facts.places, area_of_wards(session)) if facts.places else frozenset[str]()
    told = audience.told(session, facts.topic, places, after)
    return audience.wanted(anywhere=not places), told


def _got(campaign_id: str) -> ColumnElement[bool]:
    """Whether somebody who subscribes got this alert.

    Not as EXISTS: PostgreSQL would read all that were sent anew for each page.
    """
    its = literal(key_of(campaign_id)).concat(SubscriberTopicRow.resident_id)
    found = select(DeliveryRow.id).where(DeliveryRow.key == its, _GOT)
    return found.scalar_subquery().is_not(None)
