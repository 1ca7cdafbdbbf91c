"""A day and a time to come, as people write them."""

from __future__ import annotations

from datetime import datetime, time

import pytest

from store.domain.clock import LONDON
from store.domain.recurrence import local_of
from store.domain.time_ahead import time_ahead, time_of_day

WEDNESDAY = datetime(2026, 12, 2, 10, 0, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Friday 9am", "2026-12-04T09:00"),
        ("next friday at 9", "2026-12-04T09:00"),
        ("thurs 6.30pm", "2026-12-03T18:30"),
        ("Wednesday 9am", "2026-12-09T09:00"),
        ("wed 11:15", "2026-12-02T11:15"),
        ("5 December 14:30", "2026-12-05T14:30"),
        ("Friday 5th of March 2027, 14:30", "2027-03-05T14:30"),
        ("5.12. at 8", "2026-12-05T08:00"),
        ("2026-12-24", "2026-12-24T09:00"),
        ("2026-12-24T18:00", "2026-12-24T18:00"),
        ("tomorrow at 10", "2026-12-03T10:00"),
        ("Tomorrow", "2026-12-03T09:00"),
        ("tonight 7pm", "2026-12-02T19:00"),
        ("today noon", "2026-12-02T12:00"),
        ("2 December 12am", "2026-12-02T00:00"),
        ("12 pm on Saturday", "2026-12-05T12:00"),
        ("9am", "2026-12-03T09:00"),
        ("11:00 a.m.", "2026-12-02T11:00"),
        ("1 July 9am", "2027-07-01T09:00"),
        ("2 December 2026 8:00", "2026-12-02T08:00"),
    ],
)
def test_a_time_is_read_as_it_is_meant(said: str, meant: str) -> None:
    found = time_ahead(said, WEDNESDAY)
    assert found is not None
    assert local_of(found).isoformat(timespec="minutes") == meant


@pytest.mark.parametrize(
    "said", ["someday", "", "soon", "13pm tomorrow", "25:00", "9:75", "31 February", "at 99", "5"]
)
def test_what_is_no_time_is_none(said: str) -> None:
    assert time_ahead(said, WEDNESDAY) is None


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("9", time(9)),
        ("at 9", time(9)),
        ("09:30", time(9, 30)),
        ("At 6 PM", time(18)),
        ("6.30pm", time(18, 30)),
        ("noon", time(12)),
        ("18", time(18)),
        ("9.30", time(9, 30)),
        ("18.00", time(18)),
        ("6 p.m.", time(18)),
    ],
)
def test_a_time_of_the_day_is_read_alone(said: str, meant: time) -> None:
    assert time_of_day(said) == meant


@pytest.mark.parametrize(
    "said", ["", "morning", "25", "9:75", "13pm", "Friday 9am", "9am or 10am", "9 or 10", "9.3", "25.00"]
)
def test_anything_but_a_time_of_the_day_is_none(said: str) -> None:
    assert time_of_day(said) is None
