from __future__ import annotations

import pytest

from store.domain import reference_number
from store.domain.bulk import MAX_PICKS, Pick, checked_tag, picks_of
from store.domain.errors import Refusal
from store.domain.saved_view import checked_name


def test_what_was_ticked_carries_the_version_that_was_seen() -> None:
    one, two = reference_number.new(), reference_number.new()
    values = [f"{one}:3", f"{two.lower()}:12", f"{one}:3", "nonsense", f"{two}:x", two, "K7M-4XQ-9PX:1"]
    assert picks_of(values) == (Pick(one, 3), Pick(two, 12))


def test_nothing_ticked_and_too_much_ticked_are_refused() -> None:
    with pytest.raises(Refusal, match=r"bulk\.choose_records"):
        picks_of(["nonsense"])
    with pytest.raises(Refusal, match=r"bulk\.too_many"):
        picks_of([f"{reference_number.new()}:1" for _ in range(MAX_PICKS + 1)])


def test_a_tag_is_short_and_in_lower_case() -> None:
    assert checked_tag("  Market   Day ") == "market day"
    with pytest.raises(Refusal, match=r"tag\.needs_words"):
        checked_tag(" ")
    with pytest.raises(Refusal, match=r"tag\.too_long"):
        checked_tag("x" * 33)


def test_a_view_has_a_short_name() -> None:
    assert checked_name("  My   view ") == "My view"
    with pytest.raises(Refusal, match=r"view\.needs_name"):
        checked_name(" ")
    with pytest.raises(Refusal, match=r"view\.name_too_long"):
        checked_name("x" * 61)
