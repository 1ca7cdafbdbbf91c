"""The questions when a campaign comes again: what is on offer, what is kept of an answer, and said back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from store.domain import questions as engine
from store.domain.campaign_again_form import (
    ABOUT,
    AT,
    CAMPAIGN_AGAIN,
    CONFIRM,
    EXAMPLES,
    NEXT,
    PATTERN_AGAIN,
    RULE,
    SURE,
    opening,
    opening_of,
    plan_with,
    settled,
)
from store.domain.campaign_form import CHANGED
from store.domain.campaign_pattern import Plan
from store.domain.campaign_rule import CampaignRule, Kind, Occurrence, packed
from store.domain.draft import Draft
from store.domain.errors import Refusal
from store.domain.questions import Form
from store.domain.recurrence import LAST
from tests.support.campaign_patterns import MAY, TUESDAYS, plan
from tests.support.campaigns import facts
from tests.support.triage_factory import PROFILE

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
SAID = {ABOUT: "“Sheds”"}
DECEMBER = Occurrence("x", date(2026, 12, 1), date(2026, 12, 1))


def labels(form: Form, answers: Mapping[str, Any]) -> list[str]:
    asked = engine.first(form, PROFILE, answers)
    return [str(option.label["en"]) for option in asked.options if isinstance(option.label, Mapping)]


def prompt(form: Form, answers: Mapping[str, Any]) -> str:
    return str(engine.first(form, PROFILE, answers).prompt)


def answered(draft: Draft, answer: Any, form: Form = CAMPAIGN_AGAIN) -> Draft:
    """Answer the question at hand, as chat does."""
    code = draft.step
    given = engine.settle(form, PROFILE, draft, code, answer)
    return settled(form, given, code, PROFILE, lambda rule, _at: [DECEMBER] if rule.has_dates else [])


def begun(form: Form = CAMPAIGN_AGAIN, **answers: Any) -> Draft:
    return Draft(form.code, RULE, 1, (answers or opening(facts(), MONDAY)) | SAID)


def test_what_is_on_offer_begins_on_the_day_of_the_draft_at_its_hour() -> None:
    december = datetime(2026, 12, 29, 18, 30, tzinfo=UTC)
    answers = opening(facts(send_at=december), MONDAY) | SAID
    assert labels(CAMPAIGN_AGAIN, answers) == [
        "Every week on Tuesday",
        "Every month on the last Tuesday",
        "Every year on 29 December",
        "On days that a person confirms",
        "When something happens: it has no date",
    ]
    drawn = answered(answered(begun(**answers), "0"), "0")
    kept = plan_with(facts(), drawn.answers)
    weekly = CampaignRule(Kind.OFTEN, rrule="FREQ=WEEKLY;BYDAY=TU", start=december.date())
    assert (kept.rule, kept.at) == (weekly, time(18, 30))


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_understood_as_it_stands(example: str) -> None:
    assert answered(begun(), {"words": example}).step == AT


def test_a_draft_whose_time_is_past_or_none_begins_today_at_nine() -> None:
    for send_at in (None, datetime(2026, 11, 2, 18, tzinfo=UTC)):
        answers = opening(facts(send_at=send_at), MONDAY) | SAID
        assert labels(CAMPAIGN_AGAIN, answers)[1] == "Every month on the fourth Monday"
        assert labels(CAMPAIGN_AGAIN, answers | {RULE: packed(TUESDAYS), NEXT: []}) == ["At 09:00"]


def test_words_are_kept_as_a_rule_an_hour_and_said_back_with_the_next_days() -> None:
    draft = answered(begun(), {"words": "every Tuesday"})
    assert draft.step == AT
    draft = answered(draft, {"words": "6pm"})
    assert (draft.step, draft.answers[AT]) == (SURE, "18:00")
    sure = answered(draft, "certain")
    assert sure.step == CONFIRM
    said = prompt(CAMPAIGN_AGAIN, sure.answers)
    assert "So it comes again: every week on Tuesday. It goes out at 18:00." in said
    assert "Its next days: 1 December 2026." in said
    assert "This draft is cancelled" in said
    assert labels(CAMPAIGN_AGAIN, sure.answers) == ["Yes, make it recurring"]
    unsure = answered(draft, "unsure")
    assert "A person confirms them each time." in prompt(CAMPAIGN_AGAIN, unsure.answers)
    assert [plan_with(facts(), one.answers).sure for one in (sure, unsure)] == [True, False]


@pytest.mark.parametrize(
    ("said", "ahead"),
    [
        ("the first 10 school days of each term", "A person confirms them each time."),
        ("when something happens", "No day of it is known: a person says when."),
    ],
)
def test_of_a_guess_and_of_what_has_no_days_it_is_not_asked_whether_they_are_certain(
    said: str, ahead: str
) -> None:
    draft = answered(answered(begun(), {"words": said}), "0")
    assert draft.step == CONFIRM
    assert ahead in prompt(CAMPAIGN_AGAIN, draft.answers)


def test_another_rule_asks_anew_how_certain_it_is() -> None:
    draft = answered(answered(answered(begun(), {"words": "every Tuesday"}), "0"), "unsure")
    back = draft.moved(RULE)
    assert answered(back, {"words": "every Friday"}).step == SURE
    assert answered(back, {"words": "date unknown"}).step == CONFIRM


@pytest.mark.parametrize(
    ("steps", "key"),
    [
        ([{"words": "often"}], "pattern.rule_unreadable"),
        ([{"words": "30 February"}], "pattern.bad_rule"),
        (["0", {"words": "in the morning"}], "pattern.time_unreadable"),
        (["0", {"words": "1:30"}], "pattern.bad_hour"),
    ],
)
def test_what_is_not_understood_or_cannot_be_is_refused(steps: list[Any], key: str) -> None:
    draft = begun()
    for step in steps[:-1]:
        draft = answered(draft, step)
    with pytest.raises(Refusal) as refused:
        answered(draft, steps[-1])
    assert refused.value.key == key


def test_one_that_comes_again_may_come_as_it_does_at_another_hour() -> None:
    was = plan(TUESDAYS, at=time(18, 30))
    draft = begun(PATTERN_AGAIN, **opening_of(was, MONDAY))
    assert labels(PATTERN_AGAIN, draft.answers)[0] == "As it is: every week on Tuesday"
    draft = answered(draft, "same", PATTERN_AGAIN)
    assert labels(PATTERN_AGAIN, draft.answers) == ["At 18:30", "At 09:00"]
    draft = answered(answered(draft, "1", PATTERN_AGAIN), "certain", PATTERN_AGAIN)
    assert labels(PATTERN_AGAIN, draft.answers) == ["Yes, let it come so"]
    assert "draft is cancelled" not in prompt(PATTERN_AGAIN, draft.answers)
    assert plan_with(was.facts, draft.answers) == Plan(was.facts, TUESDAYS, time(9))


@pytest.mark.parametrize("sure", [True, False])
def test_how_certain_its_days_are_stays_as_it_is_where_that_is_not_asked(sure: bool) -> None:
    was = plan(MAY, sure=sure)
    draft = answered(begun(PATTERN_AGAIN, **opening_of(was, MONDAY)), "same", PATTERN_AGAIN)
    draft = answered(draft, "0", PATTERN_AGAIN)
    assert draft.step == CONFIRM
    assert plan_with(was.facts, draft.answers, sure=was.sure) == was


def test_what_somebody_else_changed_meanwhile_is_asked_last() -> None:
    draft = answered(answered(answered(begun(), {"words": "every Tuesday"}), "0"), "certain")
    told = {**draft.answers, CONFIRM: "yes", CHANGED: "Sue changed it"}
    assert prompt(CAMPAIGN_AGAIN, told) == "{'en': 'Sue changed it'}"
    assert answered(draft, "yes").answers[CONFIRM] == "yes"


def test_the_last_of_a_month_is_offered_where_it_may_have_no_fifth() -> None:
    answers = opening(facts(send_at=datetime(2026, 12, 31, 9, tzinfo=UTC)), MONDAY) | SAID
    kept = answered(begun(**answers), "1").answers[RULE]
    assert kept["rrule"] == f"FREQ=MONTHLY;BYDAY={LAST}TH"
