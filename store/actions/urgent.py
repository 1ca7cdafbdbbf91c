"""Let an urgent alert go out where two people agree, and follow it up to exactly those who got it.

It is made and changed as every campaign, see `store.actions.campaign`.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from sqlalchemy.orm import Session

from store.actions import campaign, campaign_retry
from store.domain import urgent
from store.domain.campaign import LANGUAGE_OF_ALL, UNDER_WAY, CampaignFacts, CampaignState
from store.domain.delivery import Lane
from store.domain.errors import Refusal
from store.domain.reference import District
from store.domain.staff import By
from store.engine import unit
from store.queries import urgent as urgent_rows
from store.queries import urgent_chain
from store.tables.campaign import CampaignRow

HERALD = "herald"
"""The worker that makes alerts out the moment they may go."""

submit = partial(campaign.submit, lane=Lane.URGENT)
send_back = partial(campaign.send_back, lane=Lane.URGENT)
try_out = partial(campaign.try_out, lane=Lane.URGENT)
cancel = partial(campaign.cancel, lane=Lane.URGENT)
retry = partial(campaign_retry.retry, lane=Lane.URGENT)
"""Done to alerts, and to nothing else."""
_MAY_GO = UNDER_WAY | {CampaignState.APPROVED}


def approve(
    session: Session, by: By, reference: str, version: int | None = None, *, danger: bool = False
) -> None:
    """Let an alert go out now; never by its author. `danger`: they mark danger to life too.

    One that follows another ends what had not gone yet of that, and of all else that followed it. Again is
    harmless. Refusals: `campaign.not_found` also of what is no alert, those of `campaign.approve`, and of
    news on an alert `urgent.all_clear_given` after its all clear.
    """
    found = urgent_rows.find(session, by.staff, reference)
    if found.state in UNDER_WAY:
        return
    first = found.facts.urgent.follows if found.facts.urgent is not None else None
    if first is not None:
        # Locked before the others: two of a chain are agreed to one after the other.
        _locked(session, first)
        _check_goes_on(session, first, found.facts)
    campaign.approve(session, by, reference, version, danger=danger, lane=Lane.URGENT)
    if first is not None:
        _end_others(session, by, found.id, first)
    unit(session).woken.add(HERALD)


def follow(session: Session, by: By, reference: str, facts: CampaignFacts, district: District) -> str:
    """Make an update of an alert, or an all clear, as a draft; return its reference.

    It goes to exactly those who got that alert, or anything else of its chain. Refusals:
    `campaign.not_found`, `urgent.not_gone` of one that never went out, `urgent.all_clear_given` of news after
    its all clear, those of `campaign.make`.
    """
    before = urgent_rows.find(session, by.staff, reference)
    was, said = before.facts.urgent, facts.urgent
    if before.started_at is None or was is None or said is None:
        raise Refusal("urgent.not_gone")
    first = was.follows or before.id
    about = replace(said, kind=was.kind, follows=first)
    title = urgent.title_of(about, facts.texts.get(LANGUAGE_OF_ALL, ""))
    whole = replace(facts, urgent=about, title=title, places=before.facts.places)
    _check_goes_on(session, first, whole)
    return campaign.make(session, by, whole, district)


def _check_goes_on(session: Session, first: str, facts: CampaignFacts) -> None:
    """Refuse (`urgent.all_clear_given`) news on what is over; not another all clear, which may correct it."""
    if not (facts.urgent and facts.urgent.all_clear) and urgent_chain.is_clear(session, first):
        raise Refusal("urgent.all_clear_given")


def _end_others(session: Session, by: By, but: str, first: str) -> None:
    """End what has not gone of every other alert of a chain."""
    for its in urgent_chain.ids(session, first):
        if its != but and (row := _locked(session, its)).state in _MAY_GO:
            cancel(session, by, row.reference)


def _locked(session: Session, campaign_id: str) -> CampaignRow:
    return session.get_one(CampaignRow, campaign_id, with_for_update=True, populate_existing=True)
