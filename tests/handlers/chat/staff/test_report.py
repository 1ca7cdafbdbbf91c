from __future__ import annotations

from dataclasses import replace

import pytest

from store.actions import entry, message, triage
from store.domain.event import Action
from store.domain.reference import Restriction
from store.domain.staff import Role
from tests.handlers.chat.staff.conftest import STAFF_GROUP, Office
from tests.support.deliveries import hush
from tests.support.triage_factory import PHONED, PROFILE


async def test_the_queue_shows_the_most_urgent_first_and_turns_its_pages(office: Office) -> None:
    town, phone = office.town, office.phone
    plain = [await town.report() for _ in range(9)]
    urgent = await town.report(category="street.threats")
    await phone.say("/queue")
    assert phone.text == "Reports waiting: 10, 1 of them P1"
    assert phone.labels[0].startswith("P1")
    assert urgent in phone.labels[0]
    assert phone.labels[-1] == "More"
    await phone.tap("More")
    assert [label.split(" · ")[1] for label in phone.labels[:-1]] == plain[-2:]
    await phone.tap("From the start")
    assert urgent in phone.labels[0]


async def test_an_empty_queue_says_so(office: Office) -> None:
    await office.phone.say("/queue")
    assert office.phone.text == "Nothing is waiting."


async def test_a_report_is_shown_protected_and_goes_after_a_day(office: Office) -> None:
    reference = await office.town.report(
        await office.town.resident("Ada"), when="last_night", still="yes", often="weekly", danger="yes"
    )
    office_reads = await office.phone.say(f"/open {reference.lower().replace('-', ' ')}")
    [page] = office_reads
    assert (page.kind, page.params["protect_content"]) == ("staff.protected", True)
    for told in (
        "Music all night",
        "Noise from a home · Ramsgate",
        "From: Ada (named)",
        "In danger when it was sent: yes",
        "Where: by the harbour",
        "When: Last night",
        "Still going on: Yes",
        "How often: Every week",
    ):
        assert told in page.text
    assert await office.town.how_often(Action.REPORT_OPENED) == 1


async def test_a_story_longer_than_a_message_is_protected_in_every_piece(office: Office) -> None:
    reference = await office.town.report(what="word " * 3_000)
    pieces = await office.phone.say(f"/open {reference}")
    assert len(pieces) > 3
    assert all(one.params["protect_content"] and one.kind == "staff.protected" for one in pieces)
    await office.phone.tap("Take it")
    assert [one.method for one in office.phone.heard] == ["answerCallbackQuery", "editMessageReplyMarkup"]


async def test_an_anonymous_reporter_has_no_name(office: Office) -> None:
    reference = await office.town.report(await office.town.resident("Ada"), identity="anonymous")
    await office.phone.say(f"/open {reference}")
    assert "From: anonymous" in office.phone.text
    assert "Ada" not in office.phone.text


async def test_whoever_must_not_be_contacted_is_marked(office: Office) -> None:
    ada = await office.town.resident()
    reference = await office.town.report(ada)
    await office.town.write(hush, ada.chat_id)
    await office.phone.say(f"/open {reference}")
    assert "Do not contact" in office.phone.text


async def test_a_restricted_report_never_opens_in_chat(office: Office) -> None:
    _, phone = await office.colleague("Dee", Role.OFFICER, Restriction.HATE)
    reference = await office.town.report(category="street.hate", what="Secret words")
    await phone.say("/queue")
    assert phone.labels == [f"P2 · Restricted · {reference}"]
    await phone.tap("P2")
    assert "Secret" not in phone.text
    assert f"https://safety.example/console/reports/{reference}" in phone.text
    assert await office.town.how_often(Action.REPORT_OPENED) == 0
    for verb in ("ask", "reply", "note", "add", "reject"):
        await phone.tap_data(f"s:{verb}:{reference}:")
        assert phone.text == ""
        assert phone.toast.startswith("There is no such report")
    await phone.tap_data(f"s:take:{reference}:")
    assert "Secret" not in phone.text
    await office.phone.say("/queue")
    assert office.phone.text == "Nothing is waiting."
    await office.phone.say(f"/open {reference}")
    assert office.phone.text == "There is nothing with that reference, or it is not open to you."


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "Send the reference with it"),
        (" hello", "cannot find that reference"),
        (" 222-222-222", "nothing with that"),
    ],
)
async def test_what_is_no_reference_is_explained(office: Office, typed: str, said: str) -> None:
    await office.phone.say(f"/open{typed}")
    assert said in office.phone.text


