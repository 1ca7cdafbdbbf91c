"""An instant is kept and read as the instant it is, in whatever zone it was said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import literal, select
from sqlalchemy.exc import StatementError
from sqlalchemy.orm import Session

from store.domain.clock import LONDON
from store.engine import Store
from store.tables.base import UtcDateTime

TWICE = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON)
"""London's clocks show it in two hours."""


def back(session: Session, instant: datetime) -> datetime | None:
    return session.scalar(select(literal(instant, UtcDateTime())))


async def test_both_hours_that_the_clocks_repeat_are_kept_apart(store: Store) -> None:
    first, last = TWICE.replace(fold=0), TWICE.replace(fold=1)
    kept = [await store.read(back, one) for one in (first, last, first, last)]
    assert kept == [datetime(2026, 10, 25, hour, 30, tzinfo=UTC) for hour in (0, 1, 0, 1)]


async def test_the_same_instant_in_two_zones_is_one(store: Store) -> None:
    noon = datetime(2026, 7, 1, 12, tzinfo=UTC)
    for one in (noon, noon.astimezone(timezone(timedelta(hours=5))), noon.astimezone(LONDON), noon):
        assert await store.read(back, one) == noon


async def test_a_time_without_a_zone_is_refused_each_time(store: Store) -> None:
    for _ in range(2):
        with pytest.raises(StatementError, match="a naive datetime is no instant"):
            await store.read(back, datetime(2026, 7, 1, 12))
