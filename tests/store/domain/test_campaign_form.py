"""The first questions of a campaign in chat, and the draft that their answers make."""

from __future__ import annotations

from store.domain import questions as engine
from store.domain.campaign import CampaignFacts
from store.domain.campaign_form import AGAIN, CAMPAIGN, CHANGED, MINE, ask_again, facts_of
from store.domain.subscription import Topic
from tests.support.triage_factory import PROFILE


def test_name_topic_and_english_words_make_a_campaign() -> None:
    answers = {"title": "Sheds", "topic": "surveys"}
    assert engine.first(CAMPAIGN, PROFILE, answers).code == "text_en"
    made = facts_of({**answers, "text_en": "Lock it."})
    assert made == CampaignFacts("Sheds", Topic.SURVEYS, {"en": "Lock it."})


def test_whether_to_write_it_all_the_same_is_asked_only_once_it_was_changed() -> None:
    assert ask_again({}) == []
    [asked] = ask_again({CHANGED: "Sue changed it: {email}."})
    assert (asked.code, asked.prompt) == (AGAIN, {"en": "Sue changed it: {email}."})
    assert [option.code for option in asked.options] == [MINE]
