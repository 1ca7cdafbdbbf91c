"""The plan's year in a profile: it may be left out, and what is wrong with it is named."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from store.profile.load import load
from store.profile.spot import ProfileError
from tests.store.profile.small import write_profile

TASK = """
[[cycle]]
code = "review"
name = "Review"
what = "Look back."
begins = "01-01"
ends = "01-31"
lead_days = 14
"""


def test_a_profile_may_have_a_year(tmp_path: Path) -> None:
    assert load(write_profile(tmp_path)).cycle == ()
    (tmp_path / "cycle.toml").write_text(TASK, "utf-8")
    (found,) = load(tmp_path).cycle
    assert (found.code, found.begins, found.lead_days) == ("review", "01-01", 14)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        (TASK.replace("01-31", "02-29"), "cycle.toml: review: ends: is no day of every year"),
        (TASK.replace("01-01", "January"), "begins: is no day of every year"),
        (TASK.replace("14", "-1"), "lead_days: is not from 0 to 180"),
        (TASK.replace("14", "400"), "lead_days: is not from 0 to 180"),
        (TASK * 2, "'review' is used twice"),
    ],
)
def test_what_is_wrong_with_the_year_is_named(tmp_path: Path, wrong: str, message: str) -> None:
    write_profile(tmp_path)
    (tmp_path / "cycle.toml").write_text(wrong, "utf-8")
    with pytest.raises(ProfileError, match=re.escape(message)):
        load(tmp_path)


def test_thanets_year_is_that_of_its_plan() -> None:
    year = {one.code: (one.begins, one.ends) for one in load("thanet").cycle}
    assert year["data_review"] == year["perception_survey"] == ("01-01", "01-31")
    assert year["plan_refresh"] == ("02-01", "02-28")
    assert year["action_plan"] == ("04-01", "03-31")
    assert len([code for code in year if code.startswith("meetings_")]) == 4
