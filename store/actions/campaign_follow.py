"""Let the drafts of a recurring campaign follow it: changed with it, taken back, or cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import takewhile

from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import campaign, campaign_file, event
from store.actions.campaign_fit import check_fit
from store.actions.campaign_occurrence import each_open
from store.domain.campaign import CampaignFacts, unpacked
from store.domain.campaign_pattern import Plan, carried
from store.domain.campaign_rule import Occurrence
from store.domain.errors import Refusal
from store.domain.event import Action
from store.domain.recurrence import local_of
from store.domain.staff import By
from store.engine import now
from store.queries.campaign_dates import coming, school
from store.queries.campaign_patterns import plan_of
from store.tables.campaign import CampaignRow
from store.tables.campaign_pattern import CampaignOccurrenceRow, CampaignPatternRow
from store.tables.event import EventRow

FAR = timedelta(days=366)
"""No draft of what comes often is made for later than this."""
_OF_FILES = (Action.CAMPAIGN_FILE_ATTACHED, Action.CAMPAIGN_FILE_REMOVED, Action.CAMPAIGN_FILE_GONE)


def follow(session: Session, by: By, row: CampaignPatternRow, was: Plan) -> None:
    """Change its drafts that are not approved as it changed itself; one that comes no more is cancelled.

    What was said of a draft alone stays, and days that a person confirmed. A draft that could not be sent
    with the change keeps all that it says, and that is written down.
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
        wanted = carried(own, was.facts, plan.facts)
        facts = wanted if _fits(session, by, made, wanted, made.file_key) else own
        if before and own.send_at == was.sends_at(before) and kept.first_day:
            facts = replace(facts, send_at=plan.sends_at(kept.first_day))
        if facts != own:
            campaign.rewrite(session, by, made, facts)

    each_open(session, row, one)


def follow_file(session: Session, by: By, row: CampaignPatternRow, was: str | None) -> None:
    """Let its drafts that are not approved have its file, where they had the same as it had before (`was`).

    One that somebody gave another keeps that, and one off which somebody took it stays without. One whose
    words are too long for it keeps what it has, and that is written down.
    """

    def one(_kept: CampaignOccurrenceRow, made: CampaignRow) -> None:
        key = row.file_key
        follows = made.file_key == was and not _was_taken_off(session, made)
        if follows and (key is None or _fits(session, by, made, unpacked(made.facts), key)):
            campaign_file.put(session, by, made, key, Action.CAMPAIGN_FILE_GONE)

    each_open(session, row, one)


def _was_taken_off(session: Session, made: CampaignRow) -> bool:
    """Tell whether a draft has no file because somebody took its own off."""
    of_files = (EventRow.subject_id == made.id, EventRow.action.in_([one.value for one in _OF_FILES]))
    its = select(EventRow.action).where(EventRow.subject_kind == "campaign", *of_files)
    last = session.scalar(its.order_by(EventRow.id.desc()).limit(1))
    return last == Action.CAMPAIGN_FILE_REMOVED


def _fits(session: Session, by: By, made: CampaignRow, facts: CampaignFacts, file_key: str | None) -> bool:
    """Tell whether a draft could be sent so; where not, write down that it keeps what it has."""
    try:
        check_fit(session, facts, file_key)
    except Refusal:
        told = {"reference": made.reference}
        event.record(session, by.actor, Action.CAMPAIGN_KEPT, ("campaign", made.id), told)
        return False
    return True


def _by_key(session: Session, row: CampaignPatternRow) -> dict[str, Occurrence]:
    """Return the times of it that are to come, of what comes often those that a draft may be of."""
    plan, at = plan_of(row), now(session)
    found = coming(plan.rule, local_of(at).date(), school(session))
    if plan.rule.often is not None:
        found = takewhile(lambda one: one.first <= local_of(at + FAR).date(), found)
    return {one.key: one for one in found}


def take_back(session: Session, by: By, row: CampaignPatternRow) -> None:
    """Cancel the drafts that tell nothing else than it does: it goes out by itself now, at its time.

    One with another picture or document than it has stays, for somebody to approve.
    """
    plan = plan_of(row)

    def one(kept: CampaignOccurrenceRow, made: CampaignRow) -> None:
        same = replace(unpacked(made.facts), send_at=None) == plan.facts
        if kept.by_rule and same and made.file_key == row.file_key:
            session.delete(kept)
            campaign.take_off(session, by.actor, made)

    each_open(session, row, one)


def cancel_drafts(session: Session, by: By, row: CampaignPatternRow) -> None:
    """Cancel its drafts that are not approved: it has ended."""
    each_open(session, row, lambda _kept, made: campaign.take_off(session, by.actor, made))
