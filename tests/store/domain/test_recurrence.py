from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from store.domain.errors import Refusal
from store.domain.recurrence import instant_of, local_of, parse, slot_of

FIRST = datetime(2026, 12, 1, 18, 30)
"""A Tuesday, the first of December."""


@pytest.mark.parametrize(
    ("text", "kept", "words"),
    [
        ("FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=TU", "every week on Tuesday"),
        ("rrule:freq=weekly;interval=1;wkst=su", "FREQ=WEEKLY;BYDAY=TU", "every week on Tuesday"),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH,MO,TH;WKST=MO;",
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
            "every 2 weeks on Monday and Thursday",
        ),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE", None, "every week on Monday, Tuesday and Wednesday"),
        ("FREQ=MONTHLY;BYDAY=3TU", None, "every month on the third Tuesday"),
        ("FREQ=MONTHLY;BYDAY=+3TU", "FREQ=MONTHLY;BYDAY=3TU", "every month on the third Tuesday"),
        (
            "FREQ=MONTHLY;INTERVAL=3;BYDAY=WE;BYSETPOS=2",
            "FREQ=MONTHLY;INTERVAL=3;BYDAY=2WE",
            "every 3 months on the second Wednesday",
        ),
        ("FREQ=MONTHLY;BYDAY=-1FR;COUNT=4", None, "every month on the last Friday, 4 times"),
        ("FREQ=MONTHLY", "FREQ=MONTHLY;BYMONTHDAY=1", "every month on day 1"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", None, "every month on day 31, where there is one"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", None, "every month on the last day of the month"),
        ("FREQ=YEARLY", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1", "every year on 1 December"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", None, "every year on 29 February, where there is one"),
        ("FREQ=YEARLY;BYMONTH=4;BYMONTHDAY=30", None, "every year on 30 April"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", None, "every year on the last day of February"),
        ("FREQ=YEARLY;INTERVAL=2;BYMONTH=5;BYDAY=1MO", None, "every 2 years on the first Monday of May"),
        (
            "FREQ=YEARLY;COUNT=1",
            "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1;COUNT=1",
            "every year on 1 December, once",
        ),
        (
            "FREQ=WEEKLY;UNTIL=20270301",
            "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270301T235959",
            "every week on Tuesday, until 1 March 2027",
        ),
        (
            "FREQ=WEEKLY;UNTIL=20270630T173000Z",
            "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270630T183000",
            "every week on Tuesday, until 30 June 2027",
        ),
        (
            "FREQ=WEEKLY;UNTIL=20270630T173000",
            "FREQ=WEEKLY;BYDAY=TU;UNTIL=20270630T173000",
            "every week on Tuesday, until 30 June 2027",
        ),
    ],
)
def test_a_rule_is_read_completed_and_said_in_english(text: str, kept: str | None, words: str) -> None:
    rule = parse(text, FIRST)
    assert (rule.text, rule.words) == (kept or text, words)
    assert parse(rule.text, FIRST + timedelta(days=9)) == rule


@pytest.mark.parametrize(
    "text",
    [
        "",
        "INTERVAL=2",
        "FREQ=DAILY",
        "FREQ=HOURLY",
        "FREQ=WEEKLY;BYHOUR=9",
        "FREQ=WEEKLY;INTERVAL",
        "FREQ=WEEKLY;INTERVAL=0",
        "FREQ=WEEKLY;INTERVAL=53",
        "FREQ=WEEKLY;INTERVAL=often",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYDAY=1",
        "FREQ=WEEKLY;BYDAY=2TU",
        "FREQ=WEEKLY;BYMONTHDAY=4",
        "FREQ=WEEKLY;BYMONTH=4",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU",
        "FREQ=WEEKLY;COUNT=0",
        "FREQ=WEEKLY;COUNT=4;UNTIL=20270301",
        "FREQ=WEEKLY;UNTIL=tomorrow",
        "FREQ=MONTHLY;BYDAY=TU",
        "FREQ=MONTHLY;BYDAY=1TU,1WE",
        "FREQ=MONTHLY;BYDAY=1TU,2WE",
        "FREQ=MONTHLY;BYDAY=6TU",
        "FREQ=MONTHLY;BYDAY=1TU;BYSETPOS=2",
        "FREQ=MONTHLY;BYSETPOS=2",
        "FREQ=MONTHLY;BYDAY=1TU;BYMONTHDAY=2",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYMONTHDAY=-2",
        "FREQ=MONTHLY;BYMONTHDAY=1,15",
        "FREQ=MONTHLY;BYMONTH=4",
        "FREQ=YEARLY;BYMONTHDAY=4",
        "FREQ=YEARLY;BYDAY=1MO",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    ],
)
def test_a_rule_that_makes_no_sense_here_is_refused(text: str) -> None:
    with pytest.raises(Refusal, match=r"meeting\.bad_rule"):
        parse(text, FIRST)


def test_a_rule_ends_before_a_date_or_on_a_day() -> None:
    rule = parse("FREQ=WEEKLY;COUNT=5", FIRST)
    assert rule.ending_before(FIRST).text == "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261201T182959"
    assert rule.ending_on(date(2026, 12, 8)).text == "FREQ=WEEKLY;BYDAY=TU;UNTIL=20261208T235959"


@pytest.mark.parametrize(
    ("local", "instant"),
    [
        (datetime(2026, 12, 1, 18, 30), datetime(2026, 12, 1, 18, 30)),
        (datetime(2027, 6, 1, 18, 30), datetime(2027, 6, 1, 17, 30)),
        # The clocks skip from one to two: half past one becomes half past two.
        (datetime(2027, 3, 28, 1, 30), datetime(2027, 3, 28, 1, 30)),
        # Half past one comes twice: the first of them.
        (datetime(2027, 10, 31, 1, 30), datetime(2027, 10, 31, 0, 30)),
    ],
)
def test_a_local_time_is_an_instant_whatever_the_clocks_do(local: datetime, instant: datetime) -> None:
    assert instant_of(local) == instant.replace(tzinfo=UTC)


def test_what_the_clocks_show_is_the_name_of_a_date() -> None:
    assert local_of(datetime(2027, 3, 28, 1, 30, tzinfo=UTC)) == datetime(2027, 3, 28, 2, 30)
    assert slot_of(FIRST) == "2026-12-01T18:30"
