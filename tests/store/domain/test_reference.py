from __future__ import annotations

from dataclasses import replace

import pytest

from store.domain.reference import SafetyText, words
from store.domain.safety_text import unconfirmed
from tests.store.domain.small_profile import SMALL


def test_words_are_in_the_language_asked_for_or_in_english() -> None:
    text = {"en": "Noise", "pl": "Hałas", "ro": ""}
    assert [words(text, language) for language in ("en", "pl", "ro", "uk")] == [
        "Noise",
        "Hałas",
        "Noise",
        "Noise",
    ]


def test_a_category_is_found_by_its_code_and_by_its_group() -> None:
    category = SMALL.category("noise.domestic")
    assert SMALL.in_group("noise") == (category,)
    assert SMALL.in_group("fire") == ()
    with pytest.raises(KeyError):
        SMALL.category("fire.deliberate")


def test_a_safety_card_is_found_by_its_code() -> None:
    card = SafetyText("emergency", 1, {"en": "Call 999."})
    profile = replace(SMALL, safety_texts=(SafetyText("abuse", 1, {"en": "Help."}), card))
    assert profile.safety("emergency") is card
    with pytest.raises(KeyError):
        SMALL.safety("emergency")


def test_texts_that_no_speaker_has_checked_are_listed_by_language() -> None:
    texts = (SafetyText("emergency", 1, {"en": "Call 999."}, ("en", "pl", "ro")), SafetyText("footer", 1, {}))
    drafted = unconfirmed(replace(SMALL, safety_texts=texts))
    assert drafted == (
        ("pl", ("footer",)),
        ("ro", ("footer",)),
        ("cs", ("emergency", "footer")),
        ("sk", ("emergency", "footer")),
        ("uk", ("emergency", "footer")),
    )
