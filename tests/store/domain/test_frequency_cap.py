from __future__ import annotations

from dataclasses import fields
from datetime import UTC, datetime, timedelta

import pytest

from store.domain.frequency_cap import MOST_A_WEEK, WEEK, fits_at, next_morning
from store.domain.reference import District

NOW = datetime(2026, 12, 5, 9, tzinfo=UTC)


def ago(*days: float) -> list[datetime]:
    return [NOW - timedelta(days=one) for one in days]


@pytest.mark.parametrize(
    ("sent", "at"),
    [
        (ago(), NOW),
        (ago(1, 2), NOW),
        (ago(1, 2, 8), NOW),
        (ago(1, 7, 2), NOW),
        (ago(1, 2, 3), NOW - timedelta(days=3) + WEEK),
        (ago(3, 1, 4, 2), NOW - timedelta(days=3) + WEEK),
    ],
)
def test_one_more_fits_when_fewer_than_three_lie_in_the_week_before(
    sent: list[datetime], at: datetime
) -> None:
    assert fits_at(sent, NOW, 3) == at


@pytest.mark.parametrize(("hours", "days"), [(0, 0), (1, 1), (24, 1), (25, 2)])
def test_a_later_digest_is_whole_days_later(hours: int, days: int) -> None:
    assert next_morning(NOW, NOW + timedelta(hours=hours)) == NOW + timedelta(days=days)


def test_a_profile_that_says_nothing_means_the_same_as_none() -> None:
    [said] = [one.default for one in fields(District) if one.name == "campaigns_a_week"]
    assert said == MOST_A_WEEK
