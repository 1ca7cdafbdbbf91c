"""Make a recurring campaign of a draft: what it says comes again by a rule, and the draft is cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from sqlalchemy.orm import Session

from store.actions import campaign, campaign_occurrence, campaign_pattern
from store.domain.campaign import STATE_LABELS, CampaignState, unpacked
from store.domain.campaign_file import check_captions
from store.domain.campaign_pattern import Plan, checked
from store.domain.campaign_rule import CampaignRule
from store.domain.errors import Refusal
from store.domain.reference import District
from store.domain.staff import By
from store.queries import campaign_occurrences


def make_recurring(
    session: Session,
    by: By,
    reference: str,
    when: tuple[CampaignRule, time, bool],
    district: District,
    version: int | None = None,
) -> str:
    """Let a draft come again `when` this says: its rule, the hour (London), and whether its days are certain.

    All that it says and its file go with it, but for its own time. Return the reference of the recurring
    campaign. Refusals: `campaign.not_found`, `campaign.cannot_move` of what is no draft,
    `campaign.comes_again`, `record.changed`, those of `campaign_pattern.checked`, and with a file those of
    `check_captions`.
    """
    row = campaign.for_update(session, by, reference)
    campaign.check_change(session, row, version)
    check_alone(session, row.id, CampaignState(row.state))
    rule, at, sure = when
    plan = checked(Plan(replace(unpacked(row.facts), send_at=None), rule, at, sure), district)
    if row.file_key is not None:
        check_captions(plan.facts, district)
    made = campaign_pattern.new(session, by, plan, draft=row)
    said = f"it comes again by itself, as the recurring campaign {made.reference}"
    campaign.take_off(session, by.actor, row, text=said)
    campaign_occurrence.come(session, made)
    return made.reference


def check_alone(session: Session, campaign_id: str, state: CampaignState) -> None:
    """Refuse what is no draft, or is one time of what comes again.

    Refusals: `campaign.cannot_move`, `campaign.comes_again`.
    """
    if state is not CampaignState.DRAFT:
        raise Refusal("campaign.cannot_move", state=STATE_LABELS[state])
    if campaign_occurrences.of_campaign(session, campaign_id) is not None:
        raise Refusal("campaign.comes_again")
