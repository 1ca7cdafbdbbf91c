from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import islice, pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.domain.campaign_days import dated
from store.domain.campaign_rule import (
    CampaignRule,
    Kind,
    Occurrence,
    checked,
    packed,
    span_words,
    unpacked,
)
from store.domain.campaign_rule_form import REPEAT_LABELS, fields_of, from_fields
from store.domain.errors import Refusal
from store.domain.recurrence import LAST
from store.domain.school import School
from store.queries.campaign_dates import coming
from tests.store.domain.test_school import SCHOOL

TODAY = date(2026, 11, 29)
WEEK = timedelta(days=7)
STALKING = CampaignRule(Kind.WEEK, month=4, nth=LAST)
HATE = CampaignRule(Kind.WEEKDAY, month=10, nth=2, weekday=5, to_nth=3)
WEEKLY = CampaignRule(Kind.OFTEN, rrule="FREQ=WEEKLY;BYDAY=TU", start=date(2026, 12, 1))
EACH_DAY = replace(WEEKLY, rrule="FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU")


@pytest.mark.parametrize(
    ("rule", "words", "first", "last"),
    [
        (CampaignRule(Kind.DAYS, month=3, day=18), "every year on 18 March", "2027-03-18", "2027-03-18"),
        (
            CampaignRule(Kind.DAYS, month=11, day=25, to_month=12, to_day=10),
            "every year from 25 November to 10 December",
            "2026-11-25",
            "2026-12-10",
        ),
        (
            CampaignRule(Kind.DAYS, month=12, day=20, to_month=1, to_day=5),
            "every year from 20 December to 5 January",
            "2026-12-20",
            "2027-01-05",
        ),
        (
            CampaignRule(Kind.DAYS, month=2, day=29),
            "every year on 29 February",
            "2027-02-28",
            "2027-02-28",
        ),
        (
            CampaignRule(Kind.WEEKDAY, month=2, nth=2, weekday=1),
            "every year on the second Tuesday of February",
            "2027-02-09",
            "2027-02-09",
        ),
        (
            HATE,
            "every year from the second to the third Saturday of October",
            "2027-10-09",
            "2027-10-16",
        ),
        (
            CampaignRule(Kind.WEEKDAY, month=5, nth=LAST, weekday=0),
            "every year on the last Monday of May",
            "2027-05-31",
            "2027-05-31",
        ),
        (STALKING, "every year in the last full week of April", "2027-04-19", "2027-04-25"),
        (
            CampaignRule(Kind.WEEK, month=6, nth=1),
            "every year in the first full week of June",
            "2027-06-07",
            "2027-06-13",
        ),
        (
            CampaignRule(Kind.WEEK, month=11, nth=4),
            "every year in the fourth full week of November, where there is one",
            "2026-11-23",
            "2026-11-29",
        ),
        (CampaignRule(Kind.MONTH, month=1), "every year, all of January", "2027-01-01", "2027-01-31"),
        (
            CampaignRule(Kind.MONTH, month=12, to_month=2),
            "every year from December to February",
            "2026-12-01",
            "2027-02-28",
        ),
        (
            CampaignRule(Kind.TERM, school_days=10),
            "the first 10 school days of each term",
            "2027-06-07",
            "2027-06-18",
        ),
        (CampaignRule(Kind.SUMMER), "in the school summer holiday", "2027-07-22", "2027-09-01"),
        (
            CampaignRule(Kind.UNKNOWN, months=(5, 10)),
            "on days that a person confirms, expected in May and in October",
            "2027-05-01",
            "2027-05-31",
        ),
        (WEEKLY, "every week on Tuesday", "2026-12-01", "2026-12-01"),
        (EACH_DAY, "every day", "2026-12-01", "2026-12-01"),
        (
            replace(WEEKLY, rrule="FREQ=MONTHLY;BYDAY=2WE"),
            "every month on the second Wednesday",
            "2026-12-09",
            "2026-12-09",
        ),
    ],
)
def test_a_rule_says_itself_and_when_it_comes_next(
    rule: CampaignRule, words: str, first: str, last: str
) -> None:
    assert checked(rule).words == words
    found = next(coming(rule, TODAY, SCHOOL))
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)
    assert unpacked(packed(rule)) == rule
    assert from_fields(fields_of(rule)) == rule
    assert rule.has_dates


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (CampaignRule(Kind.UNKNOWN), "on days that a person confirms"),
        (CampaignRule(Kind.REACTIVE), "when something happens: it has no date"),
    ],
)
def test_what_has_no_date_gives_none(rule: CampaignRule, words: str) -> None:
    assert checked(rule).words == words
    assert not rule.has_dates
    assert list(coming(rule, TODAY, SCHOOL)) == []
    assert from_fields(fields_of(rule)) == rule


