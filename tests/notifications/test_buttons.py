from __future__ import annotations

import pytest

from notifications.buttons import (
    MAX_BYTES,
    ButtonTooLongError,
    FormTap,
    OwnTap,
    StaffTap,
    Tap,
    WebLink,
    can_be_opened,
    is_numbered,
    markup,
    numbered,
    read,
)


@pytest.mark.parametrize(
    "tap",
    [FormTap("report", "what", 3, "~b"), OwnTap("mine"), OwnTap("see", "K7M-4XQ-9PC"), StaffTap("take", "x")],
)
def test_a_tap_is_read_as_it_was_written(tap: Tap) -> None:
    assert read(tap.data()) == tap


@pytest.mark.parametrize("data", ["", "x:1:2", "f:report:what:new:1", "o:mine", "s:take", "f:a:b:1"])
def test_data_that_is_not_ours_is_nothing(data: str) -> None:
    assert read(data) is None


def test_a_button_never_carries_more_than_the_messenger_takes() -> None:
    assert len(OwnTap("v", "x" * (MAX_BYTES - 4)).data()) == MAX_BYTES
    with pytest.raises(ButtonTooLongError):
        OwnTap("v", "é" * 31).data()


def test_a_keyboard_is_rows_of_labels_with_data() -> None:
    assert markup([[("Mine", OwnTap("mine"))]]) == {
        "inline_keyboard": [[{"text": "Mine", "callback_data": "o:mine:"}]]
    }


def test_a_button_may_open_a_page_that_everybody_can_reach() -> None:
    assert markup([[("Page", WebLink("https://safety.example/meetings"))]]) == {
        "inline_keyboard": [[{"text": "Page", "url": "https://safety.example/meetings"}]]
    }
    assert can_be_opened("https://safety.example/meetings")
    assert not can_be_opened("http://127.0.0.1:8080/meetings")


def test_a_button_of_one_paragraph_of_several_is_known_by_its_number() -> None:
    assert is_numbered(numbered(2, "Details"))
    assert not is_numbered("Details · 2")
    assert not is_numbered("2. Details")  # an answer of a form
