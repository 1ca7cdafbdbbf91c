from __future__ import annotations

from dataclasses import replace

import pytest

from store.domain.case_file import PersonFacts, PersonRole, checked_person, checked_task, told_change
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
