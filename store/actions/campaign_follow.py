"""Let the drafts of a recurring campaign follow it: changed with it, taken back, or cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import takewhile

from sqlalchemy.orm import Session

from store.actions import campaign
from store.actions.campaign_occurrence import each_open
from store.domain.campaign import unpacked
from store.domain.campaign_pattern import Plan, carried
from store.domain.campaign_rule import Occurrence
from store.domain.recurrence import local_of
from store.domain.staff import By
from store.engine import now
from store.queries.campaign_dates import coming, school
from store.queries.campaign_patterns import plan_of
from store.tables.campaign import CampaignRow
from store.tables.campaign_pattern import CampaignOccurrenceRow, CampaignPatternRow

FAR = timedelta(days=366)
"""No draft of what comes often is made for later than this."""


def follow(session: Session, by: By, row: CampaignPatternRow, was: Plan) -> None:
    """Change its drafts that are not approved as it changed itself; one that comes no more is cancelled.

    What was said of a draft alone stays, and days that a person confirmed.
    """
    plan, by_key = plan_of(row), _by_key(session, row)

    def one(kept: CampaignOccurrenceRow, made: CampaignRow) -> None:
        if kept.by_rule and kept.key not in by_key:
            session.delete(kept)
            campaign.take_off(session, by.actor, made)
            return
        before = kept.first_day
        if kept.by_rule and kept.confirmed_at is None:
            kept.first_day, kept.last_day = by_key[kept.key].first, by_key[kept.key].last
            kept.guessed = plan.guesses
        own = unpacked(made.facts)
        facts = carried(own, was.facts, plan.facts)
        if before and own.send_at == was.sends_at(before) and kept.first_day:
            facts = replace(facts, send_at=plan.sends_at(kept.first_day))
        if facts != own:
            campaign.rewrite(session, by, made, facts)

    each_open(session, row, one)


def _by_key(session: Session, row: CampaignPatternRow) -> dict[str, Occurrence]:
    """Return the times of it that are to come, of what comes often those that a draft may be of."""
    plan, at = plan_of(row), now(session)
    found = coming(plan.rule, local_of(at).date(), school(session))
    if plan.rule.often is not None:
        found = takewhile(lambda one: one.first <= local_of(at + FAR).date(), found)
    return {one.key: one for one in found}


def take_back(session: Session, by: By, row: CampaignPatternRow) -> None:
    """Cancel the drafts that say nothing else than it does: it goes out by itself now, at its time."""
    plan = plan_of(row)

    def one(kept: CampaignOccurrenceRow, made: CampaignRow) -> None:
        if kept.by_rule and replace(unpacked(made.facts), send_at=None) == plan.facts:
            session.delete(kept)
            campaign.take_off(session, by.actor, made)

    each_open(session, row, one)


def cancel_drafts(session: Session, by: By, row: CampaignPatternRow) -> None:
    """Cancel its drafts that are not approved: it has ended."""
    each_open(session, row, lambda _kept, made: campaign.take_off(session, by.actor, made))
