"""A report turns out to be one that few may read: it closes at once, and does not lie unseen."""

from __future__ import annotations

from bot.emulator import Person
from store.actions import staff, triage
from store.actions.restriction import restrict_case, restrict_report
from store.domain.actor import SYSTEM
from store.domain.reference import Restriction
from store.domain.staff import Role
from tests.journeys.test_desk import card_of
from tests.support.form import say
from tests.support.town import Town, guardian, said_since

CHILD = Restriction.SAFEGUARDING
UNSEEN = "nobody with a linked chat may open"


async def overseer(town: Town, person: Person, role: Role) -> None:
    name = f"{role.value}-{person.id}"
    member = await town.house.write(staff.add, SYSTEM, name, "Sue", role)
    code = await town.house.write(staff.start_link, member.id)
    await town.house.write(staff.link, code, person.id)


async def test_an_officer_closes_a_report_to_themselves_and_the_granted_hear_of_it(town: Town) -> None:
    await guardian(town, town.dan.id)
    reference = await town.report(town.ada, group="other")
    card = await card_of(town, reference)
    town.desk.tap(town.cleo, "Take it", card)
    await town.ada.wait_for("is looking at it now")
    town.ada.mark()
    town.dan.mark()
    assert await town.staff_does(restrict_report, reference, CHILD, "A child is hit there") is None
    told = await town.dan.wait_for(f"A report is restricted now: {reference}")
    assert f"/console/reports/{reference}" in told.text
    assert "child" not in told.text
    await town.desk.wait_for(
        lambda bubble: bubble.id == card.id and "This report is restricted now." in bubble.text
    )
    assert "is not open to you" in (await say(town.cleo, f"/open {reference}")).text
    mine = await say(town.cleo, "/mine")
    assert reference not in "".join([mine.text, *mine.labels])
    assert (await town.kept(reference)).taken_by is None
    await town.settled()
    assert said_since(town.ada) == []
    assert any(reference in label for label in (await say(town.ada, "/myreports")).labels)


async def test_a_case_that_is_restricted_takes_its_cards_with_it(town: Town) -> None:
    await guardian(town, town.dan.id)
    reference = await town.report(town.ada, group="other")
    card = await card_of(town, reference)
    case = (await town.staff_does(triage.open_case, reference)).reference
    assert await town.staff_does(restrict_case, case, CHILD, "A child is hit there") is None
    told = await town.dan.wait_for(f"A case is restricted now: {case}")
    assert f"/console/cases/{case}" in told.text
    await town.desk.wait_for(
        lambda bubble: bubble.id == card.id and "This report is restricted now." in bubble.text
    )
    assert "is not open to you" in (await say(town.cleo, f"/open {case}")).text


async def test_what_nobody_is_granted_is_told_to_those_who_oversee_the_desk(own_town: Town) -> None:
    await overseer(own_town, own_town.dan, Role.SUPERVISOR)
    await overseer(own_town, own_town.ben, Role.ADMINISTRATOR)
    reference = await own_town.report(own_town.ada, group="other")
    await own_town.staff_does(restrict_report, reference, CHILD, "A child is hit there")
    for person in (own_town.dan, own_town.ben):
        told = await person.wait_for(UNSEEN)
        assert "(report, safeguarding)" in told.text
        assert reference not in told.text
        person.mark()
    await say(own_town.ada, "i want to die, everyone would be better off without me")
    for person in (own_town.dan, own_town.ben):
        told = await person.wait_for(UNSEEN)
        assert "(alert, safeguarding)" in told.text
        assert "python -m bot staff grant" in told.text
    await own_town.settled()
    assert not any(UNSEEN in bubble for bubble in said_since(own_town.cleo))
