"""The answer to every first free text says: in danger, 999; nobody reads this live. Its version is kept."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.emulator import Person
from store.actions import message
from store.domain.kept_form import CRISIS, LEADS
from tests.support.form import SKIP, data_of, fill, say, start, step_of, tap
from tests.support.town import Town, reference_in, said_since

FOOTER = "In danger now? Call 999. Nobody is reading this chat live."
NOISE = "next door are blasting loud music again, thumping bass all night"
KNIFE = "theres a man outside my door right now with a knife shouting hes going to kill me"
LED = {
    "n.enquiry_meeting": "when is the next meeting in ramsgate please?",
    "n.enquiry_case": "any update on my report please? what is the progress",
    "n.enquiry_other": "do you work at weekends and what are your opening hours",
    "n.case_review": "i want to ask for a community trigger case review, nothing was done",
    "n.dsar": "hi i want a copy of all the data you hold about me under gdpr",
    "n.unsubscribe": "unsubscribe me please, stop sending me messages",
    "n.staff_threat": "your officer better watch his back, i know where he parks his car",
    "n.other_service": "there is a massive pothole on my road, who fixes it",
    "n.chitchat": "thank you so much for the kind words, have a lovely weekend",
}


def footers(person: Person) -> int:
    return sum(said.count(FOOTER) for said in said_since(person))


def version(town: Town, code: str) -> int:
    return town.house.app.reference.profile.safety(code).version


def reviewed_anew(town: Town, code: str) -> None:
    """Bring the next version of a safety text into force."""
    reference = town.house.app.reference
    profile = reference.profile
    texts = tuple(replace(t, version=t.version + 1) if t.code == code else t for t in profile.safety_texts)
    town.house.app.reference = replace(reference, profile=replace(profile, safety_texts=texts))


@pytest.mark.parametrize("text", ["hello", "👍👍", "...", NOISE])
async def test_the_first_answer_carries_the_footer_once(town: Town, text: str) -> None:
    await say(town.ada, text)
    await town.settled()
    assert footers(town.ada) == 1


async def test_whatever_is_no_words_at_all_is_answered_with_the_footer(town: Town) -> None:
    town.ada.send_location(51.3886, 1.3940)
    await town.ada.wait_for(FOOTER)
    town.ben.send_sticker()
    await town.ben.wait_for(FOOTER)


@pytest.mark.parametrize("intent", [intent for intent in LEADS if intent != CRISIS])
async def test_the_answer_to_what_is_no_report_carries_the_footer(town: Town, intent: str) -> None:
    shown = await say(town.ada, LED[intent])
    assert step_of(shown) == "lead"
    assert (await town.open_draft(town.ada)).answers["intent"] == intent
    assert shown.text.startswith(FOOTER)


async def test_a_report_that_was_led_on_first_keeps_what_was_shown(town: Town) -> None:
    await say(town.ada, LED["n.other_service"])
    assert FOOTER not in (await tap(town.ada, "report")).text
    kept = await town.kept(reference_in(await fill(town.ada, group="other")))
    assert kept.safety_shown == {"footer": version(town, "footer")}


async def test_words_while_a_question_is_open_are_answered_with_the_footer(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    town.ada.mark()
    await town.staff_does(message.ask, reference, "Which house is it?")
    await town.ada.wait_for("Which house")
    shown = await say(town.ada, "the bins are full again")
    assert "Is this your answer" in shown.text
    assert FOOTER in shown.text
    await tap(town.ada, "new")
    kept = await town.kept(reference_in(await fill(town.ada, group="other")))
    assert kept.safety_shown == {"footer": version(town, "footer")}


async def test_the_first_story_told_inside_the_form_is_answered_with_the_footer(town: Town) -> None:
    await start(town.ada, "what", group="other")
    shown = await say(town.ada, NOISE)
    assert (step_of(shown), shown.text.count(FOOTER)) == ("where", 1)
    assert FOOTER not in (await say(town.ada, "CT9 1EZ")).text
    kept = await town.kept(reference_in(await fill(town.ada)))
    assert kept.safety_shown == {"footer": version(town, "footer")}


async def test_taps_alone_bring_no_footer(town: Town) -> None:
    await start(town.ada, "category")
    await tap(town.ada, "noise.domestic")
    assert FOOTER not in "".join(said_since(town.ada))


async def test_a_card_that_stands_alone_needs_no_footer(town: Town) -> None:
    await say(town.ada, KNIFE)
    await town.settled()
    assert footers(town.ada) == 0
    draft = await town.open_draft(town.ada)
    assert "seen" not in draft.answers


async def test_the_version_of_a_card_is_that_of_the_moment_it_was_shown(own_town: Town) -> None:
    shown = version(own_town, "emergency"), version(own_town, "footer")
    await start(own_town.ada, "danger_card", danger="yes")
    reviewed_anew(own_town, "emergency")
    await tap(own_town.ada, "carry_on")
    await fill(own_town.ada, "where", group="other")
    reviewed_anew(own_town, "footer")
    kept = await own_town.kept(reference_in(await fill(own_town.ada, where=SKIP)))
    assert (kept.safety_shown["emergency"], kept.safety_shown["footer"]) == shown
    assert version(own_town, "emergency") == shown[0] + 1


async def test_a_card_that_was_read_at_the_danger_question_stays_known(town: Town) -> None:
    await start(town.ada, "danger_card", danger="yes")
    assert any(":danger_card:" in data for data in data_of(town.ada.last))
    await tap(town.ada, "carry_on")
    assert step_of(town.ada.last) == "group"
