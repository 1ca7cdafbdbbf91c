"""A long form rests in the row of its chat beside whatever is open, and comes back whole."""

from __future__ import annotations

from store.domain.aside import joined, parted, rests
from store.domain.draft import Draft

CAMPAIGN = Draft("campaign", "topic", 7, {"title": "Sheds"}, {"5": "title"})
REPORT = Draft("report", "what", 3, {"danger": "no"})


def test_it_rests_alone_and_beside_another_form() -> None:
    alone, beside = joined(None, CAMPAIGN), joined(REPORT, CAMPAIGN)
    assert alone is not None
    assert alone.form == "resting"
    assert parted(alone) == (None, CAMPAIGN)
    assert parted(beside) == (REPORT, CAMPAIGN)


def test_without_one_nothing_is_other_than_it_was() -> None:
    assert parted(joined(REPORT, None)) == (REPORT, None)
    assert parted(joined(None, None)) == (None, None)


def test_only_a_campaign_rests() -> None:
    assert rests(CAMPAIGN)
    assert not rests(REPORT)
    assert not rests(None)
