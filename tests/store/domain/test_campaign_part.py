"""Each part of a campaign in chat: asked with what it says now, and nothing else changed by its answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from store.domain import questions as engine
from store.domain.campaign import CampaignFacts
from store.domain.campaign_button import CampaignButton
from store.domain.campaign_part import (
    BUTTONS,
    CAMPAIGN_PART,
    GOOD_FOR,
    GROUP,
    LABELS,
    LINK,
    PART,
    PROBLEM,
    PUBLIC,
    READS,
    SPREAD,
    WHEN,
    WHERE,
    changed,
    checked_answer,
    opening,
)
from store.domain.draft import Draft
from store.domain.errors import Refusal
from store.domain.questions import Kind, Question
from store.domain.subscription import Topic
from tests.support.triage_factory import PROFILE

AT = datetime(2026, 12, 2, 10, tzinfo=UTC)
FRIDAY = datetime(2026, 12, 4, 9, tzinfo=UTC)
AREA, WARD = PROFILE.areas[0].code, PROFILE.wards[0].code
NOISE = PROFILE.category("noise.domestic")
FACTS = CampaignFacts(
    "Sheds",
    Topic.SURVEYS,
    {"en": "Lock it. Ask {email}.", "pl": "Zamknij."},
    frozenset({AREA, WARD}),
    frozenset({"en", "pl"}),
    "https://example.org",
    FRIDAY,
    timedelta(days=3),
    4,
    frozenset({CampaignButton.REPORT, CampaignButton.LESS}),
    NOISE.code,
    public=False,
)
BARE = CampaignFacts("Bikes", Topic.CAMPAIGNS, {"en": "Mark it."})


def asked(facts: CampaignFacts, part: str, **answers: Any) -> Question:
    given = opening(facts, part, PROFILE) | answers
    return engine.first(CAMPAIGN_PART, PROFILE, given)


def after(facts: CampaignFacts, part: str, **answers: Any) -> CampaignFacts:
    """Return the facts with these answers, each kept as chat keeps it."""
    kept = {code: checked_answer(code, one, PROFILE.district, AT) for code, one in answers.items()}
    return changed(facts, opening(facts, part, PROFILE) | kept)


@pytest.mark.parametrize("part", LABELS)
def test_every_part_is_asked_in_a_question_of_its_own(part: str) -> None:
    question = asked(FACTS, part)
    assert question.code == part
    assert isinstance(question.prompt, dict)
    assert question.prompt["en"]


@pytest.mark.parametrize(
    ("part", "answers", "then"),
    [
        ("title", {"title": "Bikes"}, {"title": "Bikes"}),
        ("topic", {"topic": "campaigns"}, {"topic": Topic.CAMPAIGNS}),
        ("text_en", {"text_en": "Mark it."}, {"texts": {"en": "Mark it.", "pl": "Zamknij."}}),
        ("text_ro", {"text_ro": "Încuie."}, {"texts": {**FACTS.texts, "ro": "Încuie."}}),
        ("text_pl", {"text_pl": {"words": "Inaczej."}}, {"texts": {**FACTS.texts, "pl": "Inaczej."}}),
        ("text_pl", {"text_pl": "none"}, {"texts": {"en": FACTS.texts["en"]}}),
        (WHERE, {WHERE: [AREA]}, {"places": frozenset({AREA})}),
        (WHERE, {WHERE: ["everywhere"]}, {"places": frozenset()}),
        (READS, {READS: ["uk"]}, {"languages": frozenset({"uk"})}),
        (READS, {READS: ["all"]}, {"languages": frozenset()}),
        (LINK, {LINK: {"words": "https://example.com"}}, {"link": "https://example.com"}),
        (LINK, {LINK: "none"}, {"link": None}),
        (WHEN, {WHEN: "at_once"}, {"send_at": None}),
        (WHEN, {WHEN: {"words": "Thursday 9am"}}, {"send_at": FRIDAY - timedelta(days=1)}),
        (SPREAD, {SPREAD: "8 hours"}, {"spread": 8}),
        (SPREAD, {SPREAD: " 0."}, {"spread": 0}),
        (GOOD_FOR, {GOOD_FOR: "10"}, {"good_for": timedelta(days=10)}),
        (PUBLIC, {PUBLIC: "yes"}, {"public": True}),
        (BUTTONS, {BUTTONS: ["none"]}, {"buttons": frozenset(), "category": None}),
        (
            BUTTONS,
            {BUTTONS: ["meetings", "more"]},
            {"buttons": frozenset({CampaignButton.MEETINGS, CampaignButton.MORE}), "category": None},
        ),
    ],
)
def test_an_answer_changes_its_part_and_nothing_else(
    part: str, answers: dict[str, Any], then: dict[str, Any]
) -> None:
    assert after(FACTS, part, **answers) == replace(FACTS, **then)


@pytest.mark.parametrize(
    ("answers", "category"),
    [
        ({GROUP: "any"}, None),
        ({GROUP: "same"}, NOISE.code),
        ({GROUP: NOISE.group, PROBLEM: NOISE.code}, NOISE.code),
    ],
)
def test_the_button_that_reports_opens_at_any_problem_the_same_or_one_of_a_kind(
    answers: dict[str, str], category: str | None
) -> None:
    made = after(FACTS, BUTTONS, **{BUTTONS: ["report"]}, **answers)
    assert (made.buttons, made.category) == (frozenset({CampaignButton.REPORT}), category)


def test_the_kind_of_problem_is_asked_only_for_the_button_that_reports() -> None:
    draft = Draft(CAMPAIGN_PART.code, BUTTONS, 1, opening(FACTS, BUTTONS, PROFILE))
    without = engine.settle(CAMPAIGN_PART, PROFILE, draft, BUTTONS, ["more"])
    assert engine.complete(CAMPAIGN_PART, PROFILE, without)
    group = asked(FACTS, BUTTONS, **{BUTTONS: ["report"]})
    assert [option.code for option in group.options][:2] == ["same", "any"]
    assert asked(BARE, BUTTONS, **{BUTTONS: ["report"]}).options[0].code == "any"
    kind = asked(FACTS, BUTTONS, **{BUTTONS: ["report"], GROUP: NOISE.group})
    assert NOISE.code in [option.code for option in kind.options]
    assert {one.group for one in PROFILE.categories if kind.option(one.code)} == {NOISE.group}


def test_a_kind_of_problem_that_is_gone_from_the_profile_cannot_stay() -> None:
    gone = replace(FACTS, category="gone.kind")
    assert not asked(gone, BUTTONS, **{BUTTONS: ["report"]}).option("same")


def test_what_it_says_now_is_shown_and_only_what_need_not_be_there_can_be_taken_off() -> None:
    english, polish, romanian = (asked(FACTS, f"text_{code}") for code in ("en", "pl", "ro"))
    assert all(isinstance(one.prompt, dict) for one in (english, polish, romanian))
    shown = [str(one.prompt) for one in (english, polish, romanian)]
    assert "Lock it. Ask {email}." in shown[0]
    assert "Zamknij." in shown[1]
    assert "It says now" not in shown[2]
    assert [one.kind for one in (english, polish, romanian)] == [Kind.WORDS, Kind.CHOICE, Kind.WORDS]
    assert (asked(FACTS, LINK).kind, asked(BARE, LINK).kind) == (Kind.CHOICE, Kind.WORDS)


def test_what_is_chosen_is_ticked() -> None:
    ticked, bare = (opening(facts, WHERE, PROFILE)["ticked"] for facts in (FACTS, BARE))
    assert bare == {WHERE: ["everywhere"], READS: ["all"], BUTTONS: ["none"]}
    assert ticked == {WHERE: sorted([AREA, WARD]), READS: ["en", "pl"], BUTTONS: ["report", "less"]}
    assert opening(BARE, WHERE, PROFILE)["ticked"] == {
        WHERE: ["everywhere"],
        READS: ["all"],
        BUTTONS: ["none"],
    }


def test_places_are_the_areas_and_what_was_chosen_or_named() -> None:
    gone = replace(FACTS, places=frozenset({"atlantis"}))
    codes = [option.code for option in asked(gone, WHERE, wards=[WARD]).options]
    assert codes == ["everywhere", *(area.code for area in PROFILE.areas), WARD, "atlantis"]


@pytest.mark.parametrize(
    ("code", "answer", "key"),
    [
        ("text_en", "Dear {name}", "campaign.bad_placeholder"),
        (LINK, "http://example.org", "campaign.bad_link"),
        (WHEN, {"words": "someday"}, "campaign.time_unreadable"),
        (WHEN, {"words": "1 December 2020"}, "campaign.in_past"),
        (SPREAD, "49", "meeting.bad_number"),
        (SPREAD, "many", "meeting.bad_number"),
        (GOOD_FOR, "0", "meeting.bad_number"),
        (GOOD_FOR, "91 days", "meeting.bad_number"),
    ],
)
def test_a_bad_answer_is_refused(code: str, answer: Any, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        checked_answer(code, answer, PROFILE.district, AT)
    assert refused.value.key == key


def test_what_is_no_part_is_not_asked() -> None:
    with pytest.raises(Refusal) as refused:
        opening(FACTS, "author", PROFILE)
    assert (refused.value.key, PART) == ("form.old_button", "part")
