from __future__ import annotations

from datetime import UTC, datetime

import pytest

from store.domain.errors import Refusal
from store.domain.finding import Filter, Kind
from store.domain.page_mark import after, mark


@pytest.mark.parametrize(
    ("states", "values"),
    [
        (("waiting",), ("P2", datetime(2026, 11, 23, 9, 0, 0, 123456, UTC), "abc1")),
        ((), (datetime(1969, 12, 31, tzinfo=UTC).replace(year=2026), "abc1")),
    ],
)
def test_a_mark_gives_back_the_place_it_was_made_of(
    states: tuple[str, ...], values: tuple[object, ...]
) -> None:
    wanted = Filter(Kind.REPORTS, states=states)
    assert after(wanted, mark(values)) == values
    assert after(wanted, "") is None


@pytest.mark.parametrize("text", ["x", "1_", "_a", "a_b_c_d", "P1_5_a", "x5_a", "9" * 17 + "_a", "5_'--"])
def test_a_mark_that_was_not_made_here_is_refused(text: str) -> None:
    with pytest.raises(Refusal):
        after(Filter(Kind.CASES), text)
