from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from store.domain.priority import suggest_priority
from store.domain.reference import Priority, PriorityRule
from tests.store.domain.small_profile import a_category

NEEDLE = PriorityRule("needle", "yes", Priority.P1)
CANS = PriorityRule("needle", "no", Priority.P4)
CHILDREN = PriorityRule("children", "yes", Priority.P2)
LITTER = a_category(NEEDLE, CANS, CHILDREN, priority=Priority.P3)


def test_without_a_matching_answer_the_category_decides() -> None:
    assert suggest_priority(LITTER, {}, danger=False) is Priority.P3
    assert suggest_priority(LITTER, {"needle": "perhaps", "other": "yes"}, danger=False) is Priority.P3


def test_a_matching_answer_raises_or_lowers() -> None:
    assert suggest_priority(LITTER, {"needle": "yes"}, danger=False) is Priority.P1
    assert suggest_priority(LITTER, {"needle": "no"}, danger=False) is Priority.P4


def test_the_most_urgent_of_several_answers_wins() -> None:
    assert suggest_priority(LITTER, {"needle": "no", "children": "yes"}, danger=False) is Priority.P2


@given(st.dictionaries(st.sampled_from(["needle", "children"]), st.sampled_from(["yes", "no"])))
def test_danger_is_always_first(extra: dict[str, str]) -> None:
    assert suggest_priority(LITTER, extra, danger=True) is Priority.P1
