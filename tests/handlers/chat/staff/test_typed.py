from __future__ import annotations

import pytest

from store.actions import triage
from store.domain.event import Action
from store.domain.reference import Restriction
from store.domain.staff import Role
from tests.handlers.chat.staff.conftest import Office

UNKNOWN = "K7M-4XQ-9PC"


async def test_a_report_is_taken_noted_and_answered_in_one_line_each(office: Office) -> None:
    reference = await office.town.report()
    await office.phone.say(f"/take {reference.lower()}")
    assert reference in office.phone.text
    assert office.town.last(Action.REPORT_TAKEN)["reference"] == reference
    await office.phone.say(f"/note {reference}: The landlord knows, 3 of 4 flats complain.")
    assert office.phone.text == "Noted."
    assert office.town.last(Action.NOTE_ADDED)["text"] == "The landlord knows, 3 of 4 flats complain."
    await office.phone.say(f"/reply {reference.replace('-', ' ')} We are on it.")
    assert office.phone.text.startswith("Your reply is on its way.")
    assert office.town.last(Action.REPLY_SENT)["text"] == "We are on it."


async def test_a_note_says_whom_it_names_in_vain(office: Office) -> None:
    reference = await office.town.report()
    await office.colleague("Dan", Role.SUPERVISOR)
    await office.phone.say(f"/note {reference} @dan and @nobody: look")
    assert office.phone.text == "Noted. @nobody was not told: there is no such account."
    await office.phone.say(f"/note {reference}")
    await office.phone.say("@somebody look")
    assert office.phone.text == "Noted. @somebody was not told: there is no such account."


async def test_a_case_is_taken_noted_and_closed(office: Office) -> None:
    dan, phone = await office.colleague("Dan", Role.SUPERVISOR)
    case = await office.town.write(triage.open_case, office.cleo, await office.town.report())
    await phone.say(f"/take {case.reference}")
    assert office.town.last(Action.CASE_TAKEN)["officer_after"] == dan.staff.id
    await phone.say(f"/note {case.reference}")
    await phone.say("Words that a form asked for")
    assert office.town.last(Action.NOTE_ADDED)["text"] == "Words that a form asked for"
    await phone.say(f"/close {case.reference}")
    assert "How did" in phone.text or "ended" in phone.text.lower()


async def test_without_words_the_reply_is_asked_for(office: Office) -> None:
    reference = await office.town.report()
    await office.phone.say(f"/reply {reference}")
    await office.phone.say("Thank you.")
    assert office.town.last(Action.REPLY_SENT)["text"] == "Thank you."


@pytest.mark.parametrize("command", ["take", "note", "reply", "close"])
async def test_a_command_without_a_reference_or_with_an_unknown_one_says_so(
    office: Office, command: str
) -> None:
    await office.phone.say(f"/{command} something else")
    assert f"/{command} K7M-4XQ-9PC" in office.phone.text
    await office.phone.say(f"/{command} {UNKNOWN} words")
    assert office.phone.text == "There is nothing with that reference, or it is not open to you."


@pytest.mark.parametrize("command", ["take", "note", "reply", "close"])
async def test_a_restricted_record_is_only_pointed_to(office: Office, command: str) -> None:
    reference = await office.town.report(category="street.hate")
    _, granted = await office.colleague("Hal", Role.OFFICER, Restriction.HATE)
    await granted.say(f"/{command} {reference} words")
    assert f"/console/reports/{reference}" in granted.text
    await office.phone.say(f"/{command} {reference} words")
    assert "not open to you" in office.phone.text
    assert await office.town.how_often(Action.NOTE_ADDED) == 0
