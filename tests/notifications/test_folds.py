from __future__ import annotations

from notifications.folds import message_text
from store.domain.delivery import units
from store.domain.safety_text import FOLD, UNFOLD


def test_text_without_a_fold_has_nothing_marked() -> None:
    assert message_text("Hello") == {"text": "Hello"}


def test_what_is_folded_is_a_quotation_that_opens_at_a_tap() -> None:
    said = message_text(f"🆘 Dzwoń 999\n{FOLD}Call 999{UNFOLD}\n\nDalej")
    assert said["text"] == "🆘 Dzwoń 999\nCall 999\n\nDalej"
    assert said["entities"] == [
        {"type": "expandable_blockquote", "offset": units("🆘 Dzwoń 999\n"), "length": 8}
    ]


def test_two_folds_are_two_quotations() -> None:
    said = message_text(f"a{FOLD}one{UNFOLD}b{FOLD}two{UNFOLD}")
    assert said["text"] == "aonebtwo"
    assert [(mark["offset"], mark["length"]) for mark in said["entities"]] == [(1, 3), (5, 3)]


def test_a_fold_that_a_long_text_cuts_in_two_is_folded_on_both_sides() -> None:
    first, second = f"a{FOLD}one", f"two{UNFOLD}b"
    assert message_text(first)["entities"] == [{"type": "expandable_blockquote", "offset": 1, "length": 3}]
    assert message_text(second) == {
        "text": "twob",
        "entities": [{"type": "expandable_blockquote", "offset": 0, "length": 3}],
    }


def test_an_empty_fold_is_no_quotation() -> None:
    assert message_text(f"a{FOLD}{UNFOLD}") == {"text": "a", "entities": []}