async def test_of_somebody_without_a_chat_it_says_how_to_reach_them(office: Office) -> None:
    phoned = (await office.town.write(entry.enter, office.cleo, PROFILE, PHONED)).reference
    await office.phone.say(f"/open {phoned}")
    assert "No chat: nothing can be sent to them. Reach them at 01843 000000" in office.phone.text
    assert "Do not contact" not in office.phone.text
    assert not {"Ask", "Reply"} & set(office.phone.labels)
    assert "Note" in office.phone.labels
    nowhere = replace(PHONED, contact=None)
    unknown = (await office.town.write(entry.enter, office.cleo, PROFILE, nowhere)).reference
    await office.phone.say(f"/open {unknown}")
    assert "nothing can be sent to them.\n" in office.phone.text


async def test_the_end_of_a_reference_opens_what_has_it(office: Office) -> None:
    reference = await office.town.report()
    await office.phone.say(f"/open {reference[-5:].lower()}")
    assert office.phone.text == "Reports found: 1\nCases found: 0"
    await office.phone.tap(next(label for label in office.phone.labels if reference in label))
    assert office.phone.text.startswith(f"Report {reference}")


async def test_a_report_is_taken_put_back_and_taken_by_another(office: Office) -> None:
    reference = await office.town.report()
    _, ben = await office.colleague("Ben")
    await office.phone.say(f"/open {reference}")
    await office.phone.tap("Take it")
    assert office.phone.toast == f"You have taken {reference}."
    assert "taken by Cleo" in office.phone.text
    await ben.say(f"/open {reference}")
    assert "Take it" not in ben.labels
    await ben.tap_data(f"s:take:{reference}:")
    assert ben.toast == "Cleo has taken this report."
    await office.phone.tap("Put it back")
    assert "Take it" in office.phone.labels
    await ben.tap_data(f"s:take:{reference}:")
    await office.phone.tap("Take it")
    assert office.phone.toast == "Ben has taken this report."


async def test_a_card_is_taken_in_the_group_and_opened_in_private(office: Office) -> None:
    reference = await office.town.report()
    await office.phone.tap_data(f"s:take:{reference}:", STAFF_GROUP)
    assert office.phone.toast == f"You have taken {reference}."
    assert office.phone.text == ""
    opened = await office.phone.tap_data(f"s:open:{reference}:", STAFF_GROUP)
    assert {one.chat_id for one in opened} == {900}
    assert "Music all night" in office.phone.text
    await office.phone.tap_data(f"s:open_case:{reference}:", STAFF_GROUP)
    assert office.phone.toast == "Got it already."
    assert await office.town.how_often(Action.CASE_OPENED) == 0


async def test_what_was_said_is_on_the_page_and_what_one_has_in_hand_in_the_list(office: Office) -> None:
    ada = await office.town.resident("Ada")
    reference = await office.town.report(ada)
    await office.town.write(triage.take, office.cleo, reference)
    for number in range(12):
        office.town.pass_time(minutes=1)
        await office.town.write(message.add, ada, reference, f"More {number}")
    await office.phone.say("/mine")
    assert office.phone.text == "Reports you have taken: 1\nYour open cases: 0"
    assert office.phone.labels[0].startswith(f"P3 · {reference} · ")
    assert office.phone.labels[0].endswith(" (12 new)")
    await office.phone.tap("P3")
    assert "2 earlier messages are in the console." in office.phone.text
    assert "More 11" in office.phone.text
    assert "More 1\n" not in office.phone.text


async def test_a_case_is_opened_and_shown(office: Office) -> None:
    reference = await office.town.report()
    await office.phone.say(f"/open {reference}")
    await office.phone.tap("Open a case")
    assert "Officer: Cleo" in office.phone.text
    await office.phone.tap("Investigating")
    assert "Investigating" in office.phone.toast
    await office.phone.say("/mine")
    assert office.phone.text.endswith("Your open cases: 1")
