from __future__ import annotations

import pytest

from store.domain.rounds import Round


def test_what_fails_is_left_out_and_the_first_trouble_is_raised_in_the_end() -> None:
    its = Round()
    its.end()
    for name in ("one", "other"):
        its.at = name
        assert its.leave_out(ValueError(name))
    assert its.failed.keys() == {"one", "other"}
    with pytest.raises(ValueError, match="one"):
        its.end()


def test_trouble_before_anything_was_begun_is_no_fault_of_one_thing() -> None:
    its = Round(at="one")
    its.begin()
    assert not its.leave_out(ValueError())
    assert its.failed == {}
