from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from store.domain import agenda, agenda_form
from store.domain.agenda import AgendaItem, AgendaState, Step
from store.domain.agenda_form import AGENDA_QUESTION, LOOKS_LIKE_REPORT, REPORT_IT, SEND, SEND_AS, WORDS
from store.domain.errors import Refusal
from store.domain.meeting import Meeting, MeetingFacts, MeetingKind, MeetingState
from tests.support.triage_factory import PROFILE

STARTS = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)
FACTS = MeetingFacts("Ramsgate", "ramsgate", MeetingKind.ONLINE, timedelta(hours=2))
BY_STAFF = {
    ("waiting", "listed"),
    ("waiting", "merged"),
    ("waiting", "declined"),
    ("listed", "merged"),
    ("listed", "declined"),
    ("merged", "listed"),
    ("declined", "listed"),
}
BY_WHOEVER_ASKED = {("waiting", "withdrawn"), ("waiting", "reported"), ("declined", "reported")}


def test_a_question_goes_where_staff_or_whoever_asked_may_let_it_go() -> None:
    for state, to in product(AgendaState, repeat=2):
        allowed = (state.value, to.value) in BY_STAFF | BY_WHOEVER_ASKED
        assert agenda.may(state, to) is allowed, (state, to)
        if not allowed:
            with pytest.raises(Refusal, match=r"agenda\.cannot_move"):
                agenda.check_may(state, to)
    agenda.check_may(AgendaState.WAITING, AgendaState.LISTED)


@pytest.mark.parametrize(
    ("state", "before", "is_open"),
    [
        (MeetingState.PUBLISHED, timedelta(minutes=1), True),
        (MeetingState.PUBLISHED, timedelta(), False),
        (MeetingState.CANCELLED, timedelta(days=1), False),
        (MeetingState.DRAFT, timedelta(days=1), False),
    ],
)
def test_questions_are_sent_ahead_of_a_meeting_that_takes_place(
    state: MeetingState, before: timedelta, is_open: bool
) -> None:
    meeting = Meeting("id", "M-1", state, STARTS, FACTS, 1)
    assert agenda.open_for_questions(meeting, STARTS - before) is is_open


def test_words_are_kept_where_they_say_something_and_are_no_book() -> None:
    assert agenda.checked_question("  Why is the lamp out?\u202e ") == "Why is the lamp out?"
    assert len(agenda.checked_answer("a" * 2_000)) == 2_000
    with pytest.raises(Refusal, match=r"agenda\.no_words"):
        agenda.checked_question("  ?! ")
    with pytest.raises(Refusal, match=r"agenda\.too_long"):
        agenda.checked_question("a" * 1_001)


def test_one_person_does_not_fill_the_agenda() -> None:
    agenda.check_room(4)
    with pytest.raises(Refusal, match=r"agenda\.enough"):
        agenda.check_room(5)


@pytest.mark.parametrize(
    ("item", "step", "order"),
    [("b", Step.UP, "bac"), ("b", Step.DOWN, "acb"), ("a", Step.UP, "abc"), ("c", Step.DOWN, "abc")],
)
def test_an_item_goes_a_step_up_or_down_and_not_beyond_the_ends(item: str, step: Step, order: str) -> None:
    assert agenda.swapped("abc", item, step) == tuple(order)


def test_a_question_is_called_by_the_words_that_everybody_reads() -> None:
    item = AgendaItem("id", AgendaState.WAITING, "Czemu?", "pl", STARTS, 1)
    assert item.said == "Czemu?"
    assert AgendaItem("id", AgendaState.LISTED, "Czemu?", "pl", STARTS, 1, "Why?").said == "Why?"


def test_the_form_offers_first_what_the_words_look_like() -> None:
    answers = {"reference": "M-1", "title": "Ramsgate"}
    words, sends_as = AGENDA_QUESTION.questions(PROFILE, answers)
    assert (words.code, sends_as.code) == (WORDS, SEND_AS)
    assert [one.code for one in sends_as.options] == [SEND, REPORT_IT]
    told = AGENDA_QUESTION.questions(PROFILE, answers | {LOOKS_LIKE_REPORT: True})[1]
    assert [one.code for one in told.options] == [REPORT_IT, SEND]
    assert told.prompt != sends_as.prompt
    assert agenda_form.AGENDA_QUESTION.code == "agenda_question"
