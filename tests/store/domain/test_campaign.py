from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any

import pytest

from store.domain import campaign
from store.domain.campaign import Campaign, CampaignState
from store.domain.delivery import Lane
from store.domain.errors import Refusal
from store.domain.staff import Role, Staff
from store.domain.subscription import Topic
from tests.support import urgent as urgents
from tests.support.campaigns import LOCKS, facts
from tests.support.triage_factory import PROFILE

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
MOVES = {
    "draft": {"waiting", "cancelled"},
    "waiting": {"approved", "draft", "cancelled"},
    "approved": {"sending", "draft", "cancelled"},
    "sending": {"paused", "sent", "cancelled"},
    "paused": {"sending", "cancelled"},
    "sent": {"sending"},
    "cancelled": set(),
}


def test_a_campaign_goes_only_where_its_state_lets_it() -> None:
    for state, to in product(CampaignState, repeat=2):
        assert campaign.may(state, to) is (to.value in MOVES[state.value]), (state, to)
    campaign.check_may(CampaignState.DRAFT, CampaignState.WAITING)
    with pytest.raises(Refusal, match=r"campaign\.cannot_move"):
        campaign.check_may(CampaignState.SENT, CampaignState.DRAFT)


def test_a_supervisor_who_did_not_write_it_lets_it_go_out() -> None:
    hal = Staff("hal", "Hal", Role.SUPERVISOR)
    campaign.check_approver(hal, "sam")
    with pytest.raises(Refusal, match=r"campaign\.own"):
        campaign.check_approver(hal, "hal")
    with pytest.raises(Refusal, match=r"campaign\.supervisor_only"):
        campaign.check_approver(Staff("sam", "Sam", Role.OFFICER), "hal")


@pytest.mark.parametrize(
    ("other", "key"),
    [
        ({"title": " "}, "campaign.needs_title"),
        ({"title": "a" * 201}, "campaign.too_long"),
        ({"texts": {"pl": "Tak", "en": " "}}, "campaign.needs_text"),
        ({"texts": {"en": "a" * 3_001}}, "campaign.too_long"),
        ({"texts": {"en": "Dear {name}"}}, "campaign.bad_placeholder"),
        ({"topic": Topic.URGENT}, "campaign.bad_topic"),
        ({"link": "http://example.org"}, "campaign.bad_link"),
        ({"link": "https://" + "a" * 500}, "campaign.too_long"),
        ({"good_for": timedelta(days=91)}, "campaign.bad_days"),
        ({"good_for": timedelta()}, "campaign.bad_days"),
        ({"spread": 49}, "campaign.bad_spread"),
        ({"spread": -1}, "campaign.bad_spread"),
        ({"spread": 13, "good_for": timedelta(days=1)}, "campaign.spread_too_long"),
    ],
)
def test_what_no_campaign_can_be_made_of_is_refused(other: dict[str, Any], key: str) -> None:
    with pytest.raises(Refusal) as refused:
        campaign.checked(facts(**other), PROFILE.district)
    assert refused.value.key == key
    assert campaign.checked(facts(spread=12, good_for=timedelta(days=1)), PROFILE.district).spread == 12


def test_everybody_may_read_what_goes_out_and_what_went_out_unless_it_is_kept_off_the_page() -> None:
    open_to_all = {state for state in CampaignState if campaign.shown(state, LOCKS)}
    assert open_to_all == {CampaignState.SENDING, CampaignState.SENT}
    assert not campaign.shown(CampaignState.SENT, facts(public=False))


def test_words_are_kept_without_blanks_and_empty_ones_not_at_all() -> None:
    kept = campaign.checked(
        facts(title=" Sheds ", texts={"en": " Hi ", "pl": " "}, link=""), PROFILE.district
    )
    assert (kept.title, kept.texts, kept.link) == ("Sheds", {"en": "Hi"}, None)
    assert campaign.checked(facts(link="https://example.org"), PROFILE.district).link == "https://example.org"


