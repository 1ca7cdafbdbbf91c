"""Whatever somebody writes first starts help: kept, understood, offered, confirmed; never lost."""

from __future__ import annotations

import pytest

from bot.emulator import Person
from store.domain.reference import Priority, Restriction
from tests.support.form import data_of, fill, say, step_of, tap
from tests.support.town import Town, reference_in, said_since

NOISE = "next door are blasting loud music again, thumping bass all night outside the Co-op in Westgate"
LIVE = "Nobody is reading this chat live"
PARKED = "white van parked across my drive blocking it every day, reg GK19 XYZ, Northdown Road CT9 2QJ"


def offered(person: Person) -> list[str]:
    """Return the codes on offer under the last question."""
    codes = [data.split(":", 4)[4] for data in data_of(person.last) if data.startswith("f:")]
    return [code for code in codes if not code.startswith("~")]


async def test_what_was_typed_is_kept_and_a_likely_category_is_offered(town: Town) -> None:
    first = await say(town.ada, NOISE)
    assert "I have kept what you wrote" in first.text
    assert LIVE in first.text
    assert step_of(first) == "danger"
    await say(town.ada, "no")
    assert step_of(town.ada.last) == "offer"
    assert "noise.domestic" in offered(town.ada)
    assert offered(town.ada)[-1] == "other"
    assert len(offered(town.ada)) >= 4
    await tap(town.ada, "noise.domestic")
    kept = await town.kept(reference_in(await fill(town.ada)))
    assert (kept.category, kept.text) == ("noise.domestic", NOISE)


async def test_something_else_leads_to_the_list_of_all(town: Town) -> None:
    await say(town.ada, NOISE)
    await say(town.ada, "no")
    assert step_of(await tap(town.ada, "other")) == "group"
    kept = await town.kept(reference_in(await fill(town.ada, group="other")))
    assert (kept.category, kept.text) == ("other.asb", NOISE)


async def test_a_place_is_shown_for_confirmation_and_used_only_then(town: Town) -> None:
    await say(town.ada, NOISE)
    asked = await fill(town.ada, "where", offer="noise.domestic")
    assert "outside the Co-op in Westgate" in asked.text
    await tap(town.ada, "~u")
    kept = await town.kept(reference_in(await fill(town.ada)))
    assert kept.place.words == "outside the Co-op in Westgate"
    assert kept.place.ward is not None


async def test_another_place_than_the_one_shown_can_be_given(town: Town) -> None:
    await say(town.ada, NOISE)
    await fill(town.ada, "where", offer="noise.domestic")
    await say(town.ada, "CT10 1AB")
    kept = await town.kept(reference_in(await fill(town.ada)))
    assert kept.place.words == "CT10 1AB"


async def test_a_place_that_is_skipped_is_not_used(town: Town) -> None:
    await say(town.ada, NOISE)
    await fill(town.ada, "where", offer="noise.domestic")
    kept = await town.kept(reference_in(await fill(town.ada, where="~s")))
    assert (kept.place.words, kept.place.lat) == ("", None)


async def test_yes_in_words_confirms_what_was_found(town: Town) -> None:
    await say(town.ada, NOISE)
    await fill(town.ada, "where", offer="noise.domestic")
    await say(town.ada, "Yes")
    assert step_of(town.ada.last) != "where"
    kept = await town.kept(reference_in(await fill(town.ada)))
    assert kept.place.words == "outside the Co-op in Westgate"


async def test_a_number_plate_is_shown_at_the_question_it_answers(town: Town) -> None:
    await say(town.ada, PARKED)
    asked = await fill(town.ada, "extra.vehicle", offer="vehicle.parking")
    assert "GK19 XYZ" in asked.text
    await tap(town.ada, "~u")
    kept = await town.kept(reference_in(await fill(town.ada)))
    assert kept.extra["vehicle"] == "GK19 XYZ"


async def test_several_messages_are_one_report_and_each_is_answered_at_once(town: Town) -> None:
    await say(town.ada, "next door is at it again")
    for text in ("music so loud the walls shake", "shouting and banging as well"):
        town.ada.say(text)
        await town.ada.wait_for("I have added this")
        await town.settled()
        assert any(LIVE in said for said in said_since(town.ada))
    await town.ada.wait_for("Is anyone in danger")
    kept = await town.kept(reference_in(await fill(town.ada)))
    assert kept.text.splitlines() == [
        "next door is at it again",
        "music so loud the walls shake",
        "shouting and banging as well",
    ]


