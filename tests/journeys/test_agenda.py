"""Residents send questions ahead to a meeting, want the same as others, and hear what comes of it."""

from __future__ import annotations

import pytest

from bot.emulator import Person
from store.actions import agenda_desk
from store.domain.agenda import AgendaItem
from store.domain.meeting import Meeting
from store.engine import Session
from store.queries import agenda as agendas
from tests.journeys.test_coming import TUESDAY, look, quiet_town, tap
from tests.support.form import data_of, say
from tests.support.meeting_factory import published
from tests.support.town import Town

__all__ = ["quiet_town"]

LAMP = "Why is the lamp in the alley by the church still out?"
MUSIC = "My neighbour plays loud music every night until three"
BEATEN = "My husband hits me and I am scared to go home"


@pytest.fixture
async def there(quiet_town: Town) -> Meeting:
    """A meeting comes up, and nobody has asked anything."""
    return await quiet_town.staff_does(published, TUESDAY)


async def asks(town: Town, person: Person, meeting: Meeting, words: str) -> None:
    """Open the meeting's questions, write one, and send it."""
    await begins(town, person, meeting)
    person.say(words)
    await person.wait_for(f"Shall we send this to the team for “{meeting.facts.title}”?")
    await town.settled()
    await tap(town, person, "f:agenda_question:send_as", "The team looks at your question")


async def begins(town: Town, person: Person, meeting: Meeting) -> None:
    await look(town, person)
    opened = await tap(town, person, f"o:agenda:{meeting.reference}", "")
    if "What should we talk about" not in opened:
        await tap(town, person, f"o:agenda:{meeting.reference}.write", "What should we talk about")


async def items(town: Town, meeting: Meeting) -> dict[str, AgendaItem]:
    def read(session: Session) -> dict[str, AgendaItem]:
        found = agendas.desk(session, town.officer.staff, meeting.reference)
        return {one.words: one for one in (*found.listed, *found.waiting, *found.rest)}

    return await town.house.read(read)


async def test_a_question_is_sent_looked_at_listed_and_answered(quiet_town: Town, there: Meeting) -> None:
    town, ada = quiet_town, quiet_town.ada
    await asks(town, ada, there, LAMP)
    shown = await tap(town, ada, f"o:agenda:{there.reference}", "Questions for this meeting")
    assert "No question is on the agenda yet" in shown
    assert LAMP in shown
    item = (await items(town, there))[LAMP]
    await town.staff_does(agenda_desk.put_on, there.reference, item.id, "The lamp in the alley")
    told = (await ada.wait_for("Your question is on the agenda")).text
    assert "The lamp in the alley" in told
    assert "Tuesday 1 December" in told
    await town.staff_does(agenda_desk.answer, there.reference, item.id, "It is mended on Friday.")
    assert "Answer: It is mended on Friday." in (await ada.wait_for("Here is the answer")).text


async def test_others_want_the_same_once_each_and_hear_the_answer_too(
    quiet_town: Town, there: Meeting
) -> None:
    town, ben = quiet_town, quiet_town.ben
    await asks(town, town.ada, there, LAMP)
    item = (await items(town, there))[LAMP]
    await town.staff_does(agenda_desk.put_on, there.reference, item.id, LAMP)
    await look(town, ben)
    assert "1 person wants" in await tap(town, ben, f"o:agenda:{there.reference}", "1. Why is the lamp")
    for _ in range(2):
        assert "2 people want" in await tap(town, ben, f"o:agenda_item:{item.id}.", "2 people want")
        assert "1 person wants" in await tap(town, ben, f"o:agenda_item:{item.id}.", "1 person wants")
    await tap(town, ben, f"o:agenda_item:{item.id}.", "2 people want")
    await town.staff_does(agenda_desk.answer, there.reference, item.id, "On Friday.")
    for person in (town.ada, ben):
        await person.wait_for("Answer: On Friday.")


