from __future__ import annotations

from datetime import date, datetime

import pytest

from store.domain.clock import LONDON
from store.domain.digest import OfficerDigest, day_due

HOLIDAYS = (date(2026, 12, 25), date(2026, 12, 28))


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (datetime(2026, 11, 23, 8, 14), False),
        (datetime(2026, 11, 23, 8, 15), True),
        (datetime(2026, 6, 1, 8, 15), True),
        (datetime(2026, 11, 23, 11, 59), True),
        (datetime(2026, 11, 23, 12, 0), False),
        (datetime(2026, 11, 22, 9, 0), False),
        (datetime(2026, 12, 28, 9, 0), False),
    ],
)
def test_a_digest_is_due_in_the_morning_of_working_days(at: datetime, due: bool) -> None:
    assert day_due(at.replace(tzinfo=LONDON), HOLIDAYS) == (at.date() if due else None)


def test_there_is_something_to_say_as_soon_as_one_number_is_not_zero() -> None:
    assert OfficerDigest("cleo", 900).is_empty
    assert not OfficerDigest("cleo", 900, reviews=1).is_empty
