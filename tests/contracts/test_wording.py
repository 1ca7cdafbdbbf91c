from __future__ import annotations

import re

import pytest

from store.domain.reference import LANGUAGES
from tests.contracts.wording import (
    FORMS,
    asked_keys,
    catalogue,
    forms,
    messages,
    other_languages,
    placeholders,
    staff_words,
    used,
)


@pytest.mark.parametrize("language", other_languages())
def test_a_language_has_every_key_that_english_has_and_no_other(language: str) -> None:
    assert set(messages(language)) ^ set(messages("en")) == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_complete_and_nothing_in_it_is_a_guess(language: str) -> None:
    assert [key for key, message in messages(language).items() if not all(forms(message))] == []
    assert [key for key, message in messages(language).items() if message.fuzzy] == []
    assert list(catalogue(language).obsolete) == []


@pytest.mark.parametrize("language", other_languages())
def test_a_translation_is_filled_with_the_same_values(language: str) -> None:
    english = messages("en")
    wrong = {
        key: placeholders(m)
        for key, m in messages(language).items()
        if placeholders(m) != placeholders(english[key])
    }
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_its_own_number_of_plurals(language: str) -> None:
    english = messages("en")
    assert catalogue(language).num_plurals == FORMS[language]
    for key, message in messages(language).items():
        plural = english[key].pluralizable
        assert len(forms(message)) == (FORMS[language] if plural else 1), key


def test_a_key_is_dotted_lower_case() -> None:
    odd = [key for key in messages("en") if not re.fullmatch(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)+", key)]
    assert odd == []


def test_every_key_that_the_program_asks_for_has_words() -> None:
    worded = set(messages("en")) | staff_words()
    assert {key: place for key, place in asked_keys().items() if key not in worded} == {}


def test_every_key_with_words_is_asked_for() -> None:
    assert [key for key in messages("en") if not used(key)] == []
