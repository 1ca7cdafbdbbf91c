from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifications.quiet_hours import next_open, quiet_until
from store.domain.clock import LONDON

INSTANTS = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))


def is_quiet(instant: datetime) -> bool:
    return not 8 <= instant.astimezone(LONDON).hour < 21


@pytest.mark.parametrize(
    ("said", "opens"),
    [
        ("2026-11-23T12:00", "2026-11-23T12:00"),
        ("2026-11-23T20:59", "2026-11-23T20:59"),
        ("2026-11-23T21:00", "2026-11-24T08:00"),
        ("2026-11-24T07:59", "2026-11-24T08:00"),
        ("2026-07-01T20:30", "2026-07-02T07:00"),
        ("2026-03-28T22:00", "2026-03-29T07:00"),
        ("2026-10-24T22:00", "2026-10-25T08:00"),
    ],
)
def test_the_evening_waits_for_eight_in_the_morning_by_londons_clock(said: str, opens: str) -> None:
    at, expected = (datetime.fromisoformat(text).replace(tzinfo=UTC) for text in (said, opens))
    assert next_open(at) == expected
    assert quiet_until(at) == (None if at == expected else expected)


@given(INSTANTS)
def test_nothing_opens_in_quiet_hours_or_later_than_it_must(instant: datetime) -> None:
    opens = next_open(instant)
    assert not is_quiet(opens)
    assert timedelta(0) <= opens - instant <= timedelta(hours=12)
    assert next_open(opens) == opens
    assert (opens == instant) is not is_quiet(instant)
    if opens > instant:
        assert is_quiet(opens - timedelta(seconds=1))


@given(INSTANTS, st.timedeltas(timedelta(0), timedelta(days=2)))
def test_what_comes_later_never_opens_earlier(instant: datetime, later: timedelta) -> None:
    assert next_open(instant) <= next_open(instant + later)