async def test_ones_own_question_has_no_number_to_tap_and_can_be_taken_back(
    quiet_town: Town, there: Meeting
) -> None:
    town, ada = quiet_town, quiet_town.ada
    await asks(town, ada, there, LAMP)
    await look(town, ada)
    await tap(town, ada, f"o:agenda:{there.reference}", "You sent this")
    item = (await items(town, there))[LAMP]
    assert [d for d in data_of(ada.last) if d.startswith("o:agenda_item")] == [
        f"o:agenda_item:{item.id}.take_back"
    ]
    await tap(town, ada, f"o:agenda_item:{item.id}.take_back", "taken back")
    assert "What should we talk about" in await tap(
        town, ada, f"o:agenda:{there.reference}", "What should we"
    )


async def test_what_happens_to_somebody_is_offered_as_a_report_first(
    quiet_town: Town, there: Meeting
) -> None:
    town, ada = quiet_town, quiet_town.ada
    await begins(town, ada, there)
    ada.say(MUSIC)
    told = (await ada.wait_for("A report is private")).text
    assert "something that we should look into" in told
    await town.settled()
    shown = ada.last
    report = next(one for one in data_of(shown) if one.endswith(":report"))
    ada.tap_data(report, shown.id)
    await ada.wait_for()
    await town.settled()
    assert (await town.open_draft(ada)).answers["what"] == MUSIC
    assert await items(town, there) == {}


async def test_danger_brings_the_card_first_and_a_private_report_is_offered(
    quiet_town: Town, there: Meeting
) -> None:
    town, ada = quiet_town, quiet_town.ada
    await begins(town, ada, there)
    ada.say(BEATEN)
    await town.settled()
    cards = "\n".join(one.text for one in ada.news)
    assert "999" in cards
    assert "Shall we send this" not in cards
    ada.tap_data("o:carry_on:", ada.last.id)
    assert "A report is private" in (await ada.wait_for("A report is private")).text
    await town.settled()
    send = next(one for one in data_of(ada.last) if one.endswith(":question"))
    ada.tap_data(send, ada.last.id)
    await ada.wait_for("The team looks at your question")
    item = (await items(town, there))[BEATEN]
    assert item.cards
    await town.staff_does(agenda_desk.offer_report, there.reference, item.id)
    told = (await ada.wait_for("There is news")).text
    assert "husband" not in told
    shown = await opened_by_news(town, ada, there)
    assert BEATEN in shown
    assert "needs more than a meeting" in shown
    await tap(town, ada, f"o:agenda_item:{item.id}.report", "")
    assert (await town.open_draft(ada)).answers["what"] == BEATEN


async def test_a_question_that_is_written_and_not_sent_is_asked_about_before_the_next_one(
    quiet_town: Town, there: Meeting
) -> None:
    town, ada = quiet_town, quiet_town.ada
    await begins(town, ada, there)
    ada.say(LAMP)
    await ada.wait_for("Shall we send this")
    await town.settled()
    await tap(town, ada, f"o:agenda:{there.reference}", "Shall we send this")
    await tap(town, ada, "f:agenda_question:send_as", "The team looks at your question")
    assert list(await items(town, there)) == [LAMP]
    await begins(town, ada, there)


async def test_a_meeting_says_how_many_questions_are_on_its_agenda(quiet_town: Town, there: Meeting) -> None:
    town, ada = quiet_town, quiet_town.ada
    await look(town, ada)
    await tap(town, ada, f"o:meeting:{there.reference}", "neighbourhood meeting")
    assert "Ask a question" in ada.last.labels
    await town.staff_does(agenda_desk.add, there.reference, "Lamps")
    ada.tap_data(f"o:meeting:{there.reference}", ada.last.id)
    await ada.wait_for(lambda bubble: "Questions (1)" in bubble.labels)
    await town.settled()
    assert "Lamps" in await tap(town, ada, f"o:agenda:{there.reference}", "Questions for this meeting")


async def opened_by_news(town: Town, person: Person, meeting: Meeting) -> str:
    """Follow news that say no more than where to look, and return what is there."""
    person.say("/myreports")
    await person.wait_for("/report to start")
    await town.settled()
    return await tap(town, person, f"o:agenda:{meeting.reference}", "Questions for this meeting")


