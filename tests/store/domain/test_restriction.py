from __future__ import annotations

from itertools import product

import pytest

from store.domain.errors import NotAllowed, Refusal
from store.domain.reference import Restriction
from store.domain.restriction import (
    check_may_restrict,
    check_may_restrict_inside,
    kinds_for,
    may_restrict,
    told_change,
)
from store.domain.staff import Role, Staff
from store.domain.triage import strictest

CHILD, HATE, SOURCE, THREAT = Restriction
KINDS = (None, *Restriction)


def somebody(*grants: Restriction, role: Role = Role.OFFICER) -> Staff:
    return Staff("s1", "Cleo", role, grants=frozenset(grants))


@pytest.mark.parametrize("kind", Restriction)
def test_whoever_may_open_an_open_record_restricts_it_to_any_kind(kind: Restriction) -> None:
    for role in (Role.OFFICER, Role.SUPERVISOR):
        assert may_restrict(somebody(role=role), None, kind)


@pytest.mark.parametrize(("present", "wanted"), list(product(Restriction, KINDS)))
def test_nobody_changes_what_is_not_open_to_them(present: Restriction, wanted: Restriction | None) -> None:
    others = frozenset(Restriction) - {present}
    assert not may_restrict(somebody(*others), present, wanted)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.OFFICER, Role.SUPERVISOR}))
def test_nobody_restricts_who_does_not_work_records(role: Role) -> None:
    changes = product(KINDS, KINDS)
    assert not any(may_restrict(somebody(*Restriction, role=role), *change) for change in changes)


@pytest.mark.parametrize(("present", "wanted"), list(product(Restriction, Restriction)))
def test_with_the_grant_of_one_kind_it_becomes_stricter_and_with_both_anything(
    present: Restriction, wanted: Restriction
) -> None:
    stricter = strictest(present, wanted) is wanted
    assert may_restrict(somebody(present), present, wanted) is stricter
    assert may_restrict(somebody(present, wanted), present, wanted)


@pytest.mark.parametrize("kind", Restriction)
def test_the_granted_lift_it(kind: Restriction) -> None:
    assert may_restrict(somebody(kind), kind, None)


def test_what_may_not_be_done_is_refused() -> None:
    check_may_restrict(somebody(), None, HATE)
    with pytest.raises(NotAllowed, match=r"record\.not_granted"):
        check_may_restrict(somebody(CHILD), CHILD, HATE)


@pytest.mark.parametrize(
    ("present", "wanted", "of_case"),
    [
        *product(KINDS, KINDS, [None]),
        *((present, CHILD, HATE) for present in KINDS),
        (CHILD, HATE, HATE),
        (CHILD, SOURCE, HATE),
        (THREAT, HATE, CHILD),
    ],
)
def test_in_a_restricted_case_a_report_goes_under_its_kind_or_a_stricter_one_than_before(
    present: Restriction | None, wanted: Restriction | None, of_case: Restriction | None
) -> None:
    check_may_restrict_inside(present, wanted, of_case)


@pytest.mark.parametrize(
    ("present", "wanted", "of_case"),
    [*((kind, None, HATE) for kind in Restriction), (HATE, THREAT, HATE), (CHILD, THREAT, HATE)],
)
def test_in_a_restricted_case_a_report_opens_no_wider_than_the_case(
    present: Restriction | None, wanted: Restriction | None, of_case: Restriction | None
) -> None:
    with pytest.raises(Refusal, match=r"report\.in_restricted_case"):
        check_may_restrict_inside(present, wanted, of_case)


@pytest.mark.parametrize(
    ("grants", "present", "kinds"),
    [
        ((), None, (CHILD, HATE, SOURCE, THREAT)),
        ((HATE,), HATE, (CHILD, HATE, SOURCE)),
        ((CHILD,), CHILD, (CHILD,)),
        ((CHILD, THREAT), CHILD, (CHILD, THREAT)),
        ((), HATE, ()),
    ],
)
def test_the_kinds_on_offer_are_those_that_may_be_chosen(
    grants: tuple[Restriction, ...], present: Restriction | None, kinds: tuple[Restriction, ...]
) -> None:
    assert kinds_for(somebody(*grants), present) == kinds


def test_a_change_is_told_in_plain_words() -> None:
    assert told_change(None, THREAT) == "not restricted → staff threat"
    assert told_change(HATE, None) == "hate → not restricted"
