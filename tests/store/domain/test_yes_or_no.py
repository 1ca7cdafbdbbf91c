from __future__ import annotations

import pytest

from store.domain.yes_or_no import yes_or_no

YES = (
    "yes he is",
    "Yeah!",
    "yep",
    "yes please",
    "maybe yes",
    "not sure",
    "idk",
    "I don't know",
    "tak, on tu jest",
    "nie wiem",
    "da e aici",
    "nu știu",
    "ano je tady",
    "jo",
    "áno",
    "ano",
    "так він тут",
    "ага",
    "не знаю",
)
NO = ("no", "nope", "no its ok", "nie", "nu", "ne", "ні", "No, not now")
NEITHER = (
    "",
    "...",
    "loud music",
    "no he has a knife",
    "no one came when we rang you about them",
    "yesterday",
)


@pytest.mark.parametrize("said", YES)
def test_yes_in_any_words_and_a_doubt_are_yes(said: str) -> None:
    assert yes_or_no(said) is True


@pytest.mark.parametrize("said", NO)
def test_a_short_no_is_no(said: str) -> None:
    assert yes_or_no(said) is False


@pytest.mark.parametrize("said", NEITHER)
def test_anything_else_is_neither(said: str) -> None:
    assert yes_or_no(said) is None
