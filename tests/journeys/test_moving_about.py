"""Going back, changing one's mind, coming back later: nothing said is lost."""

from __future__ import annotations

from store.domain.report import Identity
from tests.support.form import (
    BACK,
    CANCEL,
    CHANGE,
    GO_TO,
    SKIP,
    STORY,
    data_of,
    fill,
    say,
    start,
    step_of,
    tap,
)
from tests.support.town import Town, reference_in


async def test_typed_back_goes_to_the_question_before(town: Town) -> None:
    await start(town.ada, "where")
    shown = await say(town.ada, "back")
    assert step_of(shown) == "what"
    assert step_of(await tap(town.ada, BACK)) == "category"


async def test_typed_skip_leaves_a_question_that_need_not_be_answered(town: Town) -> None:
    await start(town.ada, "where", group="other")
    assert step_of(await say(town.ada, "Skip.")) == "when"
    kept = await town.kept(reference_in(await fill(town.ada)))
    assert kept.place.words == ""


async def test_skip_where_an_answer_is_needed_is_taken_as_words_or_asked_again(town: Town) -> None:
    await start(town.ada, "still", group="other")
    shown = await say(town.ada, "skip")
    assert "tap one of the buttons" in shown.text
    assert step_of(shown) == "still"


async def test_typed_cancel_forgets_everything(town: Town) -> None:
    await start(town.ada, "where", group="other")
    assert "Do you want to stop" in (await say(town.ada, "cancel")).text
    shown = await say(town.ada, "yes")
    assert "deleted your answers" in shown.text
    assert await town.draft(town.ada) is None


async def test_who_stops_by_mistake_carries_on_and_has_lost_nothing(town: Town) -> None:
    await start(town.ada, "where", group="other")
    await tap(town.ada, CANCEL)
    assert step_of(await say(town.ada, "no")) == "where"
    assert (draft := await town.draft(town.ada))
    assert draft.answers["what"] == STORY


async def test_yes_to_carry_on_is_no_answer_to_the_form_s_own_question(town: Town) -> None:
    await start(town.ada, "danger")
    await say(town.ada, "/report")
    assert step_of(await say(town.ada, "yes")) == "danger"
    assert (draft := await town.draft(town.ada))
    assert "danger" not in draft.answers


async def test_a_greeting_is_no_report(town: Town) -> None:
    assert "Report a problem" in (await say(town.ada, "Thank you!")).labels
    assert await town.draft(town.ada) is None


async def test_cancel_is_a_command_at_any_step_and_harmless_without_a_form(town: Town) -> None:
    await start(town.ada, "danger")
    assert "Nothing was sent" in (await say(town.ada, "/cancel")).text
    assert "nothing to stop" in (await say(town.ada, "/cancel")).text


async def test_one_answer_is_changed_at_the_review_and_the_others_stay(town: Town) -> None:
    await start(town.ada, "review", group="other")
    await tap(town.ada, CHANGE)
    shown = await tap(town.ada, GO_TO + "where")
    assert step_of(shown) == "where"
    shown = await say(town.ada, "Ramsgate")
    assert step_of(shown) == "ward"
    assert step_of(await say(town.ada, "I am not sure")) == "review"
    kept = await town.kept(reference_in(await fill(town.ada)))
    assert (kept.place.area, kept.text) == ("ramsgate", STORY)


async def test_a_category_changed_at_the_review_drops_what_was_asked_for_the_old_one(town: Town) -> None:
    await start(town.ada, "review", extra={"noise_type": "music", "hours": "nights"})
    await tap(town.ada, CHANGE)
    await tap(town.ada, GO_TO + "category")
    shown = await tap(town.ada, "noise.commercial")
    assert step_of(shown) == "extra.premises"
    kept = await town.kept(reference_in(await fill(town.ada, extra={"premises": "The club"})))
    assert (kept.category, kept.extra) == ("noise.commercial", {"premises": "The club"})


async def test_a_group_changed_at_the_review_asks_for_a_new_category(town: Town) -> None:
    await start(town.ada, "review", extra={"noise_type": "music"})
    await tap(town.ada, CHANGE)
    await tap(town.ada, GO_TO + "group")
    await tap(town.ada, "other")
    kept = await town.kept(reference_in(await fill(town.ada)))
    assert (kept.category, kept.extra) == ("other.asb", {})


async def test_named_changed_to_anonymous_forgets_the_name(town: Town) -> None:
    await start(town.ada, "review", group="other", identity="named")
    await tap(town.ada, CHANGE)
    await tap(town.ada, GO_TO + "identity")
    shown = await tap(town.ada, "anonymous")
    assert "Ada Example" not in shown.text
    page = await town.page(reference_in(await fill(town.ada)))
    assert (page.report.identity, page.reporter_name) == (Identity.ANONYMOUS, None)


async def test_an_edited_message_changes_the_answer_in_the_draft(town: Town) -> None:
    await start(town.ada, "what", group="other")
    said = town.ada.say("Loud muzak")
    await town.ada.wait_for("Where is it")
    town.ada.edit(said.id, "Loud music")
    shown = await town.ada.wait_for("changed your answer")
    assert step_of(shown) == "where"
    assert (await town.kept(reference_in(await fill(town.ada)))).text == "Loud music"