async def test_an_edit_of_one_message_changes_that_part_of_the_story(town: Town) -> None:
    first = town.ada.say("Loud music")
    await town.ada.wait_for("kept what you wrote")
    town.ada.say("every night")
    await town.ada.wait_for("added this")
    town.ada.edit(first.id, "Very loud drumming")
    await town.ada.wait_for("changed")
    kept = await town.kept(reference_in(await fill(town.ada)))
    assert kept.text == "Very loud drumming\nevery night"


async def test_words_at_a_step_of_buttons_are_more_of_the_story(town: Town) -> None:
    town.ada.say("/report")
    await town.ada.wait_for("danger")
    town.ada.say("someone dumped three old mattresses and a fridge in the alley")
    await town.ada.wait_for("Is anyone in danger")
    await say(town.ada, "no")
    assert step_of(town.ada.last) == "offer"
    kept = await town.kept(reference_in(await fill(town.ada, offer="environment.flytipping")))
    assert kept.category == "environment.flytipping"
    assert kept.text == "someone dumped three old mattresses and a fridge in the alley"


async def test_a_caption_while_the_story_is_told_is_part_of_it(town: Town) -> None:
    await say(town.ada, "fly tipping behind the shops")
    town.ada.send_photo(b"\xff\xd8\xffpicture", caption="two sofas and a fridge")
    await town.ada.wait_for("Is anyone in danger")
    page = await town.page(reference_in(await fill(town.ada, files="~d")))
    assert page.report.text == "fly tipping behind the shops\ntwo sofas and a fridge"
    assert len(page.evidence) == 1


LEADS = {
    "when is the next meeting in ramsgate please?": ("meeting", None),
    "any update on my report please? what is the progress": ("list", "mine"),
    "hi i want a copy of all the data you hold about me under gdpr": ("copy", "privacy"),
    "unsubscribe me please, stop sending me messages": ("newsletters", "quiet"),
    "there is a massive pothole on my road, who fixes it": ("another service", "contacts"),
}


@pytest.mark.parametrize("text", LEADS)
async def test_what_is_no_report_is_led_to_the_right_place(town: Town, text: str) -> None:
    words, way = LEADS[text]
    shown = await say(town.ada, text)
    assert words in shown.text
    assert "report" in offered(town.ada)
    if way:
        assert way in offered(town.ada)


async def test_a_message_that_was_led_on_can_still_be_reported(town: Town) -> None:
    await say(town.ada, "there is a massive pothole on my road, who fixes it")
    await tap(town.ada, "report")
    assert step_of(town.ada.last) == "danger"
    kept = await town.kept(reference_in(await fill(town.ada, group="other")))
    assert kept.text == "there is a massive pothole on my road, who fixes it"


async def test_a_story_that_follows_a_question_keeps_both(town: Town) -> None:
    await say(town.ada, "when is the next meeting in ramsgate please?")
    await say(town.ada, NOISE)
    kept = await town.kept(reference_in(await fill(town.ada, offer="noise.domestic")))
    assert kept.text.endswith(NOISE)


async def test_an_edit_of_a_message_that_was_led_on_is_heard_as_it_now_reads(town: Town) -> None:
    first = town.ada.say("when is the next meeting in ramsgate please?")
    await town.ada.wait_for("meeting")
    town.ada.edit(first.id, NOISE)
    await town.ada.wait_for("Is anyone in danger")
    kept = await town.kept(reference_in(await fill(town.ada, offer="noise.domestic")))
    assert kept.text == NOISE


async def test_a_concern_that_is_confirmed_is_restricted(town: Town) -> None:
    text = "a little girl next door is always hungry and covered in bruises, i think her dad beats her"
    await say(town.ada, text)
    if step_of(town.ada.last) is None:
        town.ada.tap("Carry on with my report")
        await town.ada.wait_for("danger")
    await say(town.ada, "no")
    assert "child_at_risk" in offered(town.ada)
    kept = await town.kept(reference_in(await fill(town.ada, offer="child_at_risk")))
    assert (kept.record_type, kept.restriction) == ("safeguarding", Restriction.SAFEGUARDING)
    assert kept.priority is Priority.P1
    assert "child_at_risk" in kept.safety_shown
