"""When a campaign comes again, as staff write it: read whole, read back as it is said, and never guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.domain.campaign_rule import CampaignRule, Kind
from store.domain.campaign_rule_words import parse
from store.domain.errors import Refusal
from store.domain.recurrence import LAST, Frequency, Rule
from tests.store.domain.test_campaign_rule import NTHS, RULES

MONDAY = date(2026, 11, 30)


def often(rrule: str, start: date = MONDAY) -> CampaignRule:
    return CampaignRule(Kind.OFTEN, rrule=rrule, start=start)


ACTIVISM = CampaignRule(Kind.DAYS, month=11, day=25, to_month=12, to_day=10)
WHITE_RIBBON = CampaignRule(Kind.DAYS, month=11, day=25)
HATE = CampaignRule(Kind.WEEKDAY, month=10, nth=2, weekday=5, to_nth=3)


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("every day", often("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU")),
        ("Daily.", often("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU")),
        ("every weekday", often("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR")),
        ("every Tuesday", often("FREQ=WEEKLY;BYDAY=TU")),
        ("Tuesdays", often("FREQ=WEEKLY;BYDAY=TU")),
        ("on Thursdays and Mondays", often("FREQ=WEEKLY;BYDAY=MO,TH")),
        ("every Mon, Wed and Fri", often("FREQ=WEEKLY;BYDAY=MO,WE,FR")),
        ("each week on a Tuesday", often("FREQ=WEEKLY;BYDAY=TU")),
        ("weekly on Sat", often("FREQ=WEEKLY;BYDAY=SA")),
        ("on Friday every 2 weeks", often("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR")),
        ("every other week on Fri", often("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR")),
        ("every other Friday", often("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR")),
        ("fortnightly on Fridays", often("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR")),
        ("every three weeks on Friday", often("FREQ=WEEKLY;INTERVAL=3;BYDAY=FR")),
        (
            "every 2 weeks on Friday, starting 4 December 2026",
            often("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", date(2026, 12, 4)),
        ),
        ("every Friday beginning on 4 December", often("FREQ=WEEKLY;BYDAY=FR", date(2026, 12, 4))),
        ("on the 2nd Tuesday of every month", often("FREQ=MONTHLY;BYDAY=2TU")),
        ("every second Tuesday of the month", often("FREQ=MONTHLY;BYDAY=2TU")),
        ("monthly on the last Friday", often("FREQ=MONTHLY;BYDAY=-1FR")),
        ("every 3 months on the last Friday", often("FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR")),
        ("every other month on the first Monday", often("FREQ=MONTHLY;INTERVAL=2;BYDAY=1MO")),
        ("every month on the 5th", often("FREQ=MONTHLY;BYMONTHDAY=5")),
        ("the 2nd of each month", often("FREQ=MONTHLY;BYMONTHDAY=2")),
        ("every month on day 31, where there is one", often("FREQ=MONTHLY;BYMONTHDAY=31")),
        ("on the last day of every month", often("FREQ=MONTHLY;BYMONTHDAY=-1")),
        ("every last day of the month", often("FREQ=MONTHLY;BYMONTHDAY=-1")),
        ("every year on 25 November", WHITE_RIBBON),
        ("25th of November", WHITE_RIBBON),
        ("November 25 every year", WHITE_RIBBON),
        ("yearly on 25 Nov", WHITE_RIBBON),
        ("every year from 25 November to 10 December", ACTIVISM),
        ("25 Nov – 10 Dec", ACTIVISM),
        ("from November 25th until December 10th", ACTIVISM),
        ("25-30 November", replace(ACTIVISM, to_month=11, to_day=30)),
        ("November 25 to 30", replace(ACTIVISM, to_month=11, to_day=30)),
        ("2nd to 3rd Saturday of October", HATE),
        ("the last Monday in May", CampaignRule(Kind.WEEKDAY, month=5, nth=LAST, weekday=0)),
        ("the last full week of June", CampaignRule(Kind.WEEK, month=6, nth=LAST)),
        ("every year in the 1st full week of June", CampaignRule(Kind.WEEK, month=6, nth=1)),
        ("all of June", CampaignRule(Kind.MONTH, month=6)),
        ("the whole of Sept", CampaignRule(Kind.MONTH, month=9)),
        ("June to August", CampaignRule(Kind.MONTH, month=6, to_month=8)),
        ("all of December - February", CampaignRule(Kind.MONTH, month=12, to_month=2)),
        ("the first 10 school days of each term", CampaignRule(Kind.TERM, school_days=10)),
        ("first ten school days of term", CampaignRule(Kind.TERM, school_days=10)),
        ("in the school summer holiday", CampaignRule(Kind.SUMMER)),
        ("during the summer holidays", CampaignRule(Kind.SUMMER)),
        ("date unknown", CampaignRule(Kind.UNKNOWN)),
        ("not known yet", CampaignRule(Kind.UNKNOWN)),
        ("expected in May and in March", CampaignRule(Kind.UNKNOWN, months=(3, 5))),
        ("date unknown, expected in March", CampaignRule(Kind.UNKNOWN, months=(3,))),
        (
            "on days that a person confirms, expected in March and in May",
            CampaignRule(Kind.UNKNOWN, months=(3, 5)),
        ),
        ("when something happens", CampaignRule(Kind.REACTIVE)),
        ("when it is needed", CampaignRule(Kind.REACTIVE)),
    ],
)
def test_words_are_read_as_the_rule_they_mean(said: str, rule: CampaignRule) -> None:
    assert parse(said, MONDAY) == rule


@pytest.mark.parametrize(
    "said",
    [
        "",
        "often",
        "every week",
        "every month",
        "Friday",
        "every second Friday",
        "every 5th month",
        "every first Monday",
        "Monday to Friday",
        "every Tuesday or Thursday",
        "every Tuesday but the last",
        "every Tuesday at 9am",
        "every 2 days",
        "the 5th and the 20th of every month",
        "every 2 years on 5 May",
        "June",
        "25 to 30",
        "25 November 2026",
        "25 November and 10 December",
        "10 to 5 June",
        "10 June to 5",
        "the first week of June",
        "expected",
        "every 2 weeks on Friday, starting someday",
        "every day, starting 0001-01-01",
        "every day, starting 31 December 9999",
        "every Friday starting 4 to 5 December",
        "all of June, starting 1 June",
        "every Tuesday, 4 times",
    ],
)
def test_what_may_mean_something_else_or_more_is_not_guessed(said: str) -> None:
    assert parse(said, MONDAY) is None


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("every year on 30 February", "pattern.bad_rule"),
        ("third to second Saturday of October", "pattern.bad_rule"),
        ("the first 41 school days of each term", "pattern.bad_rule"),
        ("every month on the 40th", "meeting.bad_rule"),
        ("every 0 weeks on Friday", "meeting.bad_rule"),
        ("every 53 weeks on Friday", "meeting.bad_rule"),
    ],
)
def test_what_can_never_come_is_refused(said: str, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse(said, MONDAY)
    assert refused.value.key == key


INTERVALS = st.integers(1, 52)
WEEKLY = st.builds(
    lambda every, days: Rule(Frequency.WEEKLY, every, tuple(sorted(days))),
    INTERVALS,
    st.sets(st.integers(0, 6), min_size=1),
)
MONTHLY = st.one_of(
    st.builds(
        lambda every, nth, day: Rule(Frequency.MONTHLY, every, (day,), nth),
        INTERVALS,
        NTHS,
        st.integers(0, 6),
    ),
    st.builds(
        lambda every, day: Rule(Frequency.MONTHLY, every, day=day),
        INTERVALS,
        st.integers(1, 31) | st.just(LAST),
    ),
)
OFTEN = st.builds(
    lambda rule, start: often(rule.text, start),
    WEEKLY | MONTHLY,
    st.dates(date(2026, 1, 1), date(2030, 1, 1)),
)


@settings(deadline=None)
@given(RULES | OFTEN | st.just(CampaignRule(Kind.REACTIVE)))
def test_what_a_rule_says_of_itself_is_read_back_as_that_rule(rule: CampaignRule) -> None:
    assert parse(rule.words, rule.start or MONDAY) == rule
    assert parse(rule.words.upper(), rule.start or MONDAY) == rule


SCRAPS = st.lists(
    st.sampled_from(("every", "the", "2", "2nd", "first", "full", "week", "month", "May", "to"))
)


@settings(deadline=None)
@given(st.text(max_size=60) | SCRAPS.map(" ".join))
def test_whatever_is_written_is_a_rule_that_says_so_or_none(said: str) -> None:
    try:
        found = parse(said, MONDAY)
    except Refusal:
        return
    if found is not None:
        assert parse(found.words, found.start or MONDAY) == found
