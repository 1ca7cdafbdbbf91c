from __future__ import annotations

import pytest

from store.domain import campaign
from store.domain.campaign_button import CampaignButton, subject_of, tapped
from store.domain.errors import Refusal
from tests.support.campaigns import facts
from tests.support.triage_factory import PROFILE

PARKING = "vehicle.parking"


def test_a_button_is_read_as_it_was_written_and_nothing_else_is() -> None:
    for button in CampaignButton:
        assert tapped(subject_of("0" * 32, button)) == ("0" * 32, button)
    assert tapped("") is None
    assert tapped("abc.dance") is None


def test_a_kind_of_problem_wants_the_button_that_offers_it() -> None:
    with pytest.raises(Refusal, match=r"campaign\.needs_report_button"):
        campaign.checked(facts(category=PARKING), PROFILE.district)
    with_button = facts(category=PARKING, buttons=frozenset({CampaignButton.REPORT}))
    assert campaign.checked(with_button, PROFILE.district).category == PARKING


def test_the_buttons_are_in_the_row_and_older_rows_have_none() -> None:
    known = facts(buttons=frozenset({CampaignButton.LESS, CampaignButton.REPORT}), category=PARKING)
    assert campaign.packed(known)["buttons"] == ["less", "report"]
    assert campaign.unpacked(campaign.packed(known)) == known
    older = {
        name: v
        for name, v in campaign.packed(facts()).items()
        if name not in {"buttons", "category", "public"}
    }
    assert campaign.unpacked(older) == facts()
