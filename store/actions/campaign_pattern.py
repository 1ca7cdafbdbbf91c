"""Make a recurring campaign, change it, approve it for all its times, pause and end it."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy.orm import Session

from store.actions import campaign_follow, campaign_occurrence
from store.actions.campaign_fit import check_fit
from store.actions.campaign_occurrence import check_change, for_update, record
from store.domain import campaign, campaign_rule, reference_number
from store.domain.campaign_file import check_captions
from store.domain.campaign_pattern import GOOD_FOR, PatternState, Plan, checked
from store.domain.errors import Refusal
from store.domain.event import Action
from store.domain.recurrence import local_of
from store.domain.reference import District
from store.domain.staff import By
from store.engine import now
from store.queries.campaign_patterns import plan_of
from store.queries.visible import check_worker
from store.tables.campaign import CampaignRow
from store.tables.campaign_pattern import CampaignPatternRow


def make(session: Session, by: By, plan: Plan, district: District) -> str:
    """Make a recurring campaign, and the draft of its next time if that is near; return its reference.

    Refusals: `staff.not_allowed`, those of `checked`.
    """
    check_worker(by.staff)
    row = new(session, by, checked(plan, district))
    campaign_occurrence.come(session, row)
    return row.reference


def new(
    session: Session,
    by: By,
    plan: Plan,
    code: str | None = None,
    note: str | None = None,
    draft: CampaignRow | None = None,
) -> CampaignPatternRow:
    """Keep a new one by a plan that was checked; made of a `draft` it has its file."""
    row = CampaignPatternRow(
        reference=reference_number.new(),
        state=PatternState.ACTIVE.value,
        author_id=by.staff.id,
        code=code,
        note=note,
        file_key=draft.file_key if draft is not None else None,
        since=_from(session, plan),
        created_at=now(session),
    )
    _put(session, row, plan)
    session.add(row)
    session.flush()
    made_of = f", made of the campaign {draft.reference}" if draft is not None else ""
    record(session, by.actor, row, Action.PATTERN_MADE, f"{plan.rule.words}{made_of}")
    return row


def change(
    session: Session, by: By, reference: str, plan: Plan, district: District, version: int | None = None
) -> None:
    """Change it and its drafts that are not approved; an approval for all its times is gone with that.

    Whoever changes it is its author from then on. What it is already is harmless. Refusals:
    `pattern.not_found`, `pattern.cannot_move`, `record.changed`, those of `checked`, and with a file those
    of `check_captions`.
    """
    row = for_update(session, by, reference)
    kept, was = checked(plan, district), plan_of(row)
    if kept == was:
        return
    check_change(session, row, version)
    if row.file_key is not None:
        check_captions(kept.facts, district)
    if (kept.rule, kept.at) != (was.rule, was.at):
        row.since = _from(session, kept)
    _put(session, row, kept)
    row.author_id, row.approved_by, row.approved_at = by.staff.id, None, None
    words = kept.rule.words if kept.rule == was.rule else f"{was.rule.words} → {kept.rule.words}"
    record(session, by.actor, row, Action.PATTERN_CHANGED, words)
    campaign_follow.follow(session, by, row, was)
    campaign_occurrence.come(session, row)


def approve(session: Session, by: By, reference: str, version: int | None = None) -> None:
    """Let it go out by itself each time, for a year; never by its author. Again within that is harmless.

    A draft of it that says nothing else is taken back: it goes out at its time. Refusals:
    `pattern.not_found`, `campaign.supervisor_only`, `campaign.own`, `pattern.each_time`,
    `pattern.cannot_move`, `record.changed`, those of `check_fit`.
    """
    row = for_update(session, by, reference)
    if row.approved_at is not None and now(session) < row.approved_at + GOOD_FOR:
        return
    check_change(session, row, version)
    campaign.check_approver(by.staff, row.author_id)
    plan = plan_of(row)
    if not plan.may_go_alone:
        raise Refusal("pattern.each_time")
    check_fit(session, plan.facts, row.file_key)
    row.approved_by, row.approved_at = by.staff.id, now(session)
    record(session, by.actor, row, Action.PATTERN_APPROVED)
    campaign_follow.take_back(session, by, row)
    campaign_occurrence.come(session, row)


def pause(session: Session, by: By, reference: str, version: int | None = None) -> None:
    """Let it come no more for now; what was made of it stays. Again is harmless.

    Refusals: `pattern.not_found`, `pattern.cannot_move`, `record.changed`.
    """
    row = for_update(session, by, reference)
    if _move(session, row, PatternState.PAUSED, version):
        record(session, by.actor, row, Action.PATTERN_PAUSED)


def resume(session: Session, by: By, reference: str, version: int | None = None) -> None:
    """Let it come again, from today on: what fell into the pause was not missed. Again is harmless.

    Refusals: `pattern.not_found`, `pattern.cannot_move`, `record.changed`.
    """
    row = for_update(session, by, reference)
    if _move(session, row, PatternState.ACTIVE, version):
        row.since = _from(session, plan_of(row))
        record(session, by.actor, row, Action.PATTERN_RESUMED)
        campaign_occurrence.come(session, row)


def end(session: Session, by: By, reference: str, version: int | None = None) -> None:
    """Let it never come again; its drafts that are not approved are cancelled. Again is harmless.

    Refusals: `pattern.not_found`, `record.changed`.
    """
    row = for_update(session, by, reference)
    if _move(session, row, PatternState.ENDED, version):
        row.look_at = None
        record(session, by.actor, row, Action.PATTERN_ENDED)
        campaign_follow.cancel_drafts(session, by, row)


def _move(session: Session, row: CampaignPatternRow, to: PatternState, version: int | None) -> bool:
    if row.state == to:
        return False
    check_change(session, row, version)
    row.state, row.updated_at = to.value, now(session)
    return True


def _from(session: Session, plan: Plan) -> date:
    """Return the day from which on it comes: today, or tomorrow once its hour is past."""
    local = local_of(now(session))
    return local.date() + timedelta(days=local.time() >= plan.at)


def _put(session: Session, row: CampaignPatternRow, plan: Plan) -> None:
    row.title, row.facts = plan.facts.title, campaign.packed(plan.facts)
    row.rule, row.at, row.sure = campaign_rule.packed(plan.rule), f"{plan.at:%H:%M}", plan.sure
    row.updated_at = now(session)