async def test_staff_may_ask_whether_a_question_should_be_a_report_and_no_is_an_answer(
    quiet_town: Town, there: Meeting
) -> None:
    town, ada = quiet_town, quiet_town.ada
    await asks(town, ada, there, LAMP)
    item = (await items(town, there))[LAMP]
    await town.staff_does(agenda_desk.offer_report, there.reference, item.id)
    await ada.wait_for("needs more than a meeting")
    await tap(town, ada, f"o:agenda_item:{item.id}.leave", "We leave it as it is")
    assert (await items(town, there))[LAMP].state.value == "waiting"
    ada.tap_data(f"o:agenda_item:{item.id}.report", ada.last.id)
    await ada.wait_for()
    await town.settled()
    assert (await town.open_draft(ada)).answers["what"] == LAMP


async def test_more_words_are_added_before_it_is_sent_and_an_open_report_comes_back(
    quiet_town: Town, there: Meeting
) -> None:
    town, ada = quiet_town, quiet_town.ada
    await say(ada, "/report There is a burnt car by the church")
    await begins(town, ada, there)
    ada.say(LAMP)
    await ada.wait_for("Shall we send this")
    ada.say("And who looks after it?")
    await ada.wait_for("We have added that")
    await town.settled()
    await tap(town, ada, "f:agenda_question:send_as", "The team looks at your question")
    assert list(await items(town, there)) == [f"{LAMP}\nAnd who looks after it?"]
    assert (await town.open_draft(ada)).answers["what"] == "There is a burnt car by the church"


async def test_a_question_that_is_not_taken_comes_back_with_the_reason(
    quiet_town: Town, there: Meeting
) -> None:
    town, ada = quiet_town, quiet_town.ada
    await asks(town, ada, there, LAMP)
    item = (await items(town, there))[LAMP]
    await town.staff_does(agenda_desk.decline, there.reference, item.id, "The county looks after lamps.")
    assert "The county looks after lamps." in (await ada.wait_for("will not be on the agenda")).text
    await town.settled()
    shown = await opened_by_news(town, ada, there)
    assert f"{LAMP}\n\nThe team writes:\nThe county looks after lamps." in shown
    assert not any(one.endswith(".take_back") for one in data_of(ada.last))
    town.pass_time(days=40)
    ada.say("/myreports")
    assert [one for one in data_of(await ada.wait_for("/report to start")) if "agenda" in one] == []


async def test_questions_that_are_one_are_told_so(quiet_town: Town, there: Meeting) -> None:
    town, ada = quiet_town, quiet_town.ada
    await asks(town, ada, there, LAMP)
    await town.staff_does(agenda_desk.add, there.reference, "Lamps")
    found = await items(town, there)
    await town.staff_does(agenda_desk.merge, there.reference, found[LAMP].id, found["Lamps"].id)
    assert "Lamps" in (await ada.wait_for("as one question")).text


async def test_nobody_hears_in_the_morning_that_a_question_was_on_an_agenda_of_the_night_before(
    quiet_town: Town,
) -> None:
    town, ada = quiet_town, quiet_town.ada
    late = await town.staff_does(published, town.house.clock.now().replace(hour=22, minute=30))
    await asks(town, ada, late, LAMP)
    town.pass_time(hours=10)
    item = (await items(town, late))[LAMP]
    ada.mark()
    await town.staff_does(agenda_desk.put_on, late.reference, item.id, LAMP)
    await town.staff_does(agenda_desk.answer, late.reference, item.id, "It is mended.")
    await ada.stays_silent(1)
    town.pass_time(hours=10)
    await ada.wait_for("It is mended.")
    assert [one.text for one in ada.news if "is on the agenda" in one.text] == []


async def test_what_came_too_late_or_went_is_said_kindly(quiet_town: Town, there: Meeting) -> None:
    town, ada = quiet_town, quiet_town.ada
    await look(town, ada)
    shown = ada.last
    ada.tap_data(f"o:agenda_item:{'0' * 32}.support", shown.id)
    await town.settled()
    assert "not there any more" in str(town.emulator.calls_of("answerCallbackQuery")[-1])
    ada.tap_data(f"o:agenda_item:{'0' * 32}.nonsense", shown.id)
    await town.settled()
    town.pass_time(seconds=(there.starts_at - town.house.clock.now()).total_seconds())
    ada.tap_data(f"o:agenda:{there.reference}", shown.id)
    await town.settled()
    assert "too late" in str(town.emulator.calls_of("answerCallbackQuery")[-1])
