"""From the first look to the last word: the resident is told each step in plain words."""

from __future__ import annotations

from bot.emulator import Bubble, Person
from store.actions import case, message, triage
from store.domain.case import CaseState, Outcome
from store.domain.report import ClosedReason
from tests.support.form import say
from tests.support.town import Town


async def heard(town: Town, person: Person, wanted: str) -> Bubble:
    return await person.wait_for(wanted)


async def test_a_case_from_the_first_look_to_the_last_word(town: Town) -> None:
    first = await town.report(town.ada, group="other")
    second = await town.report(town.ben, group="other")
    town.ada.mark()
    town.ben.mark()

    await town.staff_does(triage.take, first)
    assert first in (await heard(town, town.ada, "is looking at it now")).text
    opened = await town.staff_does(triage.open_case, first)
    assert first in (await heard(town, town.ada, "has started work on it")).text
    await town.staff_does(triage.add_to_case, second, opened.reference)
    assert second in (await heard(town, town.ben, "has started work on it")).text

    await town.staff_does(message.note, opened.reference, "Secret thoughts")
    await town.staff_does(message.reply, second, "We have written to the owner.")
    assert second in (await heard(town, town.ben, "We have written to the owner.")).text
    for state in (CaseState.INVESTIGATING, CaseState.ACTION_TAKEN):
        await town.staff_does(case.move, opened.reference, state)
    await heard(town, town.ada, "It is now: Action under way")
    await heard(town, town.ben, "It is now: Action under way")

    words = "The owner has cleared the yard."
    await town.staff_does(case.close, opened.reference, Outcome.WARNING_GIVEN, words)
    for person, reference in ((town.ada, first), (town.ben, second)):
        told = await heard(town, person, words)
        assert f"Report {reference} is now closed" in told.text
        assert "Secret thoughts" not in person.transcript()
    assert second not in town.ada.transcript()
    await say(town.ada, "/myreports")
    assert "Closed" in town.ada.last.labels[0]

    town.ada.mark()
    await town.staff_does(case.reopen, opened.reference, "It began again")
    assert "opened it again" in (await heard(town, town.ada, first)).text


async def test_a_report_for_somebody_else_is_signposted_with_words(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    town.ada.mark()
    words = "Please call the highways desk."
    await town.staff_does(triage.signpost, reference, ClosedReason.OTHER_SERVICE, words)
    assert words in (await heard(town, town.ada, reference)).text


async def test_a_report_closed_by_mistake_is_open_again_and_more_can_be_told(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    await town.staff_does(triage.reject, reference, ClosedReason.DUPLICATE, "We know of it.")
    await heard(town, town.ada, "We know of it.")
    town.ada.mark()
    await town.staff_does(triage.reopen, reference, "It is another one")
    assert reference in (await heard(town, town.ada, "opened it again")).text
    await say(town.ada, "/myreports")
    assert "Received" in town.ada.last.labels[0]
    town.ada.tap_data(f"o:add:{reference}", town.ada.last.id)
    await town.ada.wait_for("like to add")


async def test_news_at_night_waits_for_the_morning(own_town: Town) -> None:
    town = own_town
    reference = await town.report(town.ada, group="other")
    town.pass_time(hours=10)
    town.ada.mark()
    await town.staff_does(triage.take, reference)
    await town.ada.stays_silent(0.2)
    await say(town.ada, "/myreports")
    town.ada.mark()
    town.pass_time(hours=10, minutes=1)
    assert reference in (await heard(town, town.ada, "is looking at it now")).text


async def test_who_blocked_the_bot_is_written_to_again_only_after_letting_it_in(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    town.ada.block()
    await town.settled()
    calls = len(town.emulator.calls_of("sendMessage"))
    await town.staff_does(triage.take, reference)
    await town.settled()
    told = [
        call
        for call in town.emulator.calls_of("sendMessage")[calls:]
        if call.params.get("chat_id") == town.ada.id
    ]
    assert told == []
    town.ada.unblock()
    await town.settled()
    await town.staff_does(triage.open_case, reference)
    assert reference in (await heard(town, town.ada, "has started work on it")).text


async def test_a_block_while_news_waits_for_the_morning_cancels_it(own_town: Town) -> None:
    town = own_town
    reference = await town.report(town.ada, group="other")
    town.pass_time(hours=10)
    await town.staff_does(triage.take, reference)
    town.ada.block()
    await town.settled()
    town.ada.unblock()
    await town.settled()
    town.ada.mark()
    town.pass_time(hours=10, minutes=1)
    await town.ada.stays_silent(0.3)


async def test_the_staff_group_gets_a_card_without_a_word_of_the_story(town: Town) -> None:
    reference = await town.report(town.ada, group="other", what="Very secret story", danger="yes")
    card = await town.desk.wait_for(reference)
    assert "P1" in card.text
    assert "Very secret story" not in card.text
    assert "Ada" not in card.text
    assert "Take it" in card.labels


async def test_the_card_follows_what_becomes_of_the_report(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    card = await town.desk.wait_for(reference)
    await town.settled()
    await town.staff_does(triage.take, reference)
    await town.desk.wait_for(lambda bubble: bubble.id == card.id and "Taken by Cleo Example" in bubble.text)
