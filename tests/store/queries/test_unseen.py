"""Restricted records that nobody may open are counted for those who oversee the desk."""

from __future__ import annotations

import pytest

from store.actions import alert, case, staff, triage
from store.actions.restriction import restrict_case, restrict_report
from store.domain.actor import SYSTEM
from store.domain.alert import AlertKind
from store.domain.case import Outcome
from store.domain.reference import Restriction
from store.domain.report import ClosedReason
from store.domain.staff import Role
from store.queries.unseen import unseen
from tests.support.case_file import a_case
from tests.support.triage_factory import Town, counted

HATE, CHILD, THREAT = Restriction.HATE, Restriction.SAFEGUARDING, Restriction.STAFF_THREAT


async def test_what_waits_is_counted_by_kind_until_somebody_is_granted_it(town: Town) -> None:
    sue, ann = await town.staff("Sue", Role.SUPERVISOR), await town.staff("Ann", Role.ADMINISTRATOR)
    cleo = await town.staff("Cleo")
    await town.report(category="street.hate")
    first, second = await town.report(), await town.report()
    await town.write(triage.open_case, cleo, first)
    await town.write(restrict_report, cleo, first, CHILD, "A child lives there")
    await town.write(restrict_case, cleo, await a_case(town, cleo), HATE, "Slurs")
    await town.write(alert.raise_alert, await town.resident(), AlertKind.STAFF_THREAT, "words")
    for by in (sue, ann):
        assert await town.read(unseen, by.staff) == {CHILD: 2, HATE: 3, THREAT: 1}
    hal = await town.staff("Hal", Role.OFFICER, HATE)
    assert await town.read(unseen, sue.staff) == {CHILD: 2, THREAT: 1}
    await town.write(staff.disable, SYSTEM, hal.staff.id)
    await town.write(restrict_report, cleo, second, HATE, "Slurs")
    assert await town.read(unseen, sue.staff) == {CHILD: 2, HATE: 4, THREAT: 1}


async def test_a_grant_of_somebody_who_opens_no_records_does_not_count(town: Town) -> None:
    sue = await town.staff("Sue", Role.SUPERVISOR)
    await town.staff("Ann", Role.ADMINISTRATOR, HATE)
    await town.report(category="street.hate")
    assert await town.read(unseen, sue.staff) == {HATE: 1}


async def test_what_is_over_does_not_wait(town: Town) -> None:
    hal = await town.staff("Hal", Role.SUPERVISOR, *Restriction)
    rejected, reference = await town.report(category="street.hate"), await a_case(town, hal)
    await town.write(triage.reject, hal, rejected, ClosedReason.NOT_ASB, "")
    await town.write(restrict_case, hal, reference, HATE, "Slurs")
    await town.write(case.close, hal, reference, Outcome.RESOLVED, "All is quiet")
    raised = await town.write(alert.raise_alert, await town.resident(), AlertKind.STAFF_THREAT, "words")
    await town.write(alert.finish, hal, raised, "Rang")
    for kind in Restriction:
        await town.write(staff.revoke, SYSTEM, hal.staff.id, kind)
    assert await town.read(unseen, hal.staff) == {}


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.SUPERVISOR, Role.ADMINISTRATOR}))
async def test_others_are_told_nothing_and_cost_nothing(town: Town, role: Role) -> None:
    somebody = await town.staff("Cleo", role)
    await town.report(category="street.hate")
    with counted() as sent:
        assert await town.read(unseen, somebody.staff) == {}
    assert sent == []


async def test_it_costs_one_statement_and_two_where_a_kind_is_nobodys(town: Town) -> None:
    sue = await town.staff("Sue", Role.SUPERVISOR, *Restriction)
    with counted() as sent:
        await town.read(unseen, sue.staff)
    assert len(sent) == 1
    await town.write(staff.revoke, SYSTEM, sue.staff.id, HATE)
    with counted() as sent:
        await town.read(unseen, sue.staff)
    assert len(sent) == 2
