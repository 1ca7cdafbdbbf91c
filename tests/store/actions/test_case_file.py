from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from store.actions import case_link, case_person, task, triage
from store.actions.case import open_page
from store.domain.case_file import CaseFile, PersonFacts, PersonRole
from store.domain.errors import Changed, NotAllowed, NotFound, Refusal
from store.domain.event import Action
from store.domain.reference import Restriction
from store.domain.staff import By, Role
from store.queries import case_file, pages
from store.tables.case import CaseRow
from tests.support.triage_factory import Town

VICTIM = PersonFacts(PersonRole.VICTIM, "  Bea  Brown ", "01843 1", "", "Never ring after six", under_18=True)


async def a_case(town: Town, by: By, category: str = "noise.domestic") -> str:
    return (await town.write(triage.open_case, by, await town.report(category=category))).reference


async def file_of(town: Town, by: By, reference: str) -> CaseFile:
    return (await town.write(open_page, by, reference)).file


async def test_a_person_is_added_once_changed_and_taken_off(town: Town) -> None:
    cleo = await town.staff("Cleo")
    reference = await a_case(town, cleo)
    person_id = await town.twice(case_person.add, cleo, reference, VICTIM)
    (person,) = (await file_of(town, cleo, reference)).people
    assert person.facts == PersonFacts(
        PersonRole.VICTIM, "Bea Brown", "01843 1", None, "Never ring after six", under_18=True
    )
    changed = PersonFacts(PersonRole.WITNESS, "Bea Brown")
    await town.write(case_person.change, cleo, reference, person_id, changed)
    assert [one.facts for one in (await file_of(town, cleo, reference)).people] == [changed]
    assert town.last(Action.PERSON_CHANGED)["person_before"]["role"] == "victim"
    await town.twice(case_person.take_off, cleo, reference, person_id)
    assert (await file_of(town, cleo, reference)).people == ()
    assert [await town.how_often(one) for one in (Action.PERSON_ADDED, Action.PERSON_TAKEN_OFF)] == [1, 1]


async def test_a_person_of_another_case_is_not_there(town: Town) -> None:
    cleo = await town.staff("Cleo")
    one, other = await a_case(town, cleo), await a_case(town, cleo)
    person_id = await town.write(case_person.add, cleo, one, VICTIM)
    with pytest.raises(NotFound, match=r"person\.not_found"):
        await town.write(case_person.take_off, cleo, other, person_id)
    with pytest.raises(NotFound, match=r"person\.not_found"):
        await town.write(case_person.change, cleo, other, person_id, VICTIM)


async def test_a_task_is_set_once_done_and_set_again(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    reference = await a_case(town, cleo)
    later = await town.write(task.add, cleo, reference, "Visit", dan.staff.id, date(2026, 12, 2))
    first = await town.twice(
        task.add, cleo, reference, " Ring the  landlord ", dan.staff.id, date(2026, 12, 1)
    )
    undated = await town.write(task.add, cleo, reference, "Write it up", dan.staff.id, None)
    mine = await town.read(case_file.my_tasks, dan.staff)
    assert [(one.id, one.text) for one in mine] == [
        (first, "Ring the landlord"),
        (later, "Visit"),
        (undated, "Write it up"),
    ]
    await town.twice(task.finish, dan, reference, first)
    assert [one.id for one in (await file_of(town, cleo, reference)).tasks] == [later, undated, first]
    await town.twice(task.reopen, dan, reference, first)
    assert len(await town.read(case_file.my_tasks, dan.staff)) == 3
    counted = [await town.how_often(one) for one in (Action.TASK_SET, Action.TASK_DONE, Action.TASK_REOPENED)]
    assert counted == [3, 1, 1]
    other = await a_case(town, cleo)
    with pytest.raises(NotFound, match=r"task\.not_found"):
        await town.write(task.finish, cleo, other, first)


async def test_a_task_goes_to_nobody_who_may_not_open_the_case(town: Town) -> None:
    hal, dan = await town.staff("Hal", Role.OFFICER, Restriction.HATE), await town.staff("Dan")
    reference = await a_case(town, hal, category="street.hate")
    with pytest.raises(NotAllowed, match=r"assignment\.not_open_to_them"):
        await town.write(task.add, hal, reference, "Look", dan.staff.id, None)
    plain = await a_case(town, hal)
    await town.write(task.add, hal, plain, "Look", dan.staff.id, None)
    await town.write(_restrict, plain)
    assert await town.read(case_file.my_tasks, dan.staff) == []


async def test_a_review_day_is_set_and_taken_away(town: Town) -> None:
    cleo = await town.staff("Cleo")
    reference = await a_case(town, cleo)
    await town.twice(task.set_review, cleo, reference, date(2026, 12, 24))
    assert (await file_of(town, cleo, reference)).review_on == date(2026, 12, 24)
    with pytest.raises(Changed):
        await town.write(task.set_review, cleo, reference, None, 1)
    await town.write(task.set_review, cleo, reference, None)
    assert (await file_of(town, cleo, reference)).review_on is None
    assert await town.how_often(Action.CASE_REVIEW_SET) == 2


async def test_two_cases_are_linked_both_ways_and_unlinked(town: Town) -> None:
    cleo = await town.staff("Cleo")
    one, other = await a_case(town, cleo), await a_case(town, cleo)
    await town.twice(case_link.link, cleo, one, other)
    await town.write(case_link.link, cleo, other, one)
    for here, there in ((one, other), (other, one)):
        assert [link.reference for link in (await file_of(town, cleo, here)).links] == [there]
    await town.twice(case_link.unlink, cleo, other, one)
    assert (await file_of(town, cleo, one)).links == ()
    assert await town.how_often(Action.CASE_LINKED) == await town.how_often(Action.CASE_UNLINKED) == 2
    with pytest.raises(Refusal, match=r"case\.same"):
        await town.write(case_link.link, cleo, one, one)


async def test_a_link_to_a_restricted_case_shows_only_to_those_granted_it(town: Town) -> None:
    hal, cleo = await town.staff("Hal", Role.OFFICER, Restriction.HATE), await town.staff("Cleo")
    hate, plain = await a_case(town, hal, category="street.hate"), await a_case(town, hal)
    await town.write(case_link.link, hal, plain, hate)
    assert len((await file_of(town, hal, plain)).links) == 1
    assert (await file_of(town, cleo, plain)).links == ()
    with pytest.raises(NotFound):
        await town.write(case_link.link, cleo, plain, hate)
    await town.write(case_link.unlink, hal, plain, hate)
    for here, there in ((plain, None), (hate, plain)):
        page = await town.read(pages.case_page, hal.staff, here)
        told = [line.detail for line in page.timeline if "another case" in line.label]
        assert told == [there, there]


def _restrict(session: Session, reference: str) -> None:
    session.execute(update(CaseRow).where(CaseRow.reference == reference).values(restriction="hate"))
