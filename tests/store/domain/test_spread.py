from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from store.domain import spread
from store.domain.clock import LONDON
from store.domain.subscription import QuietHours

MORNING = datetime(2026, 12, 1, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)
STARTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC))
HOURS = st.integers(1, spread.MOST_HOURS)


def test_four_people_over_four_hours_hear_one_an_hour() -> None:
    due = [spread.moment(MORNING, 4, position, 4) for position in range(4)]
    assert due == [MORNING + HOUR * number for number in range(4)]
    assert spread.ends(MORNING, 4) == MORNING + 4 * HOUR


def test_the_night_stands_still() -> None:
    assert spread.ends(MORNING.replace(hour=20), 2) == datetime(2026, 12, 2, 9, tzinfo=UTC)
    assert spread.ends(MORNING.replace(hour=20), 1) == datetime(2026, 12, 2, 8, tzinfo=UTC)
    assert spread.ends(MORNING.replace(hour=3), 1) == MORNING
    assert spread.ends(MORNING, 48) == datetime(2026, 12, 4, 18, tzinfo=UTC)


def test_who_came_since_is_told_at_the_end_and_of_nobody_there_is_no_middle() -> None:
    assert spread.moment(MORNING, 4, 9, 4) == MORNING + 4 * HOUR
    assert spread.moment(MORNING, 4, 3, 0) == MORNING


@settings(deadline=None)
@given(STARTS, HOURS, st.integers(1, 300))
@example(datetime(2026, 10, 22, 12, tzinfo=UTC), 34, 1)  # its last night is the one of 25 hours
def test_they_are_even_in_order_and_never_at_night(begins: datetime, hours: int, people: int) -> None:
    due = [spread.moment(begins, hours, position, people) for position in range(people)]
    assert due[0] == QuietHours().until(begins)
    assert all(one <= other for one, other in pairwise(due))
    assert due[-1] <= spread.ends(begins, hours) <= begins + spread.takes_at_most(hours)
    # Outside quiet hours the gaps are the same, give or take a microsecond.
    for one, other in pairwise(due):
        if one.astimezone(LONDON).date() == other.astimezone(LONDON).date():
            assert abs((other - one) - timedelta(hours=hours) / people) <= timedelta(microseconds=2)
    assert all(8 <= one.astimezone(LONDON).hour < 21 for one in due)
    by_hour = Counter(one.replace(minute=0, second=0, microsecond=0) for one in due)
    assert max(by_hour.values()) <= people / hours + 1


@pytest.mark.parametrize("hours", [1, 12, 13, 26, 48])
def test_how_long_it_takes_counts_the_nights(hours: int) -> None:
    late = MORNING.replace(hour=21)
    assert spread.ends(late, hours) - late <= spread.takes_at_most(hours)
