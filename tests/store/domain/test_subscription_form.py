from __future__ import annotations

from datetime import time
from typing import Any

import pytest

from store.domain import questions as engine
from store.domain.draft import Draft
from store.domain.questions import Kind
from store.domain.subscription import Frequency, QuietHours, Subscription, Topic
from store.domain.subscription_form import (
    CHANGE,
    EVERYWHERE,
    NOTHING_YET,
    SETTINGS,
    SUBSCRIBE,
    hours_shown,
    place_names,
    places_named,
    to_change,
    wished,
)
from tests.store.domain.small_profile import SMALL

WARD = SMALL.wards[0]
HAD = Subscription(frozenset({Topic.URGENT, Topic.MEETINGS}), frozenset({"ramsgate", WARD.code}))


def asked(answers: dict[str, Any]) -> list[str]:
    return [question.code for question in SUBSCRIBE.questions(SMALL, answers)]


def test_the_first_time_everything_is_asked_and_shown_again() -> None:
    assert asked({}) == ["topics", "where", "often", "review"]


def test_the_whole_the_areas_and_the_wards_that_were_named_can_be_ticked() -> None:
    where = SUBSCRIBE.questions(SMALL, {"wards": [WARD.code, "gone"]})[1]
    assert [option.code for option in where.options] == [EVERYWHERE, "margate", "ramsgate", WARD.code]
    assert [option.alone for option in where.options] == [True, False, False, False]


@pytest.mark.parametrize("setting", SETTINGS)
def test_later_the_one_question_is_asked_that_is_to_change(setting: str) -> None:
    answers = to_change(SMALL, HAD, setting)
    question = engine.first(CHANGE, SMALL, answers)
    assert question.code == setting
    assert question.options
    draft = Draft(CHANGE.code, setting, 1, answers)
    chosen = {"topics": {"urgent", "meetings"}, "where": set(HAD.places)}
    assert set(engine.ticked(draft, setting)) == chosen.get(setting, set())
    if question.kind is Kind.TICKS:
        assert wished(HAD, {setting: engine.all_ticked(draft, question)}) == HAD


def test_everywhere_is_ticked_where_no_place_was_chosen() -> None:
    answers = to_change(SMALL, Subscription(HAD.topics), "where")
    assert (answers["ticked"]["where"], answers["wards"]) == ([EVERYWHERE], [])


def test_what_was_answered_takes_the_place_of_what_there_was() -> None:
    first = {"topics": ["surveys"], "where": [EVERYWHERE], "often": "weekly"}
    assert wished(NOTHING_YET, first) == Subscription(frozenset({Topic.SURVEYS}), frequency=Frequency.WEEKLY)
    assert wished(HAD, {"quiet": "20-9"}).quiet == QuietHours(time(20), time(9))
    never = wished(HAD, {"quiet": "never"})
    assert never.quiet.start == never.quiet.end
    assert (never.topics, never.places) == (HAD.topics, HAD.places)


def test_places_are_named_areas_first_and_quiet_hours_shown_in_digits() -> None:
    assert places_named(SMALL, [WARD.code, "margate", "gone"]) == [
        ("margate", "Margate"),
        (WARD.code, WARD.name),
    ]
    assert hours_shown(QuietHours()) == "21:00 – 08:00"


def test_places_are_named_areas_first_and_what_is_gone_says_so() -> None:
    gone = "atlantis (no longer in the profile)"
    assert place_names(SMALL, {"atlantis", WARD.code, "ramsgate"}) == ["Ramsgate", WARD.name, gone]
