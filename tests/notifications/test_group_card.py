"""The staff group's card of a report that changes before the card has arrived."""

from __future__ import annotations

from store.actions import bulk, card, delivery, triage
from store.actions.restriction import restrict_case
from store.domain.bulk import Pick
from store.domain.delivery import DeliveryState, Sent
from store.domain.reference import Restriction
from store.domain.staff import Role
from tests.support.deliveries import Letter, letters
from tests.support.triage_factory import Town


async def waiting(town: Town) -> list[Letter]:
    """What a sender would take now."""
    now = town.clock.now()
    cards = await letters(town.store, "staff.card")
    return [one for one in cards if one.state == "queued" and one.due_at <= now]


async def test_a_card_that_still_waits_is_told_as_the_report_stands_now(town: Town) -> None:
    cleo, reference = await town.staff("Cleo"), await town.report()
    [stale] = await waiting(town)
    await town.write(triage.take, cleo, reference)
    [fresh] = await waiting(town)
    assert fresh.method == "sendMessage"
    assert fresh.text.endswith("Taken by Cleo")
    assert await town.write(delivery.lease, [stale.id]) == set()
    await town.write(triage.release, cleo, reference)
    [again] = await waiting(town)
    assert again.text.endswith("Waiting for triage")
    await town.write(delivery.finish, [Sent(again.id, DeliveryState.SENT, message_id=77)])
    await town.write(triage.take, cleo, reference)
    [edit] = await waiting(town)
    assert (edit.method, edit.params["message_id"]) == ("editMessageText", 77)


async def test_a_card_says_that_the_report_was_given_to_somebody(town: Town) -> None:
    sue, cleo = await town.staff("Sue", Role.SUPERVISOR), await town.staff("Cleo")
    reference = await town.report()
    await town.write(bulk.each, sue, [Pick(reference, 1)], bulk.assigning_reports(cleo.staff.id))
    [card_] = await waiting(town)
    assert card_.text.endswith("Taken by Cleo")


async def test_a_card_in_the_senders_hand_is_edited_once_it_has_arrived(town: Town) -> None:
    cleo, reference = await town.staff("Cleo"), await town.report()
    [sending] = await waiting(town)
    await town.write(delivery.lease, [sending.id])
    await town.write(triage.take, cleo, reference)
    await town.write(triage.release, cleo, reference)
    await town.write(triage.open_case, cleo, reference)
    assert await waiting(town) == []
    arrived = [Sent(sending.id, DeliveryState.SENT, message_id=77)]
    await town.write(delivery.finish, arrived)
    await town.write(card.landed, arrived)
    [edit] = await waiting(town)
    assert (edit.method, edit.params["message_id"]) == ("editMessageText", 77)
    assert edit.text.endswith("In a case")


async def test_a_card_that_came_back_from_the_sender_takes_its_edit_along(town: Town) -> None:
    cleo, reference = await town.staff("Cleo"), await town.report()
    [sending] = await waiting(town)
    await town.write(delivery.lease, [sending.id])
    await town.write(triage.take, cleo, reference)
    await town.write(delivery.recover)
    await town.write(triage.release, cleo, reference)
    [fresh] = await waiting(town)
    arrived = [Sent(fresh.id, DeliveryState.SENT, message_id=77)]
    await town.write(delivery.finish, arrived)
    await town.write(card.landed, arrived)
    assert await waiting(town) == []


async def test_the_edit_of_a_card_that_never_arrives_expires(town: Town) -> None:
    cleo, reference = await town.staff("Cleo"), await town.report()
    [sending] = await waiting(town)
    await town.write(delivery.lease, [sending.id])
    await town.write(triage.take, cleo, reference)
    failed = [Sent(sending.id, DeliveryState.FAILED, error="BadRequest")]
    await town.write(delivery.finish, failed)
    await town.write(card.landed, failed)
    town.pass_time(hours=2)
    [edit] = await waiting(town)
    assert await town.write(delivery.lease, [edit.id]) == set()
    await town.write(triage.release, cleo, reference)
    assert await waiting(town) == []


async def test_the_card_of_what_is_restricted_now_says_no_more_than_that(town: Town) -> None:
    cleo = await town.staff("Cleo", Role.OFFICER, Restriction.SAFEGUARDING)
    reference = (await town.write(triage.open_case, cleo, await town.report())).reference
    [sent] = await waiting(town)
    await town.write(delivery.finish, [Sent(sent.id, DeliveryState.SENT, message_id=77)])
    await town.write(restrict_case, cleo, reference, Restriction.SAFEGUARDING, "A child lives there")
    [edit] = await waiting(town)
    assert (edit.method, edit.params["message_id"]) == ("editMessageText", 77)
    assert edit.text.startswith("This report is restricted now.")
    assert "reply_markup" not in edit.params


async def test_a_card_that_waits_for_what_is_restricted_now_never_goes(town: Town) -> None:
    cleo = await town.staff("Cleo", Role.OFFICER, Restriction.SAFEGUARDING)
    reference = (await town.write(triage.open_case, cleo, await town.report())).reference
    await town.write(restrict_case, cleo, reference, Restriction.SAFEGUARDING, "A child lives there")
    assert await waiting(town) == []
