"""Somebody asks for news: about what, from where, how often; agrees; and changes it later."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest

from notifications.wording import say as worded
from store.domain.subscription import Frequency, QuietHours, Subscription, Topic
from tests.support.form import (
    BACK,
    CANCEL,
    CHANGE,
    DONE,
    GO_TO,
    SEND,
    data_of,
    fill,
    say,
    start,
    step_of,
    tap,
)
from tests.support.news import choose, consent, kept, open_form, press, subscribe
from tests.support.pictures import jpeg
from tests.support.town import Town, reference_in

MARGATE = (51.3890, 1.3810)
CANTERBURY = (51.2787, 1.0789)
KINGSGATE = "E05005092"


@pytest.mark.parametrize("language", ["en", "pl", "uk"])
async def test_somebody_chooses_checks_agrees_and_is_subscribed(town: Town, language: str) -> None:
    person = town.emulator.person(f"Ola {language}", language_code=language)
    shown = await open_form(person)
    assert shown.text == worded(language, "subscribe.topics")
    assert DONE not in [data.split(":")[-1] for data in data_of(shown)]
    shown = await tap(person, "meetings")
    assert f"3. ☑ {worded(language, 'subscribe.topic.meetings')}" in shown.labels
    shown = await choose(person, "surveys")
    assert shown.text == worded(language, "subscribe.where")
    await choose(person, "margate", "ramsgate")
    shown = await tap(person, "weekly")
    assert "Margate, Ramsgate" in shown.text
    assert worded(language, "subscribe.often.weekly") in shown.text
    assert shown.labels[0] == worded(language, "subscribe.agree")
    agreed = shown.text
    shown = await tap(person, SEND)
    assert shown.text == worded(language, "subscribe.done")
    wish = {Topic.MEETINGS, Topic.SURVEYS}
    assert await kept(town, person) == Subscription(
        frozenset(wish), frozenset({"margate", "ramsgate"}), Frequency.WEEKLY
    )
    assert await consent(town, person) == (agreed, language)
    assert await town.draft(person) is None


async def test_the_words_of_consent_say_what_how_often_who_and_how_to_end_it(town: Town) -> None:
    await subscribe(town.ada, "urgent", often="daily")
    words, _ = await consent(town, town.ada)
    for said in (
        "Urgent alerts",
        "Language: English",
        "Once a day",
        "send STOP",
        "Thanet Community Safety Partnership",
        "/privacy",
    ):
        assert said in words


async def test_the_start_menu_leads_there_too_and_the_privacy_text_says_what_is_kept(town: Town) -> None:
    await say(town.ada, "/start")
    assert step_of(await press(town.ada, "o:news:")) == "topics"
    assert "the words you agreed to" in (await say(town.ada, "/privacy")).text


async def test_nothing_ticked_is_no_answer(town: Town) -> None:
    await open_form(town.ada)
    shown = await say(town.ada, "done")
    assert "tap all that you want" in shown.text
    await tap(town.ada, "meetings")
    shown = await tap(town.ada, "meetings")
    assert "f:subscribe:topics" in data_of(shown)[0]
    assert DONE not in [data.split(":")[-1] for data in data_of(shown)]


async def test_everything_can_be_typed(town: Town) -> None:
    await open_form(town.ada)
    await say(town.ada, "1 and 3")
    await say(town.ada, "you said, we did")
    assert step_of(await say(town.ada, "done")) == "where"
    await say(town.ada, "Margate, Ramsgate")
    assert step_of(await say(town.ada, "done")) == "often"
    assert step_of(await say(town.ada, "once a week")) == "review"
    await say(town.ada, "send")
    wish = await kept(town, town.ada)
    assert wish
    assert wish.topics == {Topic.CAMPAIGNS, Topic.MEETINGS, Topic.YOU_SAID}
    assert wish.places == {"margate", "ramsgate"}


async def test_a_postcode_a_place_and_a_shared_point_tick_their_ward(town: Town) -> None:
    await open_form(town.ada)
    await choose(town.ada, "meetings")
    shown = await say(town.ada, "CT9 1EZ")
    assert "I have ticked: Margate Central" in shown.text
    assert any(label.endswith("☑ Margate Central") for label in shown.labels)
    shown = await say(town.ada, "the car park at Joss Bay")
    assert "Which part is it in?" in shown.text
    assert any(label.endswith("☐ Kingsgate") for label in shown.labels)
    await tap(town.ada, KINGSGATE)
    town.ada.send_location(*MARGATE)
    await town.ada.wait_for("tick")
    await tap(town.ada, DONE)
    shown = await tap(town.ada, "daily")
    assert "Margate Central" in shown.text
    assert "Kingsgate" in shown.text
    await tap(town.ada, SEND)
    wish = await kept(town, town.ada)
    assert wish
    assert KINGSGATE in wish.places
    assert all(code.startswith("E0") for code in wish.places)


async def test_a_place_outside_or_unknown_is_said_to_be_and_nothing_is_ticked(town: Town) -> None:
    await open_form(town.ada)
    await choose(town.ada, "meetings")
    town.ada.send_location(*CANTERBURY)
    assert step_of(await town.ada.wait_for("looks outside Thanet")) == "where"
    assert step_of(await say(town.ada, "CT1 2AA")) == "where"
    assert "do not know that place" in (await say(town.ada, "my street")).text
    town.ada.send_location(91.0, 0.0)
    await town.ada.wait_for("not a place on the map")
    assert not any("☑" in label for label in town.ada.last.labels)


async def test_the_whole_district_goes_with_no_single_area(town: Town) -> None:
    await open_form(town.ada)
    await choose(town.ada, "meetings")
    await tap(town.ada, "margate")
    shown = await tap(town.ada, "everywhere")
    assert [label for label in shown.labels if "☑" in label] == ["1. ☑ The whole district"]
    await tap(town.ada, DONE)
    await tap(town.ada, "daily")
    await tap(town.ada, SEND)
    wish = await kept(town, town.ada)
    assert wish
    assert wish.places == frozenset()


async def test_an_answer_is_changed_before_agreeing_and_back_goes_back(town: Town) -> None:
    await open_form(town.ada)
    await choose(town.ada, "meetings")
    assert step_of(await tap(town.ada, BACK)) == "topics"
    await tap(town.ada, DONE)
    await choose(town.ada, "everywhere")
    await tap(town.ada, "daily")
    await tap(town.ada, CHANGE)
    shown = await tap(town.ada, GO_TO + "topics")
    assert "3. ☑ Meetings" in shown.labels
    assert step_of(await choose(town.ada, "urgent")) == "review"
    await tap(town.ada, SEND)
    wish = await kept(town, town.ada)
    assert wish
    assert wish.topics == {Topic.MEETINGS, Topic.URGENT}


async def test_who_asks_again_in_the_middle_goes_on_where_they_were(town: Town) -> None:
    await open_form(town.ada)
    await choose(town.ada, "meetings")
    await tap(town.ada, "margate")
    shown = await open_form(town.ada)
    assert "2. ☑ Margate" in shown.labels
    assert step_of(await tap(town.ada, DONE)) == "often"


async def test_who_leaves_before_agreeing_is_not_subscribed(town: Town) -> None:
    await open_form(town.ada)
    await choose(town.ada, "meetings")
    shown = await tap(town.ada, CANCEL)
    assert "Nothing was sent" in shown.text
    assert await kept(town, town.ada) is None
    assert await town.draft(town.ada) is None


async def test_agreeing_twice_subscribes_once(town: Town) -> None:
    await open_form(town.ada)
    await choose(town.ada, "meetings")
    await choose(town.ada, "everywhere")
    shown = await tap(town.ada, "daily")
    data = next(data for data in data_of(shown) if data.endswith(SEND))
    before = await town.events()
    town.ada.tap_data(data, shown.id)
    town.ada.tap_data(data, shown.id)
    await town.settled()
    assert await town.events() == before + 1


@pytest.mark.parametrize(
    ("link", "step", "ticked"),
    [("join_margate", "topics", "margate"), ("join_you_said", "where", "you_said")],
)
async def test_a_link_joins_an_area_or_a_topic(town: Town, link: str, step: str, ticked: str) -> None:
    shown = await open_form(town.ada, f"/start {link}")
    assert step_of(shown) == step
    await choose(town.ada, "meetings" if step == "topics" else "everywhere")
    await tap(town.ada, "daily")
    await tap(town.ada, SEND)
    wish = await kept(town, town.ada)
    assert wish
    assert ticked in wish.places | {topic.value for topic in wish.topics}


async def test_a_link_of_no_area_or_topic_of_ours_leads_to_the_start(town: Town) -> None:
    await open_form(town.ada, "/start join_atlantis")
    assert "do not know what that link was for" in town.ada.news[0].text
    await town.settled()
    assert await town.draft(town.ada) is None


async def test_a_link_adds_to_what_comes_already(town: Town) -> None:
    await subscribe(town.ada, "meetings", where=("margate",))
    shown = await open_form(town.ada, "/start join_meetings")
    assert "This is the news you get" in shown.text
    shown = await open_form(town.ada, "/start join_ramsgate")
    assert {label.split("☑ ")[1] for label in shown.labels if "☑" in label} == {"Margate", "Ramsgate"}
    shown = await tap(town.ada, DONE)
    assert "From: Margate, Ramsgate" in shown.text


@pytest.mark.parametrize("language", ["en", "cs"])
async def test_whoever_subscribed_sees_what_comes_and_changes_each_of_it(town: Town, language: str) -> None:
    person = town.emulator.person(f"Eva {language}", language_code=language)
    await subscribe(person, "meetings", where=("margate",))
    shown = await open_form(person)
    assert worded(language, "subscribe.yours") in shown.text
    assert "21:00 – 08:00" in shown.text
    await press(person, "o:news:topics")
    await choose(person, "surveys")
    await press(person, "o:news:where")
    await choose(person, "margate", "everywhere")
    await press(person, "o:news:often")
    await tap(person, "daily")
    await press(person, "o:news:quiet")
    shown = await tap(person, "20-9")
    assert worded(language, "subscribe.changed") in shown.text
    assert "20:00 – 09:00" in shown.text
    assert await kept(town, person) == Subscription(
        frozenset({Topic.MEETINGS, Topic.SURVEYS}),
        frozenset(),
        Frequency.DAILY,
        QuietHours(time(20), time(9)),
    )


async def test_never_quiet_is_a_choice_and_back_leaves_everything_as_it_was(town: Town) -> None:
    await subscribe(town.ada, "meetings")
    await open_form(town.ada)
    await press(town.ada, "o:news:quiet")
    assert "Never quiet" in (await tap(town.ada, "never")).text
    before = await kept(town, town.ada)
    await press(town.ada, "o:news:topics")
    await tap(town.ada, "urgent")
    shown = await tap(town.ada, CANCEL)
    assert "This is the news you get" in shown.text
    assert await kept(town, town.ada) == before


@pytest.mark.parametrize(
    ("pick", "until"),
    [
        ("week", datetime(2026, 12, 2, tzinfo=UTC)),
        ("month", datetime(2026, 12, 25, tzinfo=UTC)),
        ("until 5 January", datetime(2027, 1, 5, tzinfo=UTC)),
        ("please wait until the 1st of July", datetime(2027, 6, 30, 23, tzinfo=UTC)),
    ],
)
async def test_news_are_paused_for_a_while_or_until_a_day_and_go_on(
    own_town: Town, pick: str, until: datetime
) -> None:
    await subscribe(own_town.ada, "meetings")
    await open_form(own_town.ada)
    await press(own_town.ada, "o:news:pause")
    shown = await (tap if pick in {"week", "month"} else say)(own_town.ada, pick)
    assert "Paused. News comes again on" in shown.text
    wish = await kept(own_town, own_town.ada)
    assert wish
    assert wish.paused_until == until
    shown = await press(own_town.ada, "o:news:go_on")
    assert "Paused" not in shown.text
    assert (await kept(own_town, own_town.ada)) == Subscription(wish.topics)


async def test_a_pause_is_over_by_itself(own_town: Town) -> None:
    await subscribe(own_town.ada, "meetings")
    await press(own_town.ada, "o:news:open")
    await press(own_town.ada, "o:news:pause")
    await tap(own_town.ada, "week")
    own_town.pass_time(days=8)
    assert "Paused" not in (await open_form(own_town.ada)).text


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("for a bit", "could not find a day"),
        ("1 January 2020", "a day to come"),
        ("1 May 2031", "a year away"),
    ],
)
async def test_a_pause_without_an_end_to_come_is_asked_again(town: Town, said: str, why: str) -> None:
    await subscribe(town.ada, "meetings")
    await open_form(town.ada)
    await press(town.ada, "o:news:pause")
    shown = await say(town.ada, said)
    assert why in shown.text
    assert step_of(shown) == "pause"


async def test_a_pause_of_a_week_is_seven_days(town: Town) -> None:
    await subscribe(town.ada, "meetings")
    await open_form(town.ada)
    await press(town.ada, "o:news:pause")
    await tap(town.ada, "week")
    wish = await kept(town, town.ada)
    assert wish
    assert wish.paused_until is not None
    left = wish.paused_until - town.house.clock.now()
    assert timedelta(days=6) < left <= timedelta(days=7)


async def test_another_language_changes_what_is_shown_and_not_what_was_agreed_to(town: Town) -> None:
    await subscribe(town.ada, "meetings")
    agreed = await consent(town, town.ada)
    town.ada.say("/language")
    await town.ada.wait_for("Which language")
    await press(town.ada, "o:language:pl")
    assert "Spotkania" in (await open_form(town.ada)).text
    assert await consent(town, town.ada) == agreed


async def test_another_language_in_the_middle_goes_on_in_it_and_is_the_one_agreed_in(town: Town) -> None:
    await open_form(town.ada)
    await choose(town.ada, "meetings")
    await choose(town.ada, "everywhere")
    await tap(town.ada, "daily")
    town.ada.say("/language")
    await town.ada.wait_for("Which language")
    await press(town.ada, "o:language:pl")
    shown = await town.ada.wait_for("zgadzam")
    await tap(town.ada, SEND, shown)
    assert await consent(town, town.ada) == (shown.text, "pl")


async def test_an_open_report_waits_beside_the_form_and_comes_back(town: Town) -> None:
    await start(town.ada, "where", group="other")
    shown = await subscribe(town.ada, "meetings")
    await town.ada.wait_for("Where is it?")
    assert "From now on" not in shown.text or await kept(town, town.ada)
    kept_report = await town.kept(reference_in(await fill(town.ada)))
    assert kept_report.text.startswith("Loud music")


async def test_nothing_is_said_of_a_hidden_report_to_whoever_asks_for_news(town: Town) -> None:
    await start(town.ada, "where", group="other")
    await town.settled()
    town.ada.say("/clear")
    await town.ada.wait_until(lambda: not town.ada.messages)
    await town.settled()
    await subscribe(town.ada, "meetings")
    await town.settled()
    said = " ".join(bubble.text for bubble in town.ada.messages if bubble.from_bot)
    assert not any(sign in said for sign in ("carry on", "Where is it", "not sent yet"))
    town.ada.say("/report")
    await town.ada.wait_for("not sent yet")


async def test_a_story_told_in_the_middle_becomes_a_report_and_nothing_of_it_is_lost(town: Town) -> None:
    await open_form(town.ada)
    shown = await say(town.ada, "the lads next door play loud music every night")
    assert step_of(shown) == "danger"
    assert (await town.open_draft(town.ada)).answers["what"].startswith("the lads next door")


async def test_a_story_told_in_the_middle_joins_the_report_that_waits(town: Town) -> None:
    await start(town.ada, "where", group="other")
    await open_form(town.ada)
    await say(town.ada, "and they kicked the bins over again last night")
    await town.ada.wait_for("Where is it?")
    draft = await town.open_draft(town.ada)
    assert draft.form == "report"
    assert draft.answers["what"].endswith("again last night")


async def test_danger_named_in_the_middle_brings_the_card_and_the_words_are_kept(town: Town) -> None:
    await open_form(town.ada)
    shown = await say(town.ada, "he has a knife")
    assert "999" in shown.text
    await town.settled()
    draft = await town.open_draft(town.ada)
    assert (draft.form, draft.answers["what"]) == ("report", "he has a knife")


@pytest.mark.parametrize("report_open", [False, True])
async def test_a_photo_sent_in_the_middle_is_kept_with_a_report(town: Town, *, report_open: bool) -> None:
    if report_open:
        await start(town.ada, "where", group="other")
    await open_form(town.ada)
    town.ada.send_photo(jpeg())
    await town.ada.wait_for("kept your file")
    await town.ada.wait_for("Where is it?" if report_open else "Is anyone in danger")
    draft = await town.open_draft(town.ada)
    assert (draft.form, len(draft.answers["evidence"])) == ("report", 1)


async def test_a_file_of_no_use_leaves_the_form_open(town: Town) -> None:
    await open_form(town.ada)
    town.ada.send_document(b"MZ", "run.exe", "application/x-msdownload")
    await town.ada.wait_for("can not take that kind of file")
    assert (await town.open_draft(town.ada)).form == "subscribe"
    town.ada.send_sticker()
    await town.ada.wait_for()
    assert (await town.open_draft(town.ada)).form == "subscribe"


async def test_words_that_were_led_on_wait_beside_the_form_and_join_the_report(town: Town) -> None:
    await say(town.ada, "there is a massive pothole on my road, who fixes it")
    await open_form(town.ada)
    await say(town.ada, "and the lads next door play loud music every night")
    await town.settled()
    draft = await town.open_draft(town.ada)
    assert draft.form == "report"
    assert draft.answers["what"].startswith("there is a massive pothole")
    assert draft.answers["what"].endswith("every night")


async def test_who_asked_not_to_be_written_to_first_is_told_that_nothing_comes(town: Town) -> None:
    await say(town.ada, "/privacy")
    await press(town.ada, "o:quiet:")
    shown = await subscribe(town.ada, "meetings")
    assert "asked us not to write to you first" in shown.text
    shown = await open_form(town.ada)
    assert "asked us not to write to you first" in shown.text
    await press(town.ada, "o:speak:")
    assert "asked us" not in (await open_form(town.ada)).text


async def test_old_buttons_about_news_are_answered_kindly(town: Town) -> None:
    await subscribe(town.ada, "meetings")
    shown, before = await open_form(town.ada), await town.parked()
    for data in ("o:news:why.nonsense", "o:news:why.moved", "o:news:nonsense"):
        town.ada.tap_data(data, shown.id)
        await town.settled()
    assert await town.parked() == before
    wish = await kept(town, town.ada)
    assert wish
    assert wish.why_stopped is None


async def test_what_is_added_later_is_agreed_to_anew_and_what_is_taken_off_is_not(town: Town) -> None:
    await subscribe(town.ada, "meetings", where=("margate",))
    agreed = await consent(town, town.ada)
    await open_form(town.ada)
    await press(town.ada, "o:news:topics")
    await choose(town.ada, "surveys")
    assert "you agree that we send you this news too" in town.ada.last.text
    words, _ = await consent(town, town.ada)
    assert "Surveys" in words
    assert "send STOP" in words
    assert words != agreed[0]
    await press(town.ada, "o:news:topics")
    await choose(town.ada, "surveys")
    assert "you agree" not in town.ada.last.text
    assert (await consent(town, town.ada))[0] == words
