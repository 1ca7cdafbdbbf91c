"""Residents find a meeting: near them, by area, all; read it, keep it, come back to what they told."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import icalendar
import pytest
import recurring_ical_events

from bot.emulator import Bubble
from store.actions import meeting
from store.domain.meeting import MeetingKind
from tests.support.form import data_of, say, tap
from tests.support.house import House
from tests.support.meeting_factory import MARGATE, ONLINE, RAMSGATE, Slot, cancelled, published, series
from tests.support.pictures import jpeg
from tests.support.town import Town, move_in

TUESDAY = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)
NEAR_LIBRARY = (51.3360, 1.4170)


@pytest.fixture
async def quiet_town(migrated_database_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    """A town of its own: its meetings are those of the test."""
    media = tmp_path / "media"
    media.mkdir()
    async with House(migrated_database_url, media) as house:
        yield await move_in(house)


@pytest.fixture
async def planned(quiet_town: Town) -> Town:
    """Three meetings come up: Margate's first, then Ramsgate's, then one online."""
    await quiet_town.staff_does(published, TUESDAY - timedelta(days=1), MARGATE)
    await quiet_town.staff_does(published, TUESDAY)
    await quiet_town.staff_does(published, TUESDAY + timedelta(days=1), ONLINE)
    return quiet_town


async def tapped(town: Town, data: str, bubble: Bubble | None = None) -> list[Bubble]:
    shown = bubble or town.ada.last
    town.ada.tap_data(next(one for one in data_of(shown) if one.startswith(data)), shown.id)
    await town.ada.wait_for()
    await town.settled()
    return list(town.ada.news)


async def asked(town: Town, text: str) -> list[Bubble]:
    town.ada.say(text)
    await town.ada.wait_for()
    await town.settled()
    return list(town.ada.news)


async def test_whoever_shares_a_location_sees_the_nearest_first_and_how_far(planned: Town) -> None:
    town = planned
    shown = await say(town.ada, "/meetings")
    assert "postcode" in shown.text
    assert "5. All meetings" in shown.labels
    town.ada.send_location(*NEAR_LIBRARY)
    await town.ada.wait_for()
    await town.settled()
    cards = [bubble.text for bubble in town.ada.news]
    assert len(cards) == 3
    first = cards[0]
    assert "the nearest first" in first
    assert (
        "Ramsgate neighbourhood meeting\nTuesday 1 December, 6:30pm to 8:30pm\nAbout 5 minutes on foot"
        in first
    )
    assert (
        "Where: Ramsgate Library, Guildford Lawn, CT11 9AY\nIn person\nAt the venue: no steps, hearing loop"
        in first
    )
    assert "Online for everybody" in cards[1]
    assert "https://meet.example" not in cards[1]
    assert "look here again on the day from 5:30pm" in cards[1]
    assert "About 5 miles away" in cards[2]
    assert await town.draft(town.ada) is None


@pytest.mark.parametrize("typed", ["CT11 9AY", "/meetings CT11 9AY"])
async def test_a_postcode_finds_the_nearest(planned: Town, typed: str) -> None:
    if not typed.startswith("/"):
        await say(planned.ada, "/meetings")
    cards = await asked(planned, typed)
    assert "Ramsgate neighbourhood meeting" in cards[0].text
    assert "on foot" in cards[0].text


async def test_a_town_is_an_area_and_a_landmark_is_a_place_without_a_distance(planned: Town) -> None:
    await say(planned.ada, "/meetings")
    by_area = await asked(planned, "Margate")
    assert by_area[0].text.startswith("The next meetings in Margate:\n\nMargate neighbourhood meeting")
    assert "Online for everybody" in by_area[1].text
    await say(planned.ada, "/meetings")
    near = await asked(planned, "near Ramsgate harbour")
    assert "Ramsgate neighbourhood" in near[0].text
    assert "on foot" not in near[0].text


async def test_all_are_shown_page_by_page(planned: Town) -> None:
    await planned.staff_does(published, TUESDAY + timedelta(days=9), RAMSGATE)
    await say(planned.ada, "/meetings")
    await tap(planned.ada, "all")
    await planned.settled()
    assert [bubble.text.count("neighbourhood") for bubble in planned.ada.news] == [1, 1, 0]
    assert "More meetings" in planned.ada.last.labels
    rest = await tapped(planned, "o:meetings:all.3")
    assert "Thursday 10 December" in rest[0].text
    assert rest[0].labels[-1] == "Look elsewhere"
    await tapped(planned, "o:meetings:", rest[0])
    assert "postcode" in planned.ada.last.text


async def test_details_and_the_file_for_a_calendar(planned: Town) -> None:
    town = planned
    facts = replace(RAMSGATE, about="Tell us what matters.", chair="Sergeant Example", capacity=40)
    await town.staff_does(published, TUESDAY - timedelta(days=3), facts)
    card = (await asked(town, "/meetings Ramsgate"))[0]
    assert "Sergeant" not in card.text
    await tapped(town, "o:meeting:", card)
    detailed = next(bubble for bubble in town.ada.messages if bubble.id == card.id)
    assert "Tell us what matters.\n\nLed by Sergeant Example\nThere are 40 places in all." in detailed.text
    [file] = await tapped(town, "o:meeting_file:", detailed)
    assert file.kind == "document"
    assert file.raw["document"]["mime_type"] == "text/calendar"
    assert file.raw["document"]["file_name"].endswith(".ics")
    assert "in your calendar" in file.text
    text = town.emulator.world.files.get(file.raw["document"]["file_id"]).data
    [event] = recurring_ical_events.of(icalendar.Calendar.from_ical(text)).between((2026, 1, 1), (2027, 1, 1))
    assert event.start == TUESDAY - timedelta(days=3)
    assert event["summary"] == "Ramsgate neighbourhood meeting"


async def test_what_is_cancelled_says_why_and_what_comes_after_it(quiet_town: Town) -> None:
    town = quiet_town
    first, second = datetime(2026, 12, 1, 18, 30), datetime(2026, 12, 8, 19, 0)
    slots = [
        Slot(first, cancelled="The hall is flooded"),
        Slot(second, moved_to=datetime(2026, 12, 9, 19, 0, tzinfo=UTC)),
    ]
    await town.staff_does(series, "FREQ=WEEKLY", slots)
    cards = await asked(town, "/meetings Ramsgate")
    assert "Cancelled: Ramsgate neighbourhood meeting" in cards[0].text
    assert "Why: The hall is flooded" in cards[0].text
    assert cards[0].labels == ["Details", "Update my calendar"]
    assert (
        "Wednesday 9 December, 7pm to 9pm\nNew time. It was to be on Tuesday 8 December, 7pm."
        in cards[1].text
    )
    [file] = await tapped(town, "o:meeting_file:", cards[0])
    assert "is cancelled" in file.text


async def test_the_joining_link_is_there_an_hour_before(quiet_town: Town) -> None:
    town = quiet_town
    await town.staff_does(published, town.house.clock.now() + timedelta(minutes=90), ONLINE)
    assert "https://meet.example" not in (await asked(town, "/meetings Ramsgate"))[0].text
    town.pass_time(minutes=31)
    assert "Join online: https://meet.example/thanet" in (await asked(town, "/meetings Ramsgate"))[0].text
    town.pass_time(minutes=60)
    assert "On now: " in (await asked(town, "/meetings Ramsgate"))[0].text
    town.pass_time(minutes=60)
    assert "No meeting is planned" in (await asked(town, "/meetings Ramsgate"))[0].text


async def test_where_there_is_none_it_says_what_to_do_instead(quiet_town: Town) -> None:
    await say(quiet_town.ada, "/meetings")
    await tap(quiet_town.ada, "margate")
    await quiet_town.settled()
    assert "You may come to one in any other area" in quiet_town.ada.last.text
    await tapped(quiet_town, "o:meetings:all.0")
    assert "you can tell us about a problem here at any time" in quiet_town.ada.last.text
    assert "Report a problem" in quiet_town.ada.last.labels


async def test_drafts_are_known_to_nobody(quiet_town: Town) -> None:
    draft = await quiet_town.staff_does(meeting.make, TUESDAY, RAMSGATE)
    assert "No meeting is planned" in (await asked(quiet_town, "/meetings Ramsgate"))[0].text
    shown = await asked(quiet_town, f"/start meeting_{draft.reference.replace('-', '')}")
    assert "I do not know that meeting" in shown[0].text


@pytest.mark.parametrize("hyphen", ["", "-"])
async def test_a_link_shows_one_meeting(planned: Town, hyphen: str) -> None:
    made = await planned.staff_does(published, TUESDAY, replace(RAMSGATE, about="By the harbour."))
    shown = await asked(planned, f"/start meeting_{made.reference.replace('-', hyphen)}")
    assert "By the harbour." in shown[0].text


async def test_the_question_is_answered_at_once_and_can_still_be_a_report(planned: Town) -> None:
    shown = await asked(planned, "when is the next meeting in Ramsgate?")
    assert "Ramsgate neighbourhood meeting\nTuesday 1 December" in shown[0].text
    assert "do you want to report a problem" in shown[-1].text
    await tap(planned.ada, "meetings", shown[-1])
    assert "postcode" in planned.ada.last.text


async def test_an_open_report_waits_beside_and_comes_back(planned: Town) -> None:
    town = planned
    await say(town.ada, "There is a burnt car by the church")
    before = await town.open_draft(town.ada)
    await say(town.ada, "/meetings")
    assert (await town.open_draft(town.ada)).form == "find_meetings"
    cards = await asked(town, "Margate")
    assert "Margate neighbourhood" in cards[0].text
    assert "Let us carry on" in cards[-1].text
    after = await town.open_draft(town.ada)
    assert (after.form, after.step, after.answers["what"]) == (
        before.form,
        before.step,
        before.answers["what"],
    )


async def test_a_story_told_instead_of_a_place_is_not_lost(planned: Town) -> None:
    await say(planned.ada, "/meetings")
    shown = await say(planned.ada, "hmm dunno")
    assert "do not know that place" in shown.text
    await asked(planned, "They are racing scooters up and down again")
    draft = await planned.open_draft(planned.ada)
    assert draft.form == "report"
    assert draft.answers["what"] == "They are racing scooters up and down again"
    await say(planned.ada, "/meetings")
    await asked(planned, "and now they threw a bottle at us")
    draft = await planned.open_draft(planned.ada)
    assert draft.answers["what"].endswith("\nand now they threw a bottle at us")


async def test_a_picture_sent_instead_of_a_place_goes_to_what_is_told(planned: Town) -> None:
    town = planned
    await say(town.ada, "/meetings")
    town.ada.send_photo(jpeg())
    await town.ada.wait_for()
    await town.settled()
    draft = await town.open_draft(town.ada)
    assert (draft.form, len(draft.answers["evidence"])) == ("report", 1)
    await say(town.ada, "/meetings")
    town.ada.send_photo(jpeg())
    await town.settled()
    draft = await town.open_draft(town.ada)
    assert (draft.form, len(draft.answers["evidence"])) == ("report", 2)


async def test_a_danger_told_instead_of_a_place_brings_its_card_and_is_kept(planned: Town) -> None:
    await say(planned.ada, "/meetings")
    shown = await asked(planned, "he has a knife and is coming at me")
    assert any("999" in bubble.text for bubble in shown)
    draft = await planned.open_draft(planned.ada)
    assert draft.answers["what"] == "he has a knife and is coming at me"


async def test_words_that_were_led_on_wait_too(planned: Town) -> None:
    town = planned
    await say(town.ada, "how do I get a parking permit?")
    assert (await town.open_draft(town.ada)).form == "kept"
    await say(town.ada, "/meetings")
    await asked(town, "they park on the grass every single night")
    draft = await town.open_draft(town.ada)
    assert draft.form == "report"
    assert "parking permit" in draft.answers["what"]
    assert "on the grass" in draft.answers["what"]


@pytest.mark.parametrize("language", ["pl", "uk"])
async def test_the_question_is_answered_in_other_languages(planned: Town, language: str) -> None:
    words = {"pl": "Kiedy jest następne spotkanie w Ramsgate?", "uk": "Коли наступна зустріч у Рамсгейті?"}
    when = {"pl": "wtorek 1 grudnia, od 18:30", "uk": "вівторок 1 грудня, з 18:30"}
    await say(planned.ada, "/language")
    await tapped(planned, f"o:language:{language}")
    shown = await asked(planned, words[language])
    assert any(when[language] in bubble.text for bubble in shown)


async def test_in_polish(planned: Town) -> None:
    await planned.staff_does(cancelled, TUESDAY + timedelta(days=2), MARGATE, "Flood")
    await say(planned.ada, "/language")
    await tapped(planned, "o:language:pl")
    await say(planned.ada, "/meetings")
    cards = await asked(planned, "CT11 9AY")
    assert (
        "wtorek 1 grudnia, od 18:30 do 20:30\nOkoło 5 minut pieszo\nGdzie: Ramsgate Library" in cards[0].text
    )
    assert "Na miejscu: wejście bez schodów, pętla indukcyjna" in cards[0].text
    assert cards[0].labels == ["Przyjdę", "Zadaj pytanie", "Szczegóły", "Dodaj do kalendarza"]
    every = await asked(planned, "/meetings Margate")
    assert any("Około" in bubble.text or "Margate" in bubble.text for bubble in every)


async def test_in_ukrainian_a_hybrid_one(quiet_town: Town) -> None:
    hybrid = replace(RAMSGATE, kind=MeetingKind.HYBRID, join_link="https://meet.example/r")
    await quiet_town.staff_does(published, TUESDAY, hybrid)
    await say(quiet_town.ada, "/language")
    await tapped(quiet_town, "o:language:uk")
    cards = await asked(quiet_town, "/meetings CT11 9AY")
    assert "вівторок 1 грудня, з 18:30 до 20:30\nПриблизно 5 хвилин пішки" in cards[0].text
    assert "Особисто або онлайн" in cards[0].text
    assert "зазирніть сюди того дня від 17:30" in cards[0].text
