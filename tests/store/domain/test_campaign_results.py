from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from store.domain.campaign_results import Results, rate
from store.domain.delivery import DeliveryState

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
S = timedelta(seconds=1)
SOME = {DeliveryState.SENT: 3, DeliveryState.QUEUED: 2, DeliveryState.HELD: 1}


def test_results_say_how_many_have_come_to_an_end() -> None:
    results = Results(SOME)
    assert (results.told, results.ended, results.of(DeliveryState.FAILED)) == (6, 3, 0)


def test_time_left_is_known_while_something_goes_out() -> None:
    assert Results(SOME, per_second=0.5).time_left == 4 * S
    assert Results(SOME, per_second=0.5, later=1).time_left == 2 * S
    assert Results(SOME, per_second=0.5, later=2).time_left is None
    assert Results(SOME).time_left is None
    assert Results({DeliveryState.SENT: 3}, per_second=2.0).time_left is None


@pytest.mark.parametrize(
    ("counts", "took", "over", "after", "due"),
    [
        (SOME, 0 * S, False, 4 * S, False),
        (SOME, 0 * S, False, 5 * S, True),
        (SOME, 1 * S, False, 19 * S, False),
        (SOME, 1 * S, False, 20 * S, True),
        (SOME, 0 * S, True, 5 * S, True),
        ({DeliveryState.SENT: 6}, 0 * S, True, 500 * S, False),
        ({DeliveryState.SENT: 6}, 0 * S, False, 5 * S, True),
    ],
)
def test_it_is_counted_every_so_often_and_the_more_seldom_the_longer_it_takes(
    counts: dict[DeliveryState, int], took: timedelta, over: bool, after: timedelta, due: bool
) -> None:
    known = Results(counts, counted_at=NOON, took=took)
    assert known.is_due(NOON + after, over=over) is due
    assert Results(counts).is_due(NOON, over=True)


def test_the_rate_is_what_came_to_an_end_since_the_last_time() -> None:
    before = Results(SOME, counted_at=NOON)
    assert rate(before, 13, NOON + 5 * S) == 2.0
    assert rate(before, 1, NOON + 5 * S) == 0.0
    assert rate(before, 13, NOON) == 0.0
    assert rate(Results(), 13, NOON) == 0.0