@pytest.mark.parametrize(
    "rule",
    [
        CampaignRule(Kind.OFTEN),
        CampaignRule(Kind.OFTEN, rrule="FREQ=WEEKLY;BYDAY=MO", start=date(1026, 11, 29)),
        CampaignRule(Kind.DAYS, month=2, day=30),
        CampaignRule(Kind.DAYS, month=13, day=1),
        CampaignRule(Kind.DAYS, month=2, day=1, to_month=3),
        CampaignRule(Kind.WEEKDAY, month=2, nth=5, weekday=1),
        CampaignRule(Kind.WEEKDAY, month=2, nth=2, weekday=7),
        CampaignRule(Kind.WEEKDAY, month=2, nth=2, weekday=1, to_nth=1),
        CampaignRule(Kind.WEEKDAY, month=2, nth=LAST, weekday=1, to_nth=1),
        CampaignRule(Kind.WEEK, month=2, nth=0),
        CampaignRule(Kind.MONTH),
        CampaignRule(Kind.MONTH, month=2, to_month=0),
        CampaignRule(Kind.TERM, school_days=0),
        CampaignRule(Kind.UNKNOWN, months=(10, 5)),
        CampaignRule(Kind.UNKNOWN, months=(13,)),
    ],
)
def test_what_never_comes_is_no_rule(rule: CampaignRule) -> None:
    with pytest.raises(Refusal, match=r"pattern\.bad_rule"):
        checked(rule)


def test_what_comes_often_without_saying_when_says_nothing() -> None:
    assert CampaignRule(Kind.OFTEN).words == ""


def test_what_never_comes_in_a_year_is_left_out() -> None:
    fourth = CampaignRule(Kind.WEEK, month=2, nth=4)
    years = [one.first.year for one in dated(fourth, TODAY, School())]
    assert 2027 in years
    assert 2028 not in years


@pytest.mark.parametrize(
    ("fields", "key"),
    [
        ({}, "meeting.choose_repeat"),
        ({"repeat": "days", "month": "3"}, "meeting.bad_number"),
        ({"repeat": "days", "month": "3", "from_day": "1", "to_day": "x"}, "meeting.bad_number"),
        ({"repeat": "daily"}, "day.unreadable"),
        ({"repeat": "weekly", "day": "2026-12-01", "every": "0"}, "meeting.bad_number"),
        ({"repeat": "week", "month": "4", "nth": "0"}, "pattern.bad_rule"),
    ],
)
def test_a_form_that_means_no_rule_is_refused(fields: dict[str, str], key: str) -> None:
    with pytest.raises(Refusal) as refused:
        from_fields(fields)
    assert refused.value.key == key


def test_a_rule_without_fields_of_its_own_stays_where_that_is_offered() -> None:
    several = replace(WEEKLY, rrule="FREQ=WEEKLY;BYDAY=MO,TH")
    fields = fields_of(several)
    assert from_fields(fields, several) == several
    with pytest.raises(Refusal, match=r"meeting\.choose_repeat"):
        from_fields(fields)
    seldom = replace(EACH_DAY, rrule=f"{EACH_DAY.rrule};INTERVAL=2")
    assert from_fields(fields_of(seldom), seldom) == seldom


def test_the_end_of_a_series_of_meetings_is_no_field_of_this_form() -> None:
    weekly = {"repeat": "weekly", "day": "2026-12-01", "every": "2", "ends": "count"}
    assert from_fields(weekly).words == "every 2 weeks on Tuesday"


def test_without_a_last_day_it_is_one_day_and_without_its_month_in_the_same() -> None:
    fields = {"repeat": "days", "month": "3", "from_day": "1", "to_month": "5"}
    assert from_fields(fields).words == "every year on 1 March"
    same = fields | {"to_day": "8", "to_month": ""}
    assert from_fields(same).words == "every year from 1 March to 8 March"


