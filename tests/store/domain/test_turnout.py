from __future__ import annotations

import pytest

from store.domain.errors import Refusal
from store.domain.meeting import WORDS_MAX_CHARACTERS, MeetingState
from store.domain.turnout import MOST_CAME, Turnout, change, checked, may_be_told


def test_so_many_came_as_were_there_and_online() -> None:
    assert checked(Turnout(18, 6, " The council ")) == Turnout(18, 6, "The council")
    assert Turnout(18, 6).came == 24
    assert checked(Turnout(0, MOST_CAME)) == Turnout(0, MOST_CAME)


@pytest.mark.parametrize(
    ("told", "key"),
    [
        (Turnout(-1, 0), "bad_number"),
        (Turnout(0, MOST_CAME + 1), "bad_number"),
        (Turnout(0, 0, "x" * (WORDS_MAX_CHARACTERS + 1)), "too_long"),
    ],
)
def test_what_cannot_be_is_refused(told: Turnout, key: str) -> None:
    with pytest.raises(Refusal, match=key):
        checked(told)


def test_it_is_written_down_of_a_published_meeting_once_it_has_begun() -> None:
    assert may_be_told(MeetingState.PUBLISHED, begun=True)
    assert not may_be_told(MeetingState.PUBLISHED, begun=False)
    assert not any(may_be_told(state, begun=True) for state in (MeetingState.DRAFT, MeetingState.CANCELLED))


def test_a_correction_says_before_and_after() -> None:
    assert change(None, Turnout(18, 6)) == "In person: none → 18; Online: none → 6"
    assert change(Turnout(18, 6), Turnout(19, 6, "Fire")) == "In person: 18 → 19; Partners: none → Fire"
