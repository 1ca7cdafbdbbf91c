from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from store.domain.case_file import (
    PersonFacts,
    PersonRole,
    TaskLine,
    checked_person,
    checked_task,
    told_change,
)
from store.domain.errors import Refusal

BEA = PersonFacts(PersonRole.VICTIM, "Bea")


def test_blanks_around_what_is_written_of_a_person_go() -> None:
    told = PersonFacts(PersonRole.WITNESS, " Bea  B ", " ", " note ", None)
    assert checked_person(told) == PersonFacts(PersonRole.WITNESS, "Bea B", None, "note", None)


@pytest.mark.parametrize(
    ("facts", "key"),
    [
        (replace(BEA, name=" "), "person.needs_name"),
        (replace(BEA, name="x" * 201), "person.too_long"),
        (replace(BEA, contact="x" * 201), "person.too_long"),
        (replace(BEA, note="x" * 2_001), "person.too_long"),
        (replace(BEA, warning="x" * 2_001), "person.too_long"),
    ],
)
def test_too_little_and_too_much_of_a_person_is_refused(facts: PersonFacts, key: str) -> None:
    with pytest.raises(Refusal, match=key):
        checked_person(facts)


def test_a_task_needs_words_and_not_too_many() -> None:
    assert checked_task("  ring \n them ") == "ring them"
    for text, key in ((" ", "task.needs_text"), ("x" * 501, "task.too_long")):
        with pytest.raises(Refusal, match=key):
            checked_task(text)


def test_what_changed_of_a_person_is_told_with_what_was_there_before() -> None:
    after = PersonFacts(PersonRole.WITNESS, "Bea B", "01843 000000", None, "Not at work", under_18=True)
    assert told_change(replace(BEA, note="Deaf"), after) == (
        "Role: Victim → Witness; Name: Bea → Bea B; Phone or address: – → 01843 000000; "
        "Contact warning: – → Not at work; Note: Deaf → –; Under 18: no → yes"
    )
    assert told_change(BEA, BEA) == ""


def test_a_task_is_due_on_its_day_and_after_it() -> None:
    task = TaskLine("id", "Ring the school", "K7M-4XQ-9PC", "noise.domestic", date(2026, 11, 23))
    assert [task.is_due(date(2026, 11, day)) for day in (22, 23, 24)] == [False, True, True]
    assert not replace(task, due_on=None).is_due(date(2026, 11, 23))
