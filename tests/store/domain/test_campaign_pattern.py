from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.domain import campaign_pattern
from store.domain.campaign_pattern import (
    AHEAD,
    GOOD_FOR,
    LATE,
    LOOK_AGAIN,
    Due,
    Pattern,
    PatternState,
    Plan,
    carried,
    checked_days,
    due,
    looks_next,
    to_do,
)
from store.domain.campaign_rule import CampaignRule, Kind, Occurrence
from store.domain.errors import Refusal
from store.queries.campaign_dates import coming
from tests.store.domain.test_campaign_rule import EACH_DAY, RULES, WEEKLY
from tests.store.domain.test_school import SCHOOL
from tests.support.campaigns import LOCKS, facts
from tests.support.triage_factory import PROFILE

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
TODAY = NOON.date()
DAY = timedelta(days=1)
NINE = time(9)
MARCH = Plan(LOCKS, CampaignRule(Kind.DAYS, month=3, day=18), NINE)
EVERY_WEEK = Plan(LOCKS, WEEKLY, NINE)


def one(first: date, last: date | None = None) -> Occurrence:
    return Occurrence("x", first, last or first)


def test_what_is_guessed_is_confirmed_each_time_and_never_goes_alone() -> None:
    assert not MARCH.guesses
    assert replace(MARCH, sure=False).guesses
    for kind in (Kind.TERM, Kind.SUMMER, Kind.UNKNOWN):
        assert replace(MARCH, rule=CampaignRule(kind)).guesses
    assert not replace(MARCH, rule=CampaignRule(Kind.REACTIVE), sure=False).guesses
    assert EVERY_WEEK.may_go_alone
    assert not MARCH.may_go_alone
    assert not replace(EVERY_WEEK, sure=False).may_go_alone


def test_a_plan_keeps_no_time_of_its_own_and_no_hour_that_the_clocks_skip() -> None:
    kept = campaign_pattern.checked(
        replace(MARCH, facts=facts(title=" Sheds ", send_at=NOON)), PROFILE.district
    )
    assert (kept.facts.title, kept.facts.send_at) == ("Sheds", None)
    for at in (time(1), time(1, 59)):
        with pytest.raises(Refusal, match=r"pattern\.bad_hour"):
            campaign_pattern.checked(replace(MARCH, at=at), PROFILE.district)
    assert campaign_pattern.checked(replace(MARCH, at=time(2)), PROFILE.district).at == time(2)
    with pytest.raises(Refusal, match=r"pattern\.bad_rule"):
        campaign_pattern.checked(replace(MARCH, rule=CampaignRule(Kind.WEEK)), PROFILE.district)


@pytest.mark.parametrize(
    ("occurrence", "decision"),
    [
        (one(TODAY + AHEAD + DAY), Due.LATER),
        (one(TODAY + AHEAD), Due.DRAFT),
        (one(TODAY), Due.MISSED),
        (one(TODAY - DAY, TODAY), Due.DRAFT),
        (one(TODAY - 7 * DAY, TODAY + DAY), Due.DRAFT),
        (one(TODAY - 8 * DAY, TODAY + DAY), Due.MISSED),
        (one(TODAY - 2 * DAY, TODAY - DAY), Due.MISSED),
    ],
)
def test_a_draft_is_made_four_weeks_before_and_not_when_it_is_over(
    occurrence: Occurrence, decision: Due
) -> None:
    assert due(MARCH, occurrence, NOON) is decision


