"""Whatever people (or forged clients) send: a kind answer, nothing lost, nothing changed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.emulator import Person
from tests.support.form import data_of, fill, say, start, step_of
from tests.support.town import Town, reference_in

MARGATE = (51.3890, 1.3810)
ODD: dict[str, Callable[[Person], object]] = {
    "sticker": Person.send_sticker,
    "poll": Person.send_poll,
    "contact": Person.send_contact,
    "dice": lambda person: person.send({"dice": {"emoji": "🎲", "value": 4}}),
    "story": lambda person: person.send({"story": {"chat": {"id": 5, "type": "channel"}, "id": 3}}),
    "unknown kind": lambda person: person.send({"hologram": {"depth": 3}}),
    "nothing at all": lambda person: person.send({}),
}


@pytest.mark.parametrize("kind", ODD)
async def test_an_odd_message_in_a_form_asks_the_question_again(town: Town, kind: str) -> None:
    await start(town.ada, "what", group="other")
    before = await town.draft(town.ada)
    ODD[kind](town.ada)
    shown = await town.ada.wait_for()
    assert step_of(shown) == "what"
    assert await town.draft(town.ada) == before


@pytest.mark.parametrize("kind", ODD)
async def test_an_odd_message_out_of_the_blue_is_met_with_what_can_be_done(town: Town, kind: str) -> None:
    ODD[kind](town.ada)
    assert "Report a problem" in (await town.ada.wait_for()).labels
    assert await town.draft(town.ada) is None


async def test_a_story_of_5000_characters_is_kept_whole(town: Town) -> None:
    story = ("All night long. " * 400)[:5000].strip()
    await start(town.ada, "what", group="other")
    await say(town.ada, story)
    assert (await town.kept(reference_in(await fill(town.ada)))).text == story


async def test_5000_characters_out_of_the_blue_open_a_report(town: Town) -> None:
    story = "x" * 5000
    await say(town.ada, story)
    assert (await town.kept(reference_in(await fill(town.ada, group="other")))).text == story


async def test_control_and_direction_characters_are_taken_out(town: Town) -> None:
    await start(town.ada, "what", group="other")
    shown = await say(town.ada, "Loud\x00 \x07music \u202eevil\u202c\u2066 here\x9f")
    assert step_of(shown) == "where"
    assert (await town.kept(reference_in(await fill(town.ada)))).text == "Loud music evil here"


async def test_control_characters_in_places_and_file_names_do_no_harm(town: Town) -> None:
    await start(town.ada, "where", group="other")
    town.ada.send_venue(*MARGATE, "The \u202eClock\x00 Tower", "Marine\x1b Terrace")
    await town.ada.wait_for("When did it happen")
    await fill(town.ada, "files")
    town.ada.send_document(b"%PDF-1.7", "no\x00te\u202efdp.exe", "application/pdf")
    await town.ada.wait_for("have your file")
    reference = reference_in(await fill(town.ada, files="~d"))
    page = await town.page(reference)
    assert page.report.place.words == "The Clock Tower, Marine Terrace"
    assert page.evidence[0].name == "notefdp.exe"


async def test_names_longer_than_we_keep_do_not_stop_a_report(town: Town) -> None:
    await start(town.ada, "files", group="other")
    town.ada.send_document(b"%PDF-1.7", "n" * 300 + ".pdf", "application/pdf")
    await town.ada.wait_for("have your file")
    town.ada.send_document(b"x", "x", "image/" + "x" * 300)
    await town.ada.wait_for("can not take that kind")
    await say(town.ada, "done")
    await fill(town.ada, "name", identity="named")
    assert "201 characters" in (await say(town.ada, "A" * 201)).text
    page = await town.page(reference_in(await fill(town.ada, name="A" * 200)))
    assert page.reporter_name == "A" * 200
    assert page.evidence[0].name == "n" * 200


async def test_a_name_of_control_characters_does_not_keep_anybody_out(town: Town) -> None:
    odd = town.emulator.person("O\x00d\u202ed", key=f"odd{town.ada.id}")
    shown = await say(odd, "Loud music every night")
    assert step_of(shown) == "danger"
    page = await town.page(reference_in(await fill(odd, group="other")))
    assert page.reporter_name == "Odd"


@pytest.mark.parametrize("text", ["🎉🎉🎉", "...", "\u200b\u200b", "\u202e\u202c", "?!"])
async def test_a_message_without_words_is_no_story(town: Town, text: str) -> None:
    await start(town.ada, "what", group="other")
    shown = await say(town.ada, text)
    assert "could not find any words" in shown.text
    assert step_of(shown) == "what"


FORGED = [
    "",
    "x",
    ":",
    ":::::",
    "f:report:danger:1",
    "f:report:danger:one:no",
    "f:report:danger:-1:no",
    "f:report:danger:99999999999999999999:no",
    "f:report:danger:\u00b2:no",
    "f:nosuchform:danger:1:no",
    "f:answer:text:1:~ok",
    "f:report:review:1:~ok",
    "o:nosuchverb:x",
    "o:language:xx",
    "o:see:K7M-4XQ-9PC",
    "o:answer:not-an-id",
    "s:close:K7M-4XQ-9PC:",
    "z" * 64,
    "o:see:" + "\u0456" * 29,
    "\u202e\x00",
]


@pytest.mark.parametrize("data", FORGED)
async def test_forged_button_data_gets_a_word_and_changes_nothing(town: Town, data: str) -> None:
    asked = await start(town.ada, "danger")
    before = await town.draft(town.ada)
    query = town.ada.tap_data(data, asked.id)
    await town.ada.wait_for_answer(query)
    await town.settled()
    after = await town.draft(town.ada)
    assert after == before
    assert "went wrong" not in town.ada.transcript()


@pytest.mark.parametrize("value", ["nosuch", "~d", "~g.where", "~g.nosuch", "~ok", "~c", ""])
async def test_a_forged_value_at_the_right_version_is_refused_or_harmless(town: Town, value: str) -> None:
    asked = await start(town.ada, "group")
    real = data_of(asked)[0].rsplit(":", 1)[0]
    query = town.ada.tap_data(f"{real}:{value}", asked.id)
    await town.ada.wait_for_answer(query)
    await town.settled()
    assert "went wrong" not in town.ada.transcript()
    assert "reference is" not in town.ada.transcript()
    assert (draft := await town.draft(town.ada))
    assert dict(draft.answers) == {"danger": "no"}


async def test_a_button_on_a_message_that_is_gone_is_still_answered(town: Town) -> None:
    await start(town.ada, "danger")
    draft = await town.draft(town.ada)
    assert draft
    query = town.ada.tap_data(f"f:report:danger:{draft.version}:no", 999_999)
    await town.ada.wait_for_answer(query)
    await town.settled()
    assert (after := await town.draft(town.ada))
    assert after.answers["danger"] == "no"
    assert step_of(town.ada.last) == "group"
