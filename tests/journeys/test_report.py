"""A resident reports a problem, from the first tap to the reference."""

from __future__ import annotations

import pytest

from store.actions import report
from store.domain.reference import Priority
from store.domain.report import Identity, ReportState
from store.queries import chat
from tests.support.form import CHANGE, GO_TO, STORY, fill, say, start, step_of, tap
from tests.support.town import Town, reference_in


async def test_a_report_by_buttons(town: Town) -> None:
    reference = await town.report(town.ada, extra={"noise_type": "music", "hours": "Fridays from ten"})
    kept = await town.kept(reference)
    assert (kept.state, kept.category, kept.identity, kept.priority) == (
        ReportState.WAITING,
        "noise.domestic",
        Identity.CONFIDENTIAL,
        Priority.P3,
    )
    assert (kept.text, kept.place.words, kept.place.area) == (STORY, "CT9 1EZ", "margate")
    assert (kept.occurred, kept.still_going, kept.how_often) == ("last_night", "yes", "weekly")
    assert kept.extra == {"noise_type": "music", "hours": "Fridays from ten"}
    assert "We will write to you here" in town.ada.last.text
    assert await town.draft(town.ada) is None


async def test_a_form_by_buttons_stays_one_message_until_words_are_needed(town: Town) -> None:
    asked = await start(town.ada, "what")
    assert [bubble.id for bubble in town.ada.messages if bubble.from_bot] == [asked.id]


async def test_a_report_by_typed_numbers(town: Town) -> None:
    town.ada.say("/report")
    await town.ada.wait_for("danger")
    typed = ["2", "1", "1", STORY, "CT9 1EZ", "3", "1", "3", "2"]
    for text in [*typed, *["skip"] * 6]:
        await say(town.ada, text)
    assert step_of(town.ada.last) == "files"
    await say(town.ada, "skip")
    assert step_of(await say(town.ada, "2")) == "review"
    kept = await town.kept(reference_in(await say(town.ada, "1")))
    assert (kept.category, kept.occurred, kept.still_going, kept.how_often, kept.identity) == (
        "noise.domestic",
        "last_night",
        "yes",
        "weekly",
        Identity.CONFIDENTIAL,
    )
    assert kept.extra == {"noise_type": "voices"}


async def test_a_report_by_typed_words(town: Town) -> None:
    town.ada.say("/report")
    await town.ada.wait_for("danger")
    words = [
        "No",
        "something else",
        STORY,
        "near the clock tower",
        "every night at ten",
        "not sure",
        "Now and then",
    ]
    for text in [*words, "skip", "Anonymous."]:
        await say(town.ada, text)
    assert step_of(town.ada.last) == "review"
    kept = await town.kept(reference_in(await say(town.ada, "Send it")))
    assert (kept.category, kept.occurred, kept.how_often) == ("other.asb", "every night at ten", "sometimes")
    assert (kept.place.words, kept.identity) == ("near the clock tower", Identity.ANONYMOUS)


async def test_typed_words_that_fit_no_button_are_asked_again(town: Town) -> None:
    await start(town.ada, "still")
    shown = await say(town.ada, "perhaps")
    assert "tap one of the buttons" in shown.text
    assert step_of(shown) == "still"


async def test_danger_shows_the_999_card_first_and_goes_on_as_most_urgent(town: Town) -> None:
    await start(town.ada, "danger")
    card = await tap(town.ada, "yes")
    assert "call 999" in card.text
    assert step_of(card) == "danger_card"
    reference = reference_in(await fill(town.ada, group="other"))
    kept = await town.kept(reference)
    assert (kept.danger, kept.priority) == (True, Priority.P1)
    assert "call 999" in town.ada.last.text


async def test_a_named_report_carries_the_name_that_was_given(town: Town) -> None:
    reference = await town.report(town.ada, group="other", identity="named", name="Ada Lovejoy")
    page = await town.page(reference)
    assert (page.report.identity, page.reporter_name) == (Identity.NAMED, "Ada Lovejoy")


async def test_a_story_that_is_simply_written_opens_the_form(town: Town) -> None:
    shown = await say(town.ada, "Boys on bikes ride over the green every evening")
    assert step_of(shown) == "danger"
    kept = await town.kept(reference_in(await fill(town.ada, group="other")))
    assert kept.text == "Boys on bikes ride over the green every evening"


async def test_a_word_of_thanks_in_emoji_opens_no_form(town: Town) -> None:
    shown = await say(town.ada, "👍👍")
    assert step_of(shown) is None
    assert "Report a problem" in shown.labels
    assert await town.draft(town.ada) is None


async def test_the_review_shows_every_answer_before_it_is_sent(town: Town) -> None:
    shown = await start(town.ada, "review", identity="named")
    for told in ("Noise from a home", STORY, "CT9 1EZ", "Last night", "Every week", "Named", "Ada Example"):
        assert told in shown.text
    assert "Send it" in shown.labels


async def test_a_story_longer_than_one_message_is_refused_kindly_at_other_questions(town: Town) -> None:
    await start(town.ada, "where")
    shown = await say(town.ada, "x" * 501)
    assert "501 characters" in shown.text
    assert step_of(shown) == "where"


@pytest.mark.parametrize(("group", "category"), [("other", "other.asb"), ("fire", "fire.deliberate")])
async def test_a_group_of_one_category_asks_for_no_category(town: Town, group: str, category: str) -> None:
    kept = await town.kept(await town.report(town.ada, group=group, category=category))
    assert kept.category == category


async def test_somebody_who_floods_us_is_asked_to_wait_unless_in_danger(town: Town) -> None:
    await say(town.ada, "/report")
    told = {"danger": "no", "category": "other.asb", "what": STORY, "identity": "anonymous"}
    ada = (await town.house.read(chat.who, town.ada.id)).resident
    assert ada
    for _ in range(10):
        await town.house.write(report.send, ada, town.house.app.reference.profile, told)
    await fill(town.ada, "review", group="other")
    query = town.ada.tap("Send it")
    assert "many reports" in (await town.ada.wait_for_answer(query))["text"]
    await tap(town.ada, CHANGE)
    await tap(town.ada, GO_TO + "danger")
    await tap(town.ada, "yes")
    assert reference_in(await fill(town.ada))
