"""Meetings as staff look at them: only those who work reports, in few statements however many there are."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from store.domain.errors import NotAllowed
from store.domain.meeting_desk import Wanted, When
from store.domain.staff import Role
from store.queries import meeting_desk
from tests.support.meetings import TUESDAY, a_meeting, a_series, published
from tests.support.triage_factory import Town, counted

DECEMBER = (date(2026, 12, 1), date(2027, 1, 1))
LOOKS: list[tuple[Any, tuple[Any, ...]]] = [
    (meeting_desk.listing, (Wanted(when=When.ALL), 100)),
    (meeting_desk.between, (Wanted(), DECEMBER)),
    (meeting_desk.year, (["margate", "ramsgate"], 2026, 4)),
]


async def test_a_look_costs_one_statement_however_many_meetings_there_are(town: Town) -> None:
    cleo = await town.staff("Cleo")
    await a_series(town, cleo)
    for look, given in LOOKS:
        with counted() as statements:
            await town.read(look, cleo.staff, *given)
        assert len(statements) == 1, look


async def test_one_meeting_of_a_long_series_costs_few_statements(town: Town) -> None:
    cleo = await town.staff("Cleo")
    found = await a_series(town, cleo)
    with counted() as statements:
        await town.read(meeting_desk.page, cleo.staff, found[0].reference)
    assert len(statements) == 6


async def test_only_those_who_work_reports_look(town: Town) -> None:
    cleo, ann = await town.staff("Cleo"), await town.staff("Ann", Role.ANALYST)
    made = await a_meeting(town, cleo)
    for look, given in [*LOOKS, (meeting_desk.page, (made.reference,))]:
        with pytest.raises(NotAllowed):
            await town.read(look, ann.staff, *given)


async def test_a_month_begins_and_ends_at_midnight_in_london(town: Town) -> None:
    cleo = await town.staff("Cleo")
    for at in (
        TUESDAY.replace(month=7, day=1, hour=0, minute=0, year=2027),
        TUESDAY.replace(month=7, year=2027),
    ):
        await published(town, cleo, at)
        await published(town, cleo, at.replace(month=6, day=30, hour=23))
    july = (date(2027, 7, 1), date(2027, 8, 1))
    assert len(await town.read(meeting_desk.between, cleo.staff, Wanted(), july)) == 2