def test_everything_that_the_form_offers_is_a_rule() -> None:
    full = {"every": "1", "nth": "2", "weekday": "1", "month": "3", "from_day": "4", "school_days": "10"}
    full |= {"day": "2026-12-01"}
    assert all(from_fields(full | {"repeat": repeat}).words for repeat in REPEAT_LABELS)


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2027-03-18", "2027-03-18", "18 March 2027"),
        ("2027-05-09", "2027-05-15", "9 to 15 May 2027"),
        ("2026-11-25", "2026-12-10", "25 November to 10 December 2026"),
        ("2026-12-01", "2027-02-28", "1 December 2026 to 28 February 2027"),
    ],
)
def test_days_in_words(first: str, last: str, words: str) -> None:
    assert span_words(date.fromisoformat(first), date.fromisoformat(last)) == words
    assert Occurrence("x", date.fromisoformat(first), date.fromisoformat(last)).words == words


MONTHS = st.integers(1, 12)
NTHS = st.sampled_from((1, 2, 3, 4, LAST))


def _rule(kind: Kind, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[CampaignRule]:
    return st.builds(CampaignRule, st.just(kind), **fields)


def _good(rule: CampaignRule) -> bool:
    try:
        return bool(checked(rule))
    except Refusal:
        return False


DAYS = st.integers(1, 31)
RULES = st.one_of(
    _rule(Kind.DAYS, month=MONTHS, day=DAYS),
    _rule(Kind.DAYS, month=MONTHS, day=DAYS, to_month=MONTHS, to_day=DAYS),
    _rule(Kind.WEEKDAY, month=MONTHS, nth=NTHS, weekday=st.integers(0, 6), to_nth=st.none() | NTHS),
    _rule(Kind.WEEK, month=MONTHS, nth=NTHS),
    _rule(Kind.MONTH, month=MONTHS, to_month=st.none() | MONTHS),
    _rule(Kind.TERM, school_days=st.integers(1, 40)),
    _rule(Kind.SUMMER),
    _rule(Kind.UNKNOWN, months=st.sets(MONTHS).map(lambda found: tuple(sorted(found)))),
    _rule(
        Kind.OFTEN,
        rrule=st.sampled_from(
            ("FREQ=WEEKLY;BYDAY=SU", "FREQ=MONTHLY;BYMONTHDAY=31", "FREQ=MONTHLY;BYDAY=-1FR")
        ),
        start=st.dates(date(2026, 1, 1), date(2030, 1, 1)),
    ),
).filter(_good)
SINCE = st.dates(date(2025, 1, 1), date(2032, 12, 31))


@settings(deadline=None)
@given(RULES, SINCE)
def test_whatever_the_rule_its_dates_come_in_order_each_under_a_name_of_its_own(
    rule: CampaignRule, since: date
) -> None:
    found = list(islice(coming(rule, since, SCHOOL), 12))
    assert all(since <= one.last and one.first <= one.last for one in found)
    assert all(one.first < other.first for one, other in pairwise(found))
    assert len({one.key for one in found}) == len(found)


@settings(deadline=None)
@given(RULES, SINCE, st.integers(0, 400))
def test_whenever_one_asks_a_date_has_the_same_name_and_the_same_days(
    rule: CampaignRule, since: date, later: int
) -> None:
    early = {one.key: one for one in islice(coming(rule, since, SCHOOL), 500)}
    for one in islice(coming(rule, since + timedelta(days=later), SCHOOL), 3):
        assert early.get(one.key, one) == one


@settings(deadline=None)
@given(RULES)
def test_a_row_and_a_form_hold_a_rule_as_it_is(rule: CampaignRule) -> None:
    assert unpacked(packed(rule)) == rule
    if rule.kind is not Kind.OFTEN:
        assert from_fields(fields_of(rule)) == rule


@settings(deadline=None)
@given(MONTHS, NTHS, SINCE)
def test_a_full_week_is_monday_to_sunday_in_one_month(month: int, nth: int, since: date) -> None:
    for one in dated(CampaignRule(Kind.WEEK, month=month, nth=nth), since, School()):
        assert one.first.weekday() == 0
        assert one.last - one.first == WEEK - timedelta(days=1)
        assert one.first.month == one.last.month == month
        before = one.first - WEEK
        if nth == 1:
            assert before.month != month
        if nth == LAST:
            assert (one.last + WEEK).month != month
