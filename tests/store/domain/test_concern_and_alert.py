"""Concerns for somebody's safety, the duty contact's hours, and where messages are led."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from store.domain import questions as engine
from store.domain.alert import on_duty
from store.domain.concern import (
    CHILD,
    CONCERNS,
    concern_of,
    concerns_kept,
    may_ask_pictures,
    may_be_watched,
)
from store.domain.draft import Draft
from store.domain.kept_form import KEPT, LEADS
from store.domain.reference import CardRule, Profile, Restriction
from store.domain.report_form import REPORT, category_of, takes_files, ward_of
from store.domain.safety_text import FOLD, UNFOLD, safety_words
from store.profile.load import load
from tests.store.domain.small_profile import a_category


@pytest.fixture(scope="module")
def thanet() -> Profile:
    return load("thanet")


@pytest.mark.parametrize(
    ("at", "duty"),
    [
        (datetime(2026, 11, 25, 12, tzinfo=UTC), True),
        (datetime(2026, 11, 25, 8, 59, tzinfo=UTC), False),
        (datetime(2026, 11, 25, 17, tzinfo=UTC), False),
        (datetime(2026, 11, 28, 12, tzinfo=UTC), False),
        (datetime(2026, 7, 1, 8, 30, tzinfo=UTC), True),
        (datetime(2026, 12, 25, 12, tzinfo=UTC), False),
    ],
)
def test_the_duty_contact_is_there_in_office_hours(thanet: Profile, at: datetime, duty: bool) -> None:
    assert on_duty(thanet.district, at, [date(2026, 12, 25)]) is duty


def test_whoever_saw_the_abuse_card_is_asked_whether_writing_is_safe(thanet: Profile) -> None:
    assert may_be_watched({"cards": {"domestic_abuse": 1}})
    assert may_be_watched({"offer": "domestic_abuse"})
    assert not may_be_watched({"cards": {"emergency": 1}})
    asked = [q.code for q in REPORT.questions(thanet, {"cards": {"domestic_abuse": 1}})]
    assert "safe_contact" in asked


def test_an_offer_stands_in_for_group_and_category(thanet: Profile) -> None:
    guess = {"guess": ["noise.domestic", "hate_crime"]}
    codes = [q.code for q in REPORT.questions(thanet, guess)]
    assert "offer" in codes
    assert "group" not in codes
    codes = [q.code for q in REPORT.questions(thanet, guess | {"offer": "other"})]
    assert "group" in codes
    chosen = category_of(thanet, guess | {"offer": "noise.domestic"})
    assert chosen is not None
    assert chosen.code == "noise.domestic"
    concern = category_of(thanet, guess | {"offer": "hate_crime"})
    assert concern is not None
    assert concern.code == "other.asb"


@pytest.mark.parametrize(
    ("answers", "asked"),
    [
        ({}, True),
        ({"offer": "child_at_risk"}, False),
        ({"offer": "adult_at_risk"}, True),
        ({"offer": "other", "category": "noise.domestic"}, True),
        ({"offer": "other", "category": "street.sexual"}, False),
        ({"offer": "street.sexual"}, False),
        ({"category": "noise.domestic", "cards": {"child_at_risk": 1}}, False),
        ({"category": "noise.domestic", "cards": {"emergency": 1}}, True),
    ],
)
def test_files_are_asked_for_where_pictures_do_no_harm(
    thanet: Profile, answers: dict[str, object], asked: bool
) -> None:
    assert takes_files(thanet, answers) is asked
    assert ("files" in [q.code for q in REPORT.questions(thanet, answers)]) is asked


@pytest.mark.parametrize("concern", CONCERNS)
def test_only_a_child_at_risk_goes_without_pictures_in_every_category(thanet: Profile, concern: str) -> None:
    assert may_ask_pictures(thanet.category("other.asb"), [concern]) is (concern != CHILD)


@pytest.mark.parametrize(
    ("restriction", "cards", "asked"),
    [
        (None, {}, True),
        (Restriction.HATE, {}, True),
        (Restriction.SAFEGUARDING, {"domestic_abuse": 1}, True),
        (Restriction.SAFEGUARDING, {"domestic_abuse": 1, "child_at_risk": 1}, False),
        (Restriction.SAFEGUARDING, {"emergency": 1}, False),
        (None, {"child_at_risk": 1}, False),
    ],
)
def test_a_record_that_may_be_about_a_child_takes_no_pictures_later(
    restriction: Restriction | None, cards: dict[str, int], asked: bool
) -> None:
    assert may_ask_pictures(None, concerns_kept(restriction, cards)) is asked


def test_the_ward_is_asked_where_it_is_not_clear_and_the_answer_counts(thanet: Profile) -> None:
    first, second = thanet.wards[:2]
    where = {"where": {"ward": first.code, "area": first.area, "wards": [first.code, second.code]}}
    assert "ward" in [q.code for q in REPORT.questions(thanet, where)]
    assert ward_of(thanet, where | {"ward": second.code}) == (second.code, second.area)
    assert ward_of(thanet, where | {"ward": "not_sure"}) == (first.code, first.area)
    assert ward_of(thanet, {}) == (None, None)


def test_a_card_seen_before_is_not_asked_again(thanet: Profile) -> None:
    codes = [q.code for q in REPORT.questions(thanet, {"danger": "yes", "cards": {"emergency": 1}})]
    assert "danger_card" not in codes


@pytest.mark.parametrize("intent", LEADS)
def test_every_lead_can_still_become_a_report(thanet: Profile, intent: str) -> None:
    draft = Draft(KEPT.code, "lead", 1, {"intent": intent, "parts": {"1": "hello"}, "at": 0.0})
    question = engine.current(KEPT, thanet, draft)
    assert question.option("report")


def test_unchecked_words_carry_the_english_beneath(thanet: Profile) -> None:
    said = safety_words(thanet, "emergency")
    assert said["en"] == thanet.safety("emergency").text["en"]
    assert said["pl"].endswith(f"{FOLD}{said['en']}{UNFOLD}")
    checked = tuple(replace(t, confirmed=("en", "pl")) for t in thanet.safety_texts)
    assert safety_words(replace(thanet, safety_texts=checked), "emergency")["pl"] != said["pl"]


def test_what_answers_mean_is_a_concern_like_one_that_was_confirmed() -> None:
    rules = (
        CardRule("motive", "hate", "hate_crime"),
        CardRule("young", "yes", "child_at_risk"),
        CardRule("young", "yes", "modern_slavery"),
        CardRule("fire", "yes", "emergency"),
    )
    category = replace(a_category(), card_rules=rules)
    assert category.cards_for({"young": "yes", "fire": "no"}) == ("child_at_risk", "modern_slavery")
    assert concern_of(category, None, {"motive": "hate"}) == CONCERNS["hate_crime"]
    assert concern_of(category, None, {"motive": "hate", "young": "yes"}) == CONCERNS["child_at_risk"]
    assert concern_of(category, "domestic_abuse", {}) == CONCERNS["domestic_abuse"]
    assert concern_of(category, "other", {"fire": "yes", "motive": None}) is None
