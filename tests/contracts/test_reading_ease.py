from __future__ import annotations

import pytest

from tests.contracts.reading_ease import count_syllables, grade
from tests.contracts.wording import forms, messages

HARDEST = 6.0
LONG_ENOUGH = 25  # words: below that the measure says more about one word than about the text


def _sentences() -> dict[str, str]:
    return {
        key: form
        for key, message in messages("en").items()
        if ".words_" not in key
        for form in forms(message)
    }


def test_english_as_a_whole_is_easy_to_read() -> None:
    assert grade("\n".join(_sentences().values())) <= HARDEST


def test_every_long_message_is_easy_to_read() -> None:
    long = {key: text for key, text in _sentences().items() if len(text.split()) >= LONG_ENOUGH}
    assert {key: round(grade(text), 1) for key, text in long.items() if grade(text) > HARDEST} == {}


@pytest.mark.parametrize(
    ("word", "syllables"),
    [
        ("noise", 1),
        ("report", 2),
        ("asked", 1),
        ("wanted", 2),
        ("table", 2),
        ("community", 4),
        ("the", 1),
        ("houses", 2),
    ],
)
def test_syllables_are_counted_as_they_are_said(word: str, syllables: int) -> None:
    assert count_syllables(word) == syllables


def test_a_harder_text_has_a_higher_grade() -> None:
    easy = "Tell us what you saw. We will look at it."
    hard = "Individuals experiencing persistent difficulties should communicate particulars immediately."
    assert grade(easy) < 3
    assert grade(hard) > 12
    assert grade("") == 0
