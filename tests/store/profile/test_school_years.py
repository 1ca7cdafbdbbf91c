"""School years of a profile: they may be left out, and what is wrong with one is named."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from store.domain.school import School
from store.profile.load import load
from store.profile.spot import ProfileError
from tests.store.profile.small import write_profile

YEAR = """
[[school_years]]
code = "2026-27"
source = "a letter"
terms = [{ first = 2026-09-01, last = 2026-10-23 }, { first = 2026-11-02, last = 2026-12-18 }]
"""


def test_a_profile_may_have_school_years(tmp_path: Path) -> None:
    assert load(write_profile(tmp_path)).school_years == ()
    (tmp_path / "school_years.toml").write_text(YEAR, "utf-8")
    (found,) = load(tmp_path).school_years
    assert (found.code, found.proposal, found.terms[1].last) == ("2026-27", False, date(2026, 12, 18))


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (YEAR * 2, "'2026-27' is used twice"),
        (YEAR.replace("2026-12-18", "2026-11-01"), "2026-11-02 to 2026-11-01 does not follow"),
        (YEAR.replace("2026-11-02", "2026-10-23"), "2026-10-23 to 2026-12-18 does not follow"),
        (YEAR.partition("terms")[0] + "terms = []", "2026-27: terms: is empty"),
    ],
)
def test_what_is_wrong_with_a_school_year_is_named(tmp_path: Path, wrong: str, message: str) -> None:
    write_profile(tmp_path)
    (tmp_path / "school_years.toml").write_text(wrong, "utf-8")
    with pytest.raises(ProfileError, match=re.escape(message)):
        load(tmp_path)


def test_thanets_school_years_are_as_long_as_school_years_are_and_say_where_they_are_from() -> None:
    thanet = load("thanet")
    assert [year.code for year in thanet.school_years] == ["2025-26", "2026-27", "2027-28"]
    assert [year.code for year in thanet.school_years if year.proposal] == ["2027-28"]
    holidays = set(thanet.bank_holidays)
    for year in thanet.school_years:
        assert len(year.terms) == 6
        assert year.source
        days = [day for term in year.terms for day in term.days]
        open_days = [day for day in days if day.weekday() < 5 and day not in holidays]
        # Pupils are there for 190 days and teachers for 195; an odd day is a training day more.
        assert 194 <= len(open_days) <= 200, (year.code, len(open_days))
        for term in year.terms:
            assert term.first.weekday() < 5
            assert term.first not in holidays
            assert term.last not in holidays
        for term, following in pairwise(year.terms):
            assert 9 <= (following.first - term.last).days <= 18
    summers = dict(School(thanet.school_years, holidays).summers())
    assert summers["2026-27.summer"].first == date(2027, 7, 22)