def test_what_is_good_and_has_begun_can_be_tried_again() -> None:
    for state in CampaignState:
        if state in {CampaignState.SENDING, CampaignState.SENT}:
            campaign.check_retry(state, LOCKS, NOON, NOON)
            with pytest.raises(Refusal, match=r"campaign\.too_late"):
                campaign.check_retry(state, LOCKS, NOON, NOON + LOCKS.good_for)
        else:
            with pytest.raises(Refusal, match=r"campaign\.cannot_move"):
                campaign.check_retry(state, LOCKS, NOON, NOON)
    with pytest.raises(Refusal, match=r"campaign\.cannot_move"):
        campaign.check_retry(CampaignState.SENDING, LOCKS, None, NOON)


def test_placeholders_stand_for_what_the_partnership_is() -> None:
    assert campaign.filled("Ask {email}.", PROFILE.district) == f"Ask {PROFILE.district.email}."


def test_who_reads_a_language_without_words_gets_the_english_ones() -> None:
    assert LOCKS.text("pl") == "Zamknij szopę."
    assert LOCKS.text("ro") == LOCKS.texts["en"]
    assert LOCKS.untranslated == ("ro", "cs", "sk", "uk")
    assert facts(languages=frozenset({"pl", "cs"})).untranslated == ("cs",)


def test_it_is_good_for_a_time_from_when_it_was_to_go_out() -> None:
    day = timedelta(days=1)
    assert campaign.ends_at(facts(good_for=day), NOON) == NOON + day
    assert campaign.ends_at(facts(good_for=day, send_at=NOON - day), NOON) == NOON + day
    assert campaign.ends_at(facts(good_for=day, send_at=NOON + day), NOON) == NOON + 2 * day


@pytest.mark.parametrize(
    "kept", [LOCKS, facts(places=frozenset({"margate"}), languages=frozenset({"pl"}), send_at=NOON)]
)
def test_a_row_holds_it_as_it_is(kept: campaign.CampaignFacts) -> None:
    assert campaign.unpacked(campaign.packed(kept)) == kept


def test_who_approved_it_is_not_known_before() -> None:
    assert Campaign("id", "R", CampaignState.DRAFT, LOCKS, 1, "sam", "Sam").approver is None


def test_an_urgent_alert_is_a_campaign_with_a_lane_and_rules_of_its_own() -> None:
    flood = urgents.facts(danger=True)
    assert (LOCKS.lane, flood.lane) == (Lane.CAMPAIGN, Lane.URGENT)
    assert campaign.checked(flood, PROFILE.district) == flood
    assert campaign.unpacked(campaign.packed(flood)) == flood
    assert campaign.unpacked({k: v for k, v in campaign.packed(LOCKS).items() if k != "urgent"}) == LOCKS
    for other, key in (
        ({"topic": Topic.CAMPAIGNS}, "campaign.bad_topic"),
        ({"good_for": timedelta(hours=73)}, "urgent.bad_hours"),
        ({"texts": {"en": "a" * 601}}, "campaign.too_long"),
    ):
        with pytest.raises(Refusal, match=key):
            campaign.checked(urgents.facts(**other), PROFILE.district)


def test_only_where_both_marked_danger_to_life_does_an_alert_break_the_night() -> None:
    told = {
        (danger, agreed): Campaign(
            "1",
            "R",
            CampaignState.APPROVED,
            urgents.facts(danger=danger),
            1,
            "s",
            "Sam",
            danger_agreed=agreed,
        ).at_any_hour
        for danger, agreed in product((False, True), repeat=2)
    }
    assert [both for both, breaks in told.items() if breaks] == [(True, True)]
    assert not campaign.at_any_hour(LOCKS, danger_agreed=True)


def test_an_alert_is_not_among_what_everybody_may_read() -> None:
    assert campaign.shown(CampaignState.SENT, LOCKS)
    assert not campaign.shown(CampaignState.SENT, urgents.facts())


def test_the_keys_of_all_its_messages_begin_alike() -> None:
    assert campaign.key_of("ab12") == "campaign:ab12:"