def test_what_goes_alone_goes_at_its_hour_or_not_at_all() -> None:
    until = NOON + DAY
    today = one(TODAY)
    assert due(EVERY_WEEK, today, datetime(2026, 12, 1, 8, 59, tzinfo=UTC), until) is Due.LATER
    assert due(EVERY_WEEK, today, NOON, until) is Due.SEND
    assert due(EVERY_WEEK, today, datetime(2026, 12, 1, 9, tzinfo=UTC) + LATE, until) is Due.SEND
    assert due(EVERY_WEEK, today, NOON + 4 * timedelta(hours=1), until) is Due.MISSED
    assert due(EVERY_WEEK, one(TODAY + 7 * DAY), NOON, until) is Due.DRAFT
    assert looks_next(EVERY_WEEK, today, until) == datetime(2026, 12, 1, 9, tzinfo=UTC)
    assert looks_next(EVERY_WEEK, one(date(2027, 6, 8)), until) == datetime(2027, 5, 10, 23, tzinfo=UTC)


def test_an_approval_for_all_its_times_ends_after_a_year() -> None:
    approved = Pattern("id", "R", PatternState.ACTIVE, EVERY_WEEK, 1, "sam", "Sam", "Hal", NOON)
    assert approved.approved_until == NOON + GOOD_FOR
    assert replace(approved, plan=MARCH).approved_until is None
    assert replace(approved, approved_at=None).approved_until is None


def test_days_that_a_person_says_are_in_order_and_to_come() -> None:
    assert checked_days(TODAY, None, TODAY) == (TODAY, TODAY)
    assert checked_days(TODAY - DAY, TODAY, TODAY) == (TODAY - DAY, TODAY)
    for first, last, key in (
        (None, TODAY, "day.unreadable"),
        (TODAY, TODAY - DAY, "pattern.days_reversed"),
        (TODAY - DAY, None, "pattern.days_past"),
    ):
        with pytest.raises(Refusal) as refused:
            checked_days(first, last, TODAY)
        assert refused.value.key == key


def test_what_was_said_of_a_draft_alone_stays_when_the_whole_changes() -> None:
    own = facts(title="Sheds in Margate", send_at=NOON)
    after = facts(title="Barns", texts={"en": "Lock your barn."})
    kept = carried(own, LOCKS, after)
    assert (kept.title, kept.texts, kept.send_at) == ("Sheds in Margate", after.texts, NOON)


@settings(deadline=None)
@given(RULES, st.booleans(), st.lists(st.integers(1, 90 * 24 * 60), min_size=1, max_size=12))
def test_whenever_the_timetable_looks_each_time_is_done_once_and_nothing_is_done_late(
    rule: CampaignRule, alone: bool, pauses: list[int]
) -> None:
    plan, known = Plan(LOCKS, rule, NINE), dict[str, Due]()
    start = now = NOON
    dates = list(islice(coming(rule, start.date(), SCHOOL), 200))
    until = now + 3 * GOOD_FOR if alone and plan.may_go_alone else None
    for minutes in pauses:
        now += timedelta(minutes=minutes)
        found, look = to_do(plan, dates, known, now, until)
        assert now < look <= now + LOOK_AGAIN
        for occurrence, decision in found:
            assert occurrence.key not in known
            begins = plan.sends_at(occurrence.first)
            if decision is Due.SEND:
                assert begins <= now <= begins + LATE
            if decision is Due.DRAFT:
                assert occurrence.last >= now.date()
                assert occurrence.first - AHEAD <= now.date() + DAY
            known[occurrence.key] = decision
        assert to_do(plan, dates, known, now, until)[0] == []
        over = [each for each in dates if each.last < now.date() - DAY]
        assert {each.key for each in over} <= known.keys()


def test_of_drafts_that_are_ahead_there_is_one_at_a_time() -> None:
    plan = replace(EVERY_WEEK, rule=EACH_DAY)
    dates = list(islice(coming(EACH_DAY, TODAY, SCHOOL), 60))
    early = NOON - timedelta(hours=4)
    found, look = to_do(plan, dates, (), early)
    assert [(each.first, decision) for each, decision in found] == [
        (TODAY, Due.DRAFT),
        (TODAY + DAY, Due.DRAFT),
    ]
    assert look == datetime(2026, 12, 2, 9, tzinfo=UTC)
    assert to_do(plan, dates, {each.key for each, _ in found}, early) == ([], look)
