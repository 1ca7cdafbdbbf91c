from __future__ import annotations

from itertools import product

import pytest

from store.domain.actor import Actor, ActorKind, Channel
from store.domain.errors import Refusal
from store.domain.reference import Restriction
from store.domain.staff import (
    By,
    Role,
    Staff,
    check_password,
    may_approve_campaigns,
    may_export_campaigns,
    may_manage_people,
    may_open,
    may_oversee,
    may_read_audit,
    may_see_numbers,
    may_work_reports,
)

WORKERS = {Role.OFFICER, Role.SUPERVISOR}
ALL_GRANTS = frozenset(Restriction)


def somebody(role: Role, grants: frozenset[Restriction] = frozenset(), *, disabled: bool = False) -> Staff:
    return Staff("s1", "Cleo", role, grants=grants, disabled=disabled)


@pytest.mark.parametrize("role", Role)
def test_only_officers_and_supervisors_work_and_open_records(role: Role) -> None:
    assert may_work_reports(somebody(role)) == (role in WORKERS)
    assert may_open(somebody(role), None) == (role in WORKERS)


@pytest.mark.parametrize(("role", "restriction"), list(product(Role, Restriction)))
def test_no_role_alone_opens_a_restricted_record(role: Role, restriction: Restriction) -> None:
    assert not may_open(somebody(role), restriction)


@pytest.mark.parametrize(("role", "restriction"), list(product(Role, Restriction)))
def test_a_grant_opens_its_own_kind_to_those_who_work_records(role: Role, restriction: Restriction) -> None:
    granted = somebody(role, frozenset({restriction}))
    others = somebody(role, ALL_GRANTS - {restriction})
    assert may_open(granted, restriction) == (role in WORKERS)
    assert not may_open(others, restriction)


@pytest.mark.parametrize("role", Role)
def test_a_disabled_person_may_nothing(role: Role) -> None:
    gone = somebody(role, ALL_GRANTS, disabled=True)
    rights = (
        may_work_reports,
        may_oversee,
        may_approve_campaigns,
        may_export_campaigns,
        may_manage_people,
        may_read_audit,
        may_see_numbers,
    )
    assert not any(right(gone) for right in rights)
    assert not any(may_open(gone, restriction) for restriction in (None, *Restriction))


def test_each_other_right_belongs_to_its_roles() -> None:
    def holders(right: object) -> set[Role]:
        assert callable(right)
        return {role for role in Role if right(somebody(role))}

    assert holders(may_oversee) == {Role.SUPERVISOR, Role.ADMINISTRATOR}
    assert holders(may_approve_campaigns) == {Role.SUPERVISOR}
    assert holders(may_export_campaigns) == {Role.SUPERVISOR}
    assert holders(may_manage_people) == {Role.ADMINISTRATOR}
    assert holders(may_read_audit) == {Role.DATA_PROTECTION_OFFICER}
    assert holders(may_see_numbers) == WORKERS | {Role.ADMINISTRATOR, Role.ANALYST}


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "password.too_short"),
        ("eleven char", "password.too_short"),
        ("a long text " * 22, "password.too_long"),
        ("aaaaaaaaaaaa", "password.too_simple"),
        (" " * 20, "password.too_simple"),
    ],
)
def test_a_weak_password_is_refused_with_the_reason(text: str, key: str) -> None:
    with pytest.raises(Refusal) as refusal:
        check_password(text)
    assert refusal.value.key == key


def test_three_plain_words_are_a_good_password() -> None:
    check_password("gull pier wave")
    check_password("twelve chars")


def test_who_does_something_is_named_in_events_by_id_only() -> None:
    by = By(Staff("s1", "Cleo", Role.OFFICER, chat_id=77), Channel.WEB)
    assert by.actor == Actor(ActorKind.STAFF, "s1", Channel.WEB)
