from __future__ import annotations

import pytest

from store.domain.phone import number_of, numbers_in


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("07700 900123", "07700900123"),
        (" 07700900123 ", "07700900123"),
        ("+44 7700 900123", "07700900123"),
        ("+44 (0) 7700 900123", "07700900123"),
        ("0044-7700-900123", "07700900123"),
        ("(01843) 000000", "01843000000"),
        ("01843 00000", "0184300000"),
        ("999", None),
        ("07700 900123 or 4", None),
        ("+48 123 456 789", None),
        ("ada@example.com", None),
    ],
)
def test_a_number_is_known_however_it_is_written(typed: str, digits: str | None) -> None:
    assert number_of(typed) == digits


def test_numbers_are_found_in_a_text_where_they_stand() -> None:
    text = "Ring 01843 000000 (home) or +44 7700 900123, flat 20, order 1234567890123."
    found = list(numbers_in(text))
    assert [number.digits for number in found] == ["01843000000", "07700900123"]
    assert [text[number.start : number.end] for number in found] == ["01843 000000", "+44 7700 900123"]
