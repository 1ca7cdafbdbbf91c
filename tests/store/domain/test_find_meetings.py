from __future__ import annotations

from store.domain.find_meetings import FIND
from tests.store.domain.small_profile import SMALL


def test_one_may_choose_an_area_or_all_and_ones_own_places_after_subscribing() -> None:
    [question] = FIND.questions(SMALL, {"mine": False})
    assert [option.code for option in question.options] == ["margate", "ramsgate", "all"]
    [question] = FIND.questions(SMALL, {"mine": True})
    assert [option.code for option in question.options] == ["mine", "margate", "ramsgate", "all"]
