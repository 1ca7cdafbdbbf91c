"""Recurring campaigns for tests."""

from __future__ import annotations

from datetime import date, time
from typing import Any

from store.actions import campaign_pattern
from store.domain.campaign_calendar import CalendarEntry, CalendarWords
from store.domain.campaign_pattern import Plan
from store.domain.campaign_rule import CampaignRule, Kind
from store.domain.recurrence import LAST
from store.domain.staff import By
from store.domain.subscription import Topic
from tests.support.campaigns import facts
from tests.support.triage_factory import PROFILE, Town

NINE = time(9)
RIBBON = CampaignRule(Kind.DAYS, month=12, day=10)
"""Its next day is 17 days after the morning of these tests."""
STALKING = CampaignRule(Kind.WEEK, month=4, nth=LAST)
TUESDAYS = CampaignRule(Kind.OFTEN, rrule="FREQ=WEEKLY;BYDAY=TU", start=date(2026, 12, 1))
REACTIVE = CampaignRule(Kind.REACTIVE)
MAY = CampaignRule(Kind.UNKNOWN, months=(5,))

FROST = CalendarEntry(
    "frost",
    "First frost",
    Topic.CAMPAIGNS,
    REACTIVE,
    sure=False,
    note="With the first warning.",
    plan="homelessness",
    words=CalendarWords("Frost tonight. Ask {email}.", pl="Dziś mróz."),
)


def plan(rule: CampaignRule = RIBBON, *, sure: bool = True, at: time = NINE, **other: Any) -> Plan:
    return Plan(facts(**other), rule, at, sure)


async def a_pattern(town: Town, by: By, rule: CampaignRule = RIBBON, **other: Any) -> str:
    return await town.write(campaign_pattern.make, by, plan(rule, **other), PROFILE.district)
