"""STOP ends the news at once, in any language, by a word or by a tap; reports are another matter."""

from __future__ import annotations

import pytest

from bot.emulator import Person
from notifications.buttons import markup
from notifications.stop_row import stop_row
from notifications.wording import say as worded
from store.actions import delivery, message
from store.domain.delivery import Lane, Outgoing
from store.domain.reference import LANGUAGES
from store.domain.subscription import Topic, WhyStopped
from store.engine import Session
from store.queries import chat
from store.queries.audience import subscribers
from tests.support.form import SEND, data_of, fill, say, start, step_of, tap
from tests.support.news import choose, kept, open_form, press, subscribe
from tests.support.town import Town, reference_in

WORDS = {
    "en": ("STOP", "Unsubscribe.", "no more messages please"),
    "pl": ("stop", "wypisz mnie"),
    "ro": ("dezabonare", "nu mai vreau mesaje"),
    "cs": ("odhlásit", "nechci zpravy"),
    "sk": ("odhláste ma",),
    "uk": ("СТОП", "відписатися"),
}


async def is_stopped(town: Town, person: Person) -> bool:
    wish = await kept(town, person)
    assert wish
    return wish.stopped_at is not None


@pytest.mark.parametrize("word", [word for words in WORDS.values() for word in words])
async def test_a_word_of_any_language_ends_it_and_why_is_asked_once(town: Town, word: str) -> None:
    await subscribe(town.ada, "meetings")
    shown = await say(town.ada, word)
    assert "You get no more news from us" in shown.text
    assert len(shown.labels) == len(WhyStopped)
    assert await is_stopped(town, town.ada)
    shown = await say(town.ada, word)
    assert "May I ask why" not in shown.text
    assert "quiet" in str(data_of(shown))


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_end_is_said_in_the_person_s_language(town: Town, language: str) -> None:
    person = town.emulator.person(f"Ivo {language}", language_code=language)
    await subscribe(person, "meetings")
    assert (await say(person, "stop")).text == worded(language, "subscribe.stopped")
    shown = await press(person, "o:news:why.moved")
    assert shown.text == worded(language, "subscribe.why_thanks")
    wish = await kept(town, person)
    assert wish
    assert wish.why_stopped is WhyStopped.MOVED


async def test_one_tap_under_anything_we_push_ends_it_and_leaves_what_was_said(town: Town) -> None:
    await subscribe(town.ada, "meetings")

    def push(session: Session) -> None:
        params = {
            "chat_id": town.ada.id,
            "text": "A meeting is near.",
            "reply_markup": markup([stop_row("en")]),
        }
        delivery.queue(session, [Outgoing(Lane.REMINDER, town.ada.id, "reminder", "sendMessage", params)])

    await town.house.write(push)
    pushed = await town.ada.wait_for("A meeting is near.")
    shown = await press(town.ada, "o:news:open")
    assert "This is the news you get" in shown.text
    town.ada.tap_data("o:news:stop", pushed.id)
    await town.ada.wait_for("You get no more news")
    town.ada.tap_data("o:news:stop", pushed.id)
    await town.ada.wait_for("You get no news from us.")
    assert await is_stopped(town, town.ada)
    assert any(bubble.text == "A meeting is near." for bubble in town.ada.messages)


async def test_the_command_ends_it_too_and_without_news_it_is_about_the_form(town: Town) -> None:
    await start(town.ben, "where", group="other")
    assert "Do you want to stop" in (await say(town.ben, "/stop")).text
    await subscribe(town.ada, "meetings")
    assert "no more news" in (await say(town.ada, "/stop")).text
    assert "nothing to stop" in (await say(town.ada, "/stop")).text


async def test_a_sentence_that_asks_for_no_more_messages_ends_it_and_is_led_on_as_ever(town: Town) -> None:
    await subscribe(town.ada, "meetings")
    await say(town.ada, "unsubscribe me please, stop sending me messages")
    await town.ada.wait_for("You can stop that too")
    assert "no more news" in town.ada.news[0].text
    assert await is_stopped(town, town.ada)


