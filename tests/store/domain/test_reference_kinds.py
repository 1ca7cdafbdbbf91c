from __future__ import annotations

from datetime import date

import pytest

from store.domain.reference import Area, Priority, Target
from store.domain.reference_kinds import KINDS, code_of, plain


def test_an_entry_is_named_by_its_code_its_name_or_its_priority() -> None:
    assert code_of(Area("margate", "Margate")) == "margate"
    assert code_of(Target(Priority.P1, 1, 5)) == "P1"
    with pytest.raises(TypeError):
        code_of(3)


def test_plain_values_leave_out_what_is_empty() -> None:
    assert plain(Area("m", "M")) == {"code": "m", "name": "M"}
    assert plain((date(2026, 1, 2), None)) == ["2026-01-02", None]


def test_every_kind_is_a_field_of_the_profile() -> None:
    assert {"categories", "wards", "safety_texts"} <= set(KINDS)
