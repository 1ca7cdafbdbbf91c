from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from handlers.web import labels
from store.domain.reference import HomeOfficeType, Restriction
from store.domain.report import Identity, Source
from store.domain.report_form import HOW_OFTEN, STILL_GOING, WHEN
from store.domain.staff import Role
from tests.support.triage_factory import PROFILE

AT = datetime(2026, 7, 1, 20, 5, tzinfo=UTC)


def test_times_are_those_of_londons_clocks() -> None:
    assert labels.when(AT) == "1 July 2026, 9:05pm"
    assert labels.when(datetime(2026, 12, 24, 0, 0, tzinfo=UTC)) == "24 December 2026, 12am"
    assert labels.short_day(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)) == "Thu 2 Jul"


def test_how_long_something_took_is_said_in_the_unit_people_use() -> None:
    said = [labels.took(milliseconds) for milliseconds in (999, 1_000, 119_999, 120_000)]
    assert said == ["took less than a second", "took 1 s", "took 119 s", "took 2 min"]


@pytest.mark.parametrize(
    ("gone", "said"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=1), "1 minute ago"),
        (timedelta(minutes=119), "1 hour ago"),
        (timedelta(hours=49), "2 days ago"),
    ],
)
def test_an_age_is_said_in_its_largest_unit(gone: timedelta, said: str) -> None:
    assert labels.age(AT, AT + gone) == said


@pytest.mark.parametrize(
    ("size", "said"), [(None, ""), (1, "1 KB"), (204_800, "200 KB"), (3_355_443, "3.2 MB")]
)
def test_sizes_are_in_units_that_people_use(size: int | None, said: str) -> None:
    assert labels.file_size(size) == said


def test_a_code_that_is_no_longer_there_is_shown_as_it_is() -> None:
    assert labels.category(PROFILE, "gone.away") == "gone.away"
    assert labels.ward(PROFILE, "gone") == "gone"
    assert labels.area(PROFILE, None) == ""
    assert labels.record_type(PROFILE, "asb") == "asb"


def test_everything_with_a_code_has_a_label() -> None:
    assert set(labels.IDENTITIES) == set(Identity)
    assert set(labels.SOURCES) == set(Source)
    assert set(labels.RESTRICTIONS) == set(Restriction)
    assert set(labels.HOME_OFFICE_TYPES) == set(HomeOfficeType)
    assert set(labels.ROLES) == set(Role)
    assert set(labels.OCCURRED) == set(WHEN)
    assert set(labels.STILL_GOING) == set(STILL_GOING)
    assert set(labels.HOW_OFTEN) == set(HOW_OFTEN)
