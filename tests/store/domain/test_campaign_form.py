"""The questions of a campaign in chat, and what their answers say."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from store.domain.campaign import CampaignFacts
from store.domain.campaign_form import CAMPAIGN, LABELS, answers_of, checked_answer, facts_of
from store.domain.errors import Refusal
from store.domain.reference import LANGUAGES
from store.domain.subscription import Topic
from tests.support.triage_factory import PROFILE

AT = datetime(2026, 12, 2, 10, tzinfo=UTC)
AREA, WARD = PROFILE.areas[0].code, PROFILE.wards[0].code
FACTS = CampaignFacts(
    "Sheds",
    Topic.SURVEYS,
    {"en": "Lock it.", "pl": "Zamknij."},
    frozenset({AREA, WARD}),
    link="https://example.org",
    send_at=AT + timedelta(days=1),
)


@pytest.mark.parametrize("facts", [FACTS, CampaignFacts("Bikes", Topic.CAMPAIGNS, {"en": "Mark it."})])
def test_answers_say_what_the_campaign_says(facts: CampaignFacts) -> None:
    assert facts_of(answers_of(facts)) == facts


def test_what_is_not_asked_stays_as_it_was() -> None:
    before = CampaignFacts(
        "Old", Topic.CAMPAIGNS, {"en": "Old."}, languages=frozenset({"pl"}), good_for=timedelta(days=3)
    )
    after = facts_of(answers_of(FACTS), before)
    assert (after.title, after.languages, after.good_for) == ("Sheds", frozenset({"pl"}), timedelta(days=3))


def test_every_language_is_asked_for_and_every_answer_can_be_changed() -> None:
    asked = CAMPAIGN.questions(PROFILE, {})
    codes = [question.code for question in asked]
    assert [code for code in codes if code.startswith("text_")] == [f"text_{code}" for code in LANGUAGES]
    assert codes == [*LABELS, "review"]


def test_places_that_a_campaign_has_are_on_offer_beside_the_areas() -> None:
    where = next(q for q in CAMPAIGN.questions(PROFILE, answers_of(FACTS)) if q.code == "where")
    assert [option.code for option in where.options][-1] == WARD


def test_places_that_the_profile_has_no_more_are_on_offer_while_they_are_chosen() -> None:
    [where] = [q for q in CAMPAIGN.questions(PROFILE, {"where": ["atlantis"]}) if q.code == "where"]
    assert where.options[-1].code == "atlantis"
    [where] = [q for q in CAMPAIGN.questions(PROFILE, {"where": ["everywhere"]}) if q.code == "where"]
    assert [option.code for option in where.options].count("everywhere") == 1


@pytest.mark.parametrize(
    ("code", "answer", "why"),
    [
        ("text_pl", "{name}", "campaign.bad_placeholder"),
        ("link", "example.org", "campaign.bad_link"),
        ("when", {"words": "soon"}, "campaign.time_unreadable"),
        ("when", {"words": "2 December 2026 9am"}, "campaign.in_past"),
    ],
)
def test_what_cannot_be_is_refused_at_once(code: str, answer: object, why: str) -> None:
    with pytest.raises(Refusal) as refused:
        checked_answer(code, answer, PROFILE.district, AT)
    assert refused.value.key == why


def test_other_answers_are_kept_as_they_are_and_a_time_as_an_instant() -> None:
    for code, answer in (("text_pl", None), ("link", None), ("title", "x"), ("when", "now")):
        assert checked_answer(code, answer, PROFILE.district, AT) == answer
    assert checked_answer("text_en", "Ask {email}", PROFILE.district, AT) == "Ask {email}"
    assert checked_answer("link", "https://a.b", PROFILE.district, AT) == "https://a.b"
    kept = checked_answer("when", {"words": "2 December 11am"}, PROFILE.district, AT)
    assert datetime.fromisoformat(kept) == datetime(2026, 12, 2, 11, tzinfo=UTC)