async def test_it_ends_too_while_a_question_of_the_team_is_open(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    await subscribe(town.ada, "meetings")
    await town.staff_does(message.ask, reference, "Which house is it?")
    await town.ada.wait_for("Which house is it?")
    await say(town.ada, "unsubscribe me please, stop sending me messages")
    await town.ada.wait_for("Is this your answer")
    assert await is_stopped(town, town.ada)


async def test_whoever_never_asked_for_news_is_led_on_as_ever(town: Town) -> None:
    shown = await say(town.ada, "unsubscribe")
    assert "no more news" not in shown.text
    assert await kept(town, town.ada) is None


async def test_stop_in_the_middle_of_a_report_ends_the_news_and_the_report_stays_open(town: Town) -> None:
    await subscribe(town.ada, "meetings")
    await start(town.ada, "where", group="other")
    await say(town.ada, "stop")
    await town.ada.wait_for("Where is it?")
    assert await is_stopped(town, town.ada)
    assert "Do you want to stop" in (await say(town.ada, "stop")).text
    await say(town.ada, "no")
    reference_in(await fill(town.ada))


async def test_stop_without_news_is_about_the_form_as_ever(town: Town) -> None:
    await open_form(town.ada)
    await choose(town.ada, "meetings")
    assert "Nothing was sent" in (await say(town.ada, "stop")).text


async def test_stop_while_a_setting_is_changed_ends_the_news_and_the_form(town: Town) -> None:
    await start(town.ada, "where", group="other")
    await subscribe(town.ada, "meetings")
    await town.settled()
    await open_form(town.ada)
    await press(town.ada, "o:news:often")
    await say(town.ada, "stop")
    await town.ada.wait_for("Where is it?")
    assert (await town.open_draft(town.ada)).form == "report"
    assert await is_stopped(town, town.ada)


async def test_a_change_that_comes_after_the_stop_changes_nothing(town: Town) -> None:
    await subscribe(town.ada, "meetings")
    await open_form(town.ada)
    shown = await press(town.ada, "o:news:often")
    daily = next(data for data in data_of(shown) if data.endswith("daily"))
    await say(town.ada, "stop")
    before = await kept(town, town.ada)
    town.ada.tap_data(daily, shown.id)
    await town.settled()
    assert await kept(town, town.ada) == before
    town.ada.tap_data("o:news:often", shown.id)
    assert step_of(await town.ada.wait_for()) == "topics"


async def test_subscribing_after_a_stop_asks_for_consent_again_with_nothing_ticked(town: Town) -> None:
    await subscribe(town.ada, "meetings", "surveys", where=("margate",))
    await say(town.ada, "stop")
    await press(town.ada, "o:news:why.too_many")
    shown = await open_form(town.ada)
    assert not any("☑" in label for label in shown.labels)
    await choose(town.ada, "urgent")
    await choose(town.ada, "everywhere")
    assert step_of(await tap(town.ada, "weekly")) == "review"
    await tap(town.ada, SEND)
    wish = await kept(town, town.ada)
    assert wish
    assert wish.topics == {Topic.URGENT}
    assert wish.stopped_at is None
    assert wish.why_stopped is None


@pytest.mark.parametrize("how", ["/clear", "quiet"])
async def test_to_hide_the_chat_or_not_be_written_to_first_stops_news_too(town: Town, how: str) -> None:
    await subscribe(town.ada, "surveys")
    assert await wanted(town, town.ada.id)
    if how == "/clear":
        town.ada.say("/clear")
        await town.ada.wait_until(lambda: not town.ada.messages)
    else:
        await say(town.ada, "/privacy")
        await press(town.ada, "o:quiet:")
    await town.settled()
    assert not await wanted(town, town.ada.id)


async def test_whoever_blocks_us_gets_none_until_they_write_again(town: Town) -> None:
    await subscribe(town.ada, "surveys")
    town.ada.block()
    await town.settled()
    assert not await wanted(town, town.ada.id)
    town.ada.unblock()
    await say(town.ada, "hello")
    assert await wanted(town, town.ada.id)


async def test_news_stopped_leave_the_answers_about_reports_as_they_are(town: Town) -> None:
    from store.actions import triage

    reference = await town.report(town.ada, group="other")
    await subscribe(town.ada, "meetings")
    await say(town.ada, "stop")
    await town.staff_does(triage.take, reference)
    await town.ada.wait_for("a person from the team is looking at it")


async def test_staff_may_subscribe_as_residents_do(town: Town) -> None:
    shown = await subscribe(town.cleo, "meetings")
    assert "You get our news" in shown.text


async def wanted(town: Town, chat_id: int) -> bool:
    """Tell whether somebody would be told of a survey."""

    def read(session: Session) -> bool:
        resident = chat.who(session, chat_id).resident
        assert resident is not None
        return resident.id in {one.resident_id for one in subscribers(session, Topic.SURVEYS, ())}

    return await town.house.read(read)