async def test_an_edit_after_sending_changes_nothing_and_says_so(town: Town) -> None:
    await start(town.ada, "what", group="other")
    said = town.ada.say("Loud music")
    await town.ada.wait_for("Where is it")
    reference = reference_in(await fill(town.ada))
    town.ada.edit(said.id, "Something quite different")
    await town.ada.wait_for("does not change a report")
    assert (await town.kept(reference)).text == "Loud music"


async def test_a_double_tap_counts_once(town: Town) -> None:
    asked = await start(town.ada, "danger")
    data = next(d for d in data_of(asked) if d.endswith(":no"))
    queries = [town.ada.tap_data(data, asked.id) for _ in range(2)]
    answers = [await town.ada.wait_for_answer(query) for query in queries]
    assert [answer.get("text") or "" for answer in answers] == ["", "Got it already."]
    await town.settled()
    assert step_of(town.ada.last) == "group"


async def test_sending_twice_makes_one_report(town: Town) -> None:
    shown = await start(town.ada, "review", group="other")
    data = next(d for d in data_of(shown) if d.endswith(":~ok"))
    for query in [town.ada.tap_data(data, shown.id) for _ in range(2)]:
        await town.ada.wait_for_answer(query)
    await town.settled()
    shown = await say(town.ada, "/myreports")
    assert len(shown.labels) == 1


async def test_an_old_button_is_recognised_and_the_question_at_hand_asked_again(town: Town) -> None:
    asked = await start(town.ada, "danger")
    old = next(d for d in data_of(asked) if d.endswith(":yes"))
    await fill(town.ada, "what")
    query = town.ada.tap_data(old, asked.id)
    assert "from before" in (await town.ada.wait_for_answer(query))["text"]
    shown = await town.ada.wait_for()
    assert step_of(shown) == "what"
    assert (draft := await town.draft(town.ada))
    assert draft.answers["danger"] == "no"


async def test_a_button_of_a_form_that_was_stopped_does_nothing_to_the_next_one(town: Town) -> None:
    asked = await start(town.ada, "still", group="other")
    stop = next(d for d in data_of(asked) if d.endswith(CANCEL))
    await say(town.ada, "/cancel")
    await say(town.ada, "yes")
    await start(town.ada, "where", group="noise", danger="yes")
    assert (draft := await town.draft(town.ada))
    query = town.ada.tap_data(stop, asked.id)
    said = (await town.ada.wait_for_answer(query))["text"]
    assert "from before" in said or "already" in said
    assert await town.draft(town.ada) == draft


async def test_a_form_survives_a_restart_in_the_middle(own_town: Town) -> None:
    ada = own_town.ada
    asked = await start(ada, "where", group="other")
    await own_town.house.restart()
    assert step_of(await tap(ada, SKIP, asked)) == "when"
    kept = await own_town.kept(reference_in(await fill(ada)))
    assert kept.text == STORY


async def test_what_is_sent_while_we_are_down_is_heard_afterwards_in_order(own_town: Town) -> None:
    ada = own_town.ada
    await start(ada, "what", group="other")
    await own_town.house.stop()
    ada.say("It began at ten")
    ada.say("CT9 1EZ")
    await own_town.house.start()
    await ada.wait_for("When did it happen")
    kept = await own_town.kept(reference_in(await fill(ada)))
    assert (kept.text, kept.place.words) == ("It began at ten", "CT9 1EZ")


async def test_report_again_asks_whether_to_carry_on(town: Town) -> None:
    await start(town.ada, "where", group="other")
    shown = await say(town.ada, "/report")
    assert shown.labels == ["Carry on", "Start again"]
    town.ada.tap("Carry on")
    shown = await town.ada.wait_for("carry on")
    assert step_of(shown) == "where"


async def test_start_again_forgets_the_open_form(town: Town) -> None:
    await start(town.ada, "where", group="other")
    await say(town.ada, "/report")
    town.ada.tap("Start again")
    assert step_of(await town.ada.wait_for("danger")) == "danger"
    assert (draft := await town.draft(town.ada))
    assert dict(draft.answers) == {}


async def test_another_command_answers_and_the_open_form_stays(town: Town) -> None:
    await start(town.ada, "where", group="other")
    assert "What I can do" in (await say(town.ada, "/help")).text
    assert step_of(await say(town.ada, "CT9 1EZ")) == "when"


async def test_the_language_changes_in_the_middle_of_a_form(town: Town) -> None:
    await start(town.ada, "still", group="other")
    town.ada.say("/language")
    offered = await town.ada.wait_for("Which language")
    assert len(offered.labels) == 6
    town.ada.tap(offered.labels[1])
    shown = await town.ada.wait_for(lambda bubble: step_of(bubble) == "still")
    assert "Is it still going on?" not in shown.text
    english = await say(town.ada, "/language")
    town.ada.tap("English", english)
    shown = await town.ada.wait_for("Is it still going on?")
    assert step_of(shown) == "still"


async def test_somebody_whose_messenger_is_polish_is_spoken_to_in_polish(town: Town) -> None:
    jan = town.emulator.person("Jan", language_code="pl")
    shown = await say(jan, "/report")
    assert "danger" not in shown.text
    shown = await fill(jan, "what", group="other")
    shown = await say(jan, "Głośna muzyka całą noc, zażółć gęślą jaźń")
    kept = await town.kept(reference_in(await fill(jan)))
    assert (kept.language, kept.text) == ("pl", "Głośna muzyka całą noc, zażółć gęślą jaźń")
