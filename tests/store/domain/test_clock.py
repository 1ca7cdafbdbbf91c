from __future__ import annotations

from datetime import UTC, datetime, timedelta

from store.domain.clock import FixedClock, SystemClock


def test_a_fixed_clock_stands_still_until_it_is_moved() -> None:
    clock = FixedClock(datetime(2026, 11, 23, 12, tzinfo=UTC))
    assert clock.now() == clock.now()
    clock.advance(timedelta(hours=2))
    assert clock.now() == datetime(2026, 11, 23, 14, tzinfo=UTC)


def test_the_machines_clock_is_aware_and_in_utc() -> None:
    assert SystemClock().now().tzinfo is UTC
