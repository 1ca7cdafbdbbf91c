"""Each time that a recurring campaign comes: made by the timetable, never twice and never late."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from typing import cast

from sqlalchemy import Table, select, update
from sqlalchemy.orm import Session

from store.actions import campaign, event
from store.actions.rows import check_version, worked_for_update
from store.domain.actor import SYSTEM, Actor
from store.domain.campaign import TO_BE_CHANGED, CampaignState
from store.domain.campaign_pattern import (
    BEGUN,
    STATE_LABELS,
    Due,
    PatternState,
    Plan,
    approved_until,
    to_do,
)
from store.domain.campaign_rule import Occurrence
from store.domain.errors import Refusal
from store.domain.event import Action
from store.domain.recurrence import local_of
from store.domain.rounds import Round
from store.domain.staff import By
from store.engine import now
from store.queries.campaign_dates import coming, school
from store.queries.campaign_patterns import known_keys, plan_of
from store.tables.campaign import CampaignRow
from store.tables.campaign_pattern import CampaignOccurrenceRow, CampaignPatternRow

_PATTERNS = cast("Table", CampaignPatternRow.__table__)
NAMED = 5
"""So many missed times are named in one line of the story."""


def come_due(session: Session, its: Round) -> int | None:
    """Look at the next recurring campaign of a round that is due to be looked at; None when there is none.

    Returns how many times of it were made.
    """
    row = session.scalar(
        select(CampaignPatternRow)
        .where(
            CampaignPatternRow.state == PatternState.ACTIVE.value,
            CampaignPatternRow.look_at <= now(session),
            CampaignPatternRow.id.not_in(its.failed),
        )
        .order_by(CampaignPatternRow.look_at)
        .limit(1)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if row is None:
        return None
    its.at = row.id
    return come(session, row)


def come(session: Session, row: CampaignPatternRow) -> int:
    """Make the times that are due, the next one ahead alone; say what was missed; return how many were made.

    What is approved for all its times goes out; of all else a draft is made.
    """
    if row.state != PatternState.ACTIVE:
        return 0
    plan, at = plan_of(row), now(session)
    began = row.since - BEGUN
    dates = (one for one in coming(plan.rule, row.since, school(session)) if one.first >= began)
    known, alone_until = known_keys(session, row.id), approved_until(plan, row.approved_at)
    found, look = to_do(plan, dates, known, at, alone_until)
    for one, decision in found:
        keep(session, row, plan, one, decision)
    missed = [one for one, decision in found if decision is Due.MISSED]
    if missed:
        _say_missed(session, row, missed)
    session.flush()
    # Not by the row: that it was looked at is no change of it, and its version stays.
    looked = update(_PATTERNS).where(_PATTERNS.c.id == row.id)
    session.execute(looked.values(look_at=look if plan.rule.has_dates else None))
    return len(found) - len(missed)


def keep(
    session: Session,
    row: CampaignPatternRow,
    plan: Plan,
    one: Occurrence,
    decision: Due = Due.DRAFT,
    actor: Actor = SYSTEM,
) -> CampaignOccurrenceRow:
    """Keep one time that the rule gives, with its campaign: a draft, or approved as the whole is."""
    kept = CampaignOccurrenceRow(
        pattern_id=row.id,
        key=one.key,
        by_rule=True,
        first_day=one.first,
        last_day=one.last,
        guessed=plan.guesses,
        made_at=now(session),
    )
    if decision is Due.MISSED:
        kept.missed_at = now(session)
    else:
        made = campaign_of(session, row, actor, plan, one.first)
        kept.campaign_id = made.id
        if decision is Due.SEND:
            made.state = CampaignState.WAITING.value
            made.approved_by, made.approved_at = row.approved_by, row.approved_at
            campaign.move(session, SYSTEM, made, CampaignState.APPROVED, Action.CAMPAIGN_APPROVED)
        record(session, actor, row, Action.PATTERN_CAME, one.words)
    session.add(kept)
    session.flush()
    return kept


def campaign_of(
    session: Session, row: CampaignPatternRow, actor: Actor, plan: Plan, first: date | None
) -> CampaignRow:
    """Make the campaign of one time that begins on this day, if it is known, as a draft."""
    facts = replace(plan.facts, send_at=begins(session, plan, first))
    return campaign.new(session, actor, row.author_id, facts, row.file_key)


def begins(session: Session, plan: Plan, first: date | None) -> datetime | None:
    """Return when it goes out whose first day is this; None, as soon as it may, where that is past."""
    at = plan.sends_at(first) if first else None
    return at if at is not None and at > now(session) else None


def drop_missed(session: Session, its: Round) -> int | None:
    """Cancel what was not approved, or could not go out, until its days were over; return how many.

    None when there was none. What failed in this round is left out.
    """
    at = now(session)
    found = session.execute(
        select(CampaignOccurrenceRow, CampaignRow)
        .join(CampaignRow, CampaignRow.id == CampaignOccurrenceRow.campaign_id)
        .where(
            CampaignRow.state.in_([state.value for state in TO_BE_CHANGED]),
            CampaignOccurrenceRow.last_day < local_of(at).date(),
            CampaignRow.send_at.is_(None) | (CampaignRow.send_at <= at),
            CampaignRow.id.not_in(its.failed),
        )
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
    for kept, row in found:
        its.at, kept.missed_at = row.id, at
        campaign.take_off(session, SYSTEM, row)
        pattern = session.get_one(CampaignPatternRow, kept.pattern_id)
        if kept.first_day and kept.last_day:
            _say_missed(session, pattern, [Occurrence(kept.key, kept.first_day, kept.last_day)])
    return len(found) or None


def each_open(
    session: Session, row: CampaignPatternRow, do: Callable[[CampaignOccurrenceRow, CampaignRow], None]
) -> None:
    """Do this to each time of it that is a draft, or waits for approval."""
    found = session.execute(
        select(CampaignOccurrenceRow, CampaignRow)
        .join(CampaignRow, CampaignRow.id == CampaignOccurrenceRow.campaign_id)
        .where(
            CampaignOccurrenceRow.pattern_id == row.id,
            CampaignRow.state.in_([CampaignState.DRAFT.value, CampaignState.WAITING.value]),
        )
        .order_by(CampaignOccurrenceRow.key)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()
    for kept, made in found:
        do(kept, made)
    session.flush()


def for_update(session: Session, by: By, reference: str) -> CampaignPatternRow:
    """Return the row of a recurring campaign, locked. Refusals: `staff.not_allowed`, `pattern.not_found`."""
    return worked_for_update(session, by, CampaignPatternRow, "pattern.not_found", reference)


def check_change(session: Session, row: CampaignPatternRow, version: int | None) -> None:
    """Refuse (`pattern.cannot_move`, `record.changed`) to change what ended, or became another."""
    check_version(session, "pattern", row, version)
    if row.state == PatternState.ENDED:
        raise Refusal("pattern.cannot_move", state=STATE_LABELS[PatternState.ENDED])


def _say_missed(session: Session, row: CampaignPatternRow, missed: list[Occurrence]) -> None:
    said = "; ".join(one.words for one in missed[:NAMED])
    more = len(missed) - NAMED
    record(session, SYSTEM, row, Action.PATTERN_MISSED, f"{said}; and {more} more" if more > 0 else said)


def record(
    session: Session,
    actor: Actor,
    row: CampaignPatternRow,
    action: Action,
    words: str | None = None,
    **more: str,
) -> None:
    """Write down what was done to a recurring campaign."""
    details = {"reference": row.reference} | ({"text": words} if words else {}) | more
    event.record(session, actor, action, ("pattern", row.id), details)
