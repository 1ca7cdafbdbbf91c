from __future__ import annotations

import pytest

from store.domain.draft import Draft
from store.domain.told import HOLDING, TOLD, set_aside, told_in, waiting_in

ADD = Draft("add", "text", 3, {"reference": "K7M-4XQ-9PC"})


@pytest.mark.parametrize("form", sorted(TOLD))
def test_what_is_told_waits_inside_a_small_form_and_comes_back(form: str) -> None:
    told = Draft(form, "which", 7, {"parts": {"1": "Ünten"}}, {"1": "what"})
    small = Draft("add", "text", 9, {**ADD.answers, **set_aside(told)})
    assert waiting_in(small) == Draft(form, "which", 10, told.answers, told.sources)
    assert told_in(small) == waiting_in(small)
    assert told_in(told) is told


def test_a_small_form_over_another_hands_on_what_waits() -> None:
    small = Draft("add", "text", 9, {**ADD.answers, **set_aside(Draft("report", "where"))})
    assert set_aside(small) == {"waiting": small.answers["waiting"]}


def test_nothing_told_leaves_nothing_waiting() -> None:
    assert set_aside(None) == set_aside(ADD) == {}
    assert told_in(None) is waiting_in(ADD) is told_in(ADD) is None


def test_forms_that_hold_words_are_told_too() -> None:
    assert HOLDING < TOLD
