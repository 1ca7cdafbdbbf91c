from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from store.domain.errors import Refusal
from store.domain.recurrence import Rule, parse
from store.domain.recurrence_form import (
    ENDS_LABELS,
    REPEAT_LABELS,
    SAME,
    Ends,
    Repeat,
    fields_of,
    from_fields,
)

FIRST = datetime(2026, 12, 1, 18, 30)
ONCE = {"every": "1", "ends": "never"}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"repeat": "weekly"}, "every week on Tuesday"),
        ({"repeat": "weekly", "every": "2"}, "every 2 weeks on Tuesday"),
        (
            {"repeat": "monthly_weekday", "nth": "3", "weekday": "1"},
            "every month on the third Tuesday",
        ),
        (
            {"repeat": "monthly_weekday", "nth": "2", "weekday": "2", "every": "3"},
            "every 3 months on the second Wednesday",
        ),
        ({"repeat": "monthly_weekday", "nth": "-1", "weekday": "4"}, "every month on the last Friday"),
        ({"repeat": "monthly_day"}, "every month on day 1"),
        ({"repeat": "month_end"}, "every month on the last day of the month"),
        ({"repeat": "yearly"}, "every year on 1 December"),
        ({"repeat": "weekly", "ends": "count", "count": "6"}, "every week on Tuesday, 6 times"),
        (
            {"repeat": "weekly", "ends": "until", "until": "2027-03-01"},
            "every week on Tuesday, until 1 March 2027",
        ),
    ],
)
def test_fields_make_a_rule_and_come_back_from_it(fields: dict[str, str], words: str) -> None:
    rule = from_fields(ONCE | fields, FIRST)
    assert rule.words == words
    assert fields_of(rule, FIRST).items() >= (ONCE | fields).items()
    assert from_fields(fields_of(rule, FIRST), FIRST) == rule


@pytest.mark.parametrize(
    ("key", "fields"),
    [
        ("meeting.choose_repeat", {"repeat": ""}),
        ("meeting.choose_repeat", {"repeat": SAME}),
        ("meeting.bad_number", {"repeat": "weekly", "every": ""}),
        ("meeting.bad_number", {"repeat": "weekly", "every": "60"}),
        ("meeting.bad_number", {"repeat": "monthly_weekday", "nth": "5", "weekday": "1"}),
        ("meeting.bad_number", {"repeat": "monthly_weekday", "nth": "1", "weekday": "7"}),
        ("meeting.bad_number", {"repeat": "weekly", "ends": "count", "count": "many"}),
        ("day.unreadable", {"repeat": "weekly", "ends": "until", "until": "soon"}),
        ("meeting.bad_rule", {"repeat": "monthly_weekday", "nth": "0", "weekday": "1"}),
    ],
)
def test_fields_that_mean_nothing_are_refused(key: str, fields: dict[str, str]) -> None:
    with pytest.raises(Refusal) as refused:
        from_fields(ONCE | fields, FIRST)
    assert refused.value.key == key


@pytest.mark.parametrize(
    "text",
    [
        "FREQ=WEEKLY;BYDAY=MO,TH",
        "FREQ=WEEKLY;BYDAY=WE",
        "FREQ=MONTHLY;BYMONTHDAY=7",
        "FREQ=YEARLY;BYMONTH=5;BYDAY=1MO",
    ],
)
def test_a_rule_without_fields_of_its_own_stays_as_it_is(text: str) -> None:
    rule: Rule = parse(text, FIRST)
    fields: dict[str, Any] = fields_of(rule, FIRST)
    assert fields["repeat"] == SAME
    assert from_fields(fields, FIRST, rule) is rule


def test_each_choice_has_its_words() -> None:
    assert REPEAT_LABELS.keys() == set(Repeat)
    assert ENDS_LABELS.keys() == set(Ends)
