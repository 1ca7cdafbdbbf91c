from __future__ import annotations

from dataclasses import replace

import pytest

from store.domain.case_facts import (
    LABELS,
    Fact,
    changed_facts,
    check_restricted_enough,
    options,
    told_change,
)
from store.domain.errors import Refusal
from store.domain.reference import Priority, RecordType, Restriction
from tests.store.domain.small_profile import SMALL, a_category

HATE = Restriction.HATE
PROFILE = replace(
    SMALL,
    categories=(a_category(), replace(a_category(), code="street.hate", restriction=HATE)),
    record_types=(RecordType("asb", "Anti-social behaviour"), RecordType("hate", "Hate", HATE)),
)
NOW: dict[Fact, str | None] = {
    Fact.CATEGORY: "noise.domestic",
    Fact.RECORD_TYPE: "asb",
    Fact.HOME_OFFICE_TYPE: "personal",
    Fact.PRIORITY: "P3",
    Fact.WARD: None,
    Fact.AREA: None,
}


def test_every_fact_has_a_label_and_codes_to_choose_from() -> None:
    assert set(LABELS) == set(Fact)
    for fact in Fact:
        assert len(options(PROFILE, fact)) >= 2, fact
    assert options(PROFILE, Fact.HOME_OFFICE_TYPE)["nuisance"] == "Nuisance"
    assert list(options(PROFILE, Fact.PRIORITY)) == list(Priority)


def test_only_what_differs_is_a_change_and_the_area_follows_the_ward() -> None:
    same = {**NOW, Fact.WARD: ""}
    assert changed_facts(PROFILE, NOW, same) == {}
    assert changed_facts(PROFILE, NOW, {Fact.WARD: "eastcliff"}) == {
        Fact.WARD: "eastcliff",
        Fact.AREA: "ramsgate",
    }
    both = {Fact.WARD: "eastcliff", Fact.AREA: "margate"}
    assert changed_facts(PROFILE, NOW, both) == both
    there = {**NOW, Fact.WARD: "eastcliff", Fact.AREA: "ramsgate"}
    assert changed_facts(PROFILE, there, {Fact.WARD: ""}) == {Fact.WARD: None}


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        (Fact.CATEGORY, "street.dragons"),
        (Fact.CATEGORY, ""),
        (Fact.RECORD_TYPE, "x"),
        (Fact.HOME_OFFICE_TYPE, "x"),
        (Fact.PRIORITY, "P5"),
        (Fact.WARD, "atlantis"),
        (Fact.AREA, "atlantis"),
    ],
)
def test_codes_that_nobody_knows_are_refused(fact: Fact, value: str) -> None:
    with pytest.raises(Refusal) as refusal:
        changed_facts(PROFILE, NOW, {fact: value})
    assert (refusal.value.key, refusal.value.values) == ("case.unknown_code", {"what": LABELS[fact]})


@pytest.mark.parametrize("change", [{Fact.CATEGORY: "street.hate"}, {Fact.RECORD_TYPE: "hate"}])
def test_a_kind_that_is_kept_restricted_needs_a_case_that_is(change: dict[Fact, str | None]) -> None:
    with pytest.raises(Refusal) as refusal:
        check_restricted_enough(PROFILE, None, change)
    assert refusal.value.key == "case.must_be_restricted"
    check_restricted_enough(PROFILE, HATE, change)
    check_restricted_enough(PROFILE, Restriction.SAFEGUARDING, change)
    check_restricted_enough(PROFILE, None, {Fact.CATEGORY: "noise.domestic"})


def test_a_change_is_told_in_plain_words() -> None:
    told = told_change(PROFILE, {**NOW, Fact.AREA: "old"}, {Fact.PRIORITY: "P1", Fact.WARD: "eastcliff"})
    assert told == "Priority: P3 → P1; Ward: not known → Eastcliff"
    assert told_change(PROFILE, {**NOW, Fact.AREA: "old"}, {Fact.AREA: None}) == "Area: old → not known"
