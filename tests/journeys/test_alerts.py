"""Who must know of a message hears of it once, and the person is told only what is true."""

from __future__ import annotations

from store.actions import message
from store.domain.alert import AlertKind
from store.domain.reference import Restriction
from store.domain.staff import By
from store.queries import alerts
from tests.support.form import fill, say, start, tap
from tests.support.town import Town, guardian

DESPAIR = "i want to die, everyone would be better off without me"
THREAT = "your officer better watch his back, i know where he parks his car"


async def raised(town: Town, manager: By, kind: AlertKind = AlertKind.STAFF_THREAT) -> list[str]:
    """Return the words of the alerts of this kind."""
    return [one.text for one in await town.house.read(alerts.listing, manager.staff, 100) if one.kind is kind]


async def manager_of(town: Town) -> By:
    return await guardian(town, kind=Restriction.STAFF_THREAT)


async def test_nobody_has_been_told_where_nobody_can_be(own_town: Town) -> None:
    trusted = await guardian(own_town)
    shown = await say(own_town.ada, DESPAIR)
    assert "116 123" in shown.text
    assert "has been told" not in shown.text
    assert await raised(own_town, trusted, AlertKind.SUICIDE_SELFHARM) == [DESPAIR]


async def test_nobody_may_write_to_who_does_not_want_it(own_town: Town) -> None:
    await guardian(own_town, own_town.ben.id)
    await say(own_town.ada, "/privacy")
    own_town.ada.tap("Do not write to me first")
    await own_town.ada.wait_for("We will not write to you first")
    assert "has been told" not in (await say(own_town.ada, DESPAIR)).text


async def test_despair_said_again_in_the_same_story_alerts_once(own_town: Town) -> None:
    trusted = await guardian(own_town)
    await say(own_town.ada, DESPAIR)
    await say(own_town.ada, f"truly, {DESPAIR}")
    await own_town.settled()
    assert await raised(own_town, trusted, AlertKind.SUICIDE_SELFHARM) == [DESPAIR]


async def test_few_words_that_may_mean_anything_alert_nobody(own_town: Town) -> None:
    trusted = await guardian(own_town)
    shown = await say(own_town.ada, "third time they do it to us")
    assert "116 123" not in shown.text
    assert await raised(own_town, trusted, AlertKind.SUICIDE_SELFHARM) == []


async def test_a_threat_to_staff_out_of_the_blue_reaches_a_manager_once(own_town: Town) -> None:
    manager = await manager_of(own_town)
    first = own_town.ada.say(THREAT)
    await own_town.ada.wait_for("kept for a manager")
    own_town.ada.edit(first.id, f"{THREAT}, and where he lives")
    await own_town.ada.wait_for("kept for a manager")
    assert await raised(own_town, manager) == [THREAT]
    await tap(own_town.ada, "report")
    await fill(own_town.ada, "what", group="other")
    assert await raised(own_town, manager) == [THREAT]


async def test_a_threat_to_staff_inside_the_form_reaches_a_manager(own_town: Town) -> None:
    manager = await manager_of(own_town)
    await start(own_town.ada, "what", group="other")
    await say(own_town.ada, THREAT)
    assert await raised(own_town, manager) == [THREAT]


async def test_a_threat_to_staff_while_a_question_is_open_reaches_a_manager(own_town: Town) -> None:
    manager = await manager_of(own_town)
    reference = await own_town.report(own_town.ada, group="other")
    await own_town.staff_does(message.ask, reference, "Which house is it?")
    await own_town.ada.wait_for("Which house")
    assert "Is this your answer" in (await say(own_town.ada, THREAT)).text
    await tap(own_town.ada, "new")
    assert await raised(own_town, manager) == [THREAT]


async def test_a_threat_to_staff_beside_a_card_reaches_a_manager(own_town: Town) -> None:
    manager = await manager_of(own_town)
    said = f"{THREAT}. and i want to die"
    assert "116 123" in (await say(own_town.ada, said)).text
    assert await raised(own_town, manager) == [said]


async def test_an_edit_that_threatens_staff_reaches_a_manager(own_town: Town) -> None:
    manager = await manager_of(own_town)
    await start(own_town.ada, "what", group="other")
    first = own_town.ada.say("Loud music")
    await own_town.ada.wait_for("Where is it")
    own_town.ada.edit(first.id, THREAT)
    await own_town.ada.wait_for("changed")
    assert await raised(own_town, manager) == [THREAT]
