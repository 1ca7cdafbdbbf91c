"""People who ask, stop, or do not know inside a form, and who tell more than a command can take."""

from __future__ import annotations

import pytest

from tests.journeys.test_hide import resident
from tests.journeys.test_many_messages import say_quickly
from tests.journeys.test_safety import ABUSE, KNIFE, tap_own
from tests.support.form import fill, say, start, step_of, tap
from tests.support.town import Town, reference_in, said_since

ASKED = "I cannot answer questions here"


@pytest.mark.parametrize("step", ["danger", "where", "when", "identity", "name", "review"])
async def test_a_question_inside_the_form_is_no_answer_and_is_kept(town: Town, step: str) -> None:
    await start(town.ada, step, group="other", identity="named")
    town.ada.say("how long will this take")
    await town.ada.wait_for(ASKED)
    draft = await town.open_draft(town.ada)
    assert draft.step == step
    assert step not in draft.answers
    assert draft.answers["what"].splitlines()[-1] == "how long will this take"
    await town.ada.wait_until(lambda: step_of(town.ada.last) == step)


async def test_a_place_that_reads_like_a_question_is_a_place(town: Town) -> None:
    await start(town.ada, "where", group="other")
    assert step_of(await say(town.ada, "where the Co-op in Westgate is, you know?")) == "when"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "forget it"),
        ("en", "Stop"),
        ("en", "I don\u2019t want to do this anymore"),
        ("pl", "nieważne"),
        ("ro", "nu mai vreau"),
        ("cs", "už nechci"),
        ("sk", "už nechcem"),
        ("uk", "забудьте"),
    ],
)
async def test_words_that_stop_a_form_stop_it(town: Town, language: str, text: str) -> None:
    town.ada.tap_data(f"o:language:{language}", (await say(town.ada, "/language")).id)
    await town.ada.wait_for()
    await say(town.ada, "/report")
    await say(town.ada, text)
    await town.settled()
    assert await town.draft(town.ada) is None


@pytest.mark.parametrize("text", ["i dont know", "Not sure", "I\u2019d rather not say"])
async def test_who_does_not_know_where_skips_that_question(town: Town, text: str) -> None:
    await start(town.ada, "where", group="other")
    assert step_of(await say(town.ada, text)) == "when"
    assert (await town.open_draft(town.ada)).answers["where"] is None


async def test_after_plain_abuse_no_kind_of_nuisance_is_offered(town: Town) -> None:
    await say(town.ada, ABUSE)
    await tap_own(town.ada, "o:carry_on:", "Is anyone in danger")
    await fill(town.ada, "offer")
    assert (await town.open_draft(town.ada)).answers["guess"] == ["domestic_abuse"]


async def test_what_is_told_right_after_a_question_begins_a_report(patient_town: Town) -> None:
    town = patient_town
    say_quickly(
        town.ada,
        "when is the next meeting in ramsgate please?",
        "the boys next door smashed our fence again last night",
    )
    await town.ada.wait_for("I have kept what you wrote")
    kept = await town.kept(reference_in(await fill(town.ada, offer="other", group="other")))
    assert kept.text.splitlines()[-1] == "the boys next door smashed our fence again last night"


async def test_more_of_a_question_stays_with_it(patient_town: Town) -> None:
    town = patient_town
    say_quickly(town.ada, "when is the next meeting please?", "the one in ramsgate")
    await town.settled()
    assert (await town.open_draft(town.ada)).form == "kept"


@pytest.mark.parametrize("command", ["/help", "/myreports", "/projects", "/privacy", "/language", "/nothing"])
async def test_a_story_typed_with_a_command_is_kept(town: Town, command: str) -> None:
    assert step_of(await say(town.ada, f"{command} the boys smashed our fence again")) == "danger"
    kept = await town.kept(reference_in(await fill(town.ada, offer="other", group="other")))
    assert kept.text == "the boys smashed our fence again"


@pytest.mark.parametrize("text", ["/help how does this work for me", "/privacy how do i delete my data"])
async def test_a_question_typed_with_a_command_is_that_command(town: Town, text: str) -> None:
    await say(town.ada, text)
    assert await town.draft(town.ada) is None


async def test_danger_typed_with_a_command_is_kept_when_its_card_was_shown_before(town: Town) -> None:
    await say(town.ada, KNIFE)
    town.ada.say(f"/cancel {KNIFE} again")
    await town.ada.wait_for("I have added this")
    await town.settled()
    draft = await town.open_draft(town.ada)
    assert draft.answers["what"].splitlines() == [KNIFE, f"{KNIFE} again"]


async def test_a_note_of_staff_about_danger_is_a_note(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    await say(town.cleo, f"/note {reference} {KNIFE}")
    await town.settled()
    assert said_since(town.cleo)[-1] == "Noted."
    assert await town.draft(town.cleo) is None


@pytest.mark.parametrize("step", ["danger", "group"])
async def test_a_place_shared_before_it_is_asked_for_is_offered_then(town: Town, step: str) -> None:
    await start(town.ada, step, group="other")
    town.ada.send_location(51.3813, 1.3862)
    await town.ada.wait_for("I have kept that place")
    assert step_of(town.ada.last) == step
    await fill(town.ada, "where", group="other")
    assert "a point on the map" in town.ada.last.text
    await tap(town.ada, "~u")
    kept = await town.kept(reference_in(await fill(town.ada, group="other")))
    assert (kept.place.lat, kept.place.lon) == (51.3813, 1.3862)


async def test_a_place_shared_later_is_where_it_is(town: Town) -> None:
    await start(town.ada, "files", group="other")
    town.ada.send_location(51.3813, 1.3862)
    await town.ada.wait_for("changed your answer")
    kept = await town.kept(reference_in(await fill(town.ada, group="other")))
    assert kept.place.lat == 51.3813


async def test_stop_where_messages_are_to_stop_stops_them(town: Town) -> None:
    await say(town.ada, "stop sending me messages")
    await say(town.ada, "STOP")
    assert (await resident(town, town.ada)).do_not_contact


async def test_who_says_yes_after_the_card_is_told_once_more_to_call(town: Town) -> None:
    await say(town.ada, KNIFE)
    await tap_own(town.ada, "o:carry_on:", "Is anyone in danger")
    assert "Call 999 now if you have not done so" in (await tap(town.ada, "yes")).text


async def test_other_things_are_offered_once(town: Town) -> None:
    await say(town.ada, "something odd is going on in our street, hard to say what it is")
    await fill(town.ada, "offer")
    assert "other.asb" not in (await town.open_draft(town.ada)).answers["guess"]


async def test_a_story_typed_with_start_is_kept(town: Town) -> None:
    assert step_of(await say(town.ada, "/start the boys smashed our fence again")) == "danger"
