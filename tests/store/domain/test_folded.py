from __future__ import annotations

import pytest

from store.domain.folded import folded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("St Peter\u2019s", "st. peters"),
        ("Westgate-on-Sea", "WESTGATE  ON SEA"),
        ("Broadstairs", "broadstair"),
        ("Köhler Łódź", "kohler lodz"),
        ("Бірчінгтоні", "БІРЧІНГТОНІ"),
        ("Марґейт", "маргейт"),
    ],
)
def test_spelling_habits_make_no_difference(one: str, other: str) -> None:
    assert folded(one) == folded(other)


def test_what_is_no_plural_keeps_its_s() -> None:
    assert folded("bus to Westwood Cross") == " bus to westwood cross "


def test_nothing_but_signs_folds_to_nothing() -> None:
    assert folded("?! _") == "  "
