from __future__ import annotations

import pytest

from store.domain.same_person import KEY_MAX_CHARACTERS, Caller, Sameness, name_key, sameness

ADA = Caller("ada marsh", "01843 000000", "eastcliff")


@pytest.mark.parametrize("name", ["Ada Marsh", " ada  MARSH ", "Ad\u00e1 M\u00e4rsh"])
def test_a_name_is_the_same_in_any_case_with_accents_and_doubled_spaces(name: str) -> None:
    assert name_key(name) == "ada marsh"


def test_what_is_no_name_has_no_key_and_a_long_one_fits() -> None:
    assert name_key(None) is name_key(" ?! ") is None
    assert name_key("Adams") != name_key("Adam")
    assert len(name_key("ab" * 500) or "") == KEY_MAX_CHARACTERS


@pytest.mark.parametrize(
    ("other", "how"),
    [
        (Caller("ada marsh", "01843 000000", "harbour"), Sameness.SURE),
        (Caller("ada marsh", "01843 000001", "eastcliff"), None),
        (Caller("ada marsh", None, "eastcliff"), Sameness.BY_NAME),
        (Caller("ada marsh", None, "harbour"), None),
        (Caller("ada marsh", None, None), None),
        (Caller("eve marsh", "01843 000000", "eastcliff"), None),
        (Caller(None, "01843 000000", "eastcliff"), None),
    ],
)
def test_who_is_one_person_with_whom(other: Caller, how: Sameness | None) -> None:
    assert sameness(ADA, other) is how
    assert sameness(other, ADA) is how


def test_an_address_is_the_same_in_any_case_and_nobody_nameless_is_anybody() -> None:
    at = (Caller("ada", "Ada@example.com"), Caller("ada", "ada@Example.com"))
    assert sameness(*at) is Sameness.SURE
    assert sameness(Caller(None, None, "eastcliff"), Caller(None, None, "eastcliff")) is None
