"""What a person says of when a recurring campaign comes: make one now, and confirm its days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from store.actions import campaign
from store.actions.campaign_occurrence import (
    begins,
    campaign_of,
    check_change,
    come,
    for_update,
    keep,
    record,
)
from store.actions.rows import touch
from store.domain.actor import Actor
from store.domain.campaign import CampaignState, unpacked
from store.domain.campaign_pattern import Due, Plan, checked_days, due
from store.domain.campaign_rule import Occurrence, span_words
from store.domain.errors import Refusal
from store.domain.event import Action
from store.domain.recurrence import local_of
from store.domain.staff import By
from store.engine import now
from store.queries.campaign_dates import coming, school
from store.queries.campaign_patterns import known_keys, plan_of
from store.tables.campaign import CampaignRow
from store.tables.campaign_pattern import CampaignOccurrenceRow, CampaignPatternRow


def make_one(
    session: Session,
    by: By,
    reference: str,
    first: date | None = None,
    last: date | None = None,
    version: int | None = None,
) -> str:
    """Make a draft of it for these days, without any for its next ones, long before they come.

    What has no days by its rule gets none: they are to be confirmed, if they matter. Return the reference of
    the campaign. Refusals: `pattern.not_found`, `pattern.cannot_move`, `record.changed`, `pattern.no_days`,
    those of `checked_days`.
    """
    row = for_update(session, by, reference)
    check_change(session, row, version)
    plan = plan_of(row)
    if first is None and last is None and plan.rule.has_dates:
        following = _next(session, row, plan)
        if following is None:
            raise Refusal("pattern.no_days")
        kept = keep(session, row, plan, following, actor=by.actor)
    else:
        kept = _by_hand(session, by, row, plan, (first, last))
    touch(session, row)
    return session.get_one(CampaignRow, kept.campaign_id).reference


def make_first(session: Session, by: By, row: CampaignPatternRow) -> None:
    """Make a draft of the next time of one that is new, however far away; without days if none is known."""
    plan = plan_of(row)
    if not plan.rule.has_dates:
        _by_hand(session, by, row, plan, (None, None))
    elif not come(session, row) and (following := _next(session, row, plan)) is not None:
        keep(session, row, plan, following, actor=by.actor)


def _next(session: Session, row: CampaignPatternRow, plan: Plan) -> Occurrence | None:
    known, at = known_keys(session, row.id), now(session)
    for one in coming(plan.rule, local_of(at).date(), school(session)):
        if one.key not in known and due(plan, one, at) is not Due.MISSED:
            return one
    return None


def _by_hand(
    session: Session, by: By, row: CampaignPatternRow, plan: Plan, days: tuple[date | None, date | None]
) -> CampaignOccurrenceRow:
    said = None
    if days != (None, None):
        said = checked_days(*days, local_of(now(session)).date())
    first, last = said or (None, None)
    count = session.scalar(select(func.count()).where(CampaignOccurrenceRow.pattern_id == row.id)) or 0
    kept = CampaignOccurrenceRow(
        pattern_id=row.id,
        key=f"by hand {count + 1}",
        by_rule=False,
        first_day=first,
        last_day=last,
        guessed=plan.guesses,
        campaign_id=campaign_of(session, row, by.actor, plan, first).id,
        confirmed_by=by.staff.id if said else None,
        confirmed_at=now(session) if said else None,
        made_at=now(session),
    )
    session.add(kept)
    record(session, by.actor, row, Action.PATTERN_CAME, span_words(*said) if said else None)
    return kept


def confirm_days(
    session: Session,
    by: By,
    reference: str,
    first: date | None,
    last: date | None = None,
    version: int | None = None,
) -> None:
    """Say on which days this campaign of a recurring one really is; it goes out on the first of them.

    An approval is gone where that changes its time. What is confirmed already is harmless. Refusals:
    `campaign.not_found`, `campaign.no_days`, `campaign.cannot_move`, `record.changed`, those of
    `checked_days`.
    """
    row = campaign.for_update(session, by, reference)
    kept = session.scalar(
        select(CampaignOccurrenceRow).where(CampaignOccurrenceRow.campaign_id == row.id).with_for_update()
    )
    if kept is None:
        raise Refusal("campaign.no_days")
    days = checked_days(first, last, local_of(now(session)).date())
    if kept.confirmed_at is not None and (kept.first_day, kept.last_day) == days:
        return
    campaign.check_change(session, row, version)
    pattern = session.get_one(CampaignPatternRow, kept.pattern_id)
    kept.first_day, kept.last_day = days
    kept.confirmed_by, kept.confirmed_at = by.staff.id, now(session)
    _retime(
        session,
        by.actor,
        row,
        begins(session, plan_of(pattern), days[0]),
        (Action.CAMPAIGN_DAYS_CONFIRMED, span_words(*days)),
    )
    touch(session, row)


def _retime(
    session: Session, actor: Actor, row: CampaignRow, at: datetime | None, said: tuple[Action, str]
) -> None:
    """Let it go out at this time; where that is another, an approval is gone with that."""
    state = CampaignState(row.state)
    if row.send_at != at:
        campaign.put(session, row, replace(unpacked(row.facts), send_at=at))
        row.approved_by, row.approved_at, state = None, None, CampaignState.DRAFT
    campaign.become(session, actor, row, state, said[0], text=said[1])
