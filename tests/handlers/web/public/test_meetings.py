"""What anybody may read about meetings, without signing in."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest

from store.actions import meeting
from store.domain.meeting import MeetingKind
from tests.support.console import Console, Visitor, running_console
from tests.support.meeting_factory import MARGATE, ONLINE, RAMSGATE, Slot, cancelled, published, series
from tests.support.triage_factory import PROFILE, Town

TUESDAY = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)
SITE = "https://safety.example"


@pytest.fixture
async def anybody(town: Town) -> AsyncIterator[Visitor]:
    async with running_console(town, public_url=SITE, bot="our_bot") as console:
        yield console.visitor()


async def test_the_list_goes_area_by_area_and_the_next_comes_first(town: Town, anybody: Visitor) -> None:
    by = await town.staff("Cleo")
    for days, facts in ((9, RAMSGATE), (0, replace(RAMSGATE, title="Sooner")), (1, MARGATE), (2, ONLINE)):
        await town.write(published, by, TUESDAY + timedelta(days=days), facts)
    text = (await anybody.get("/meetings")).text
    order = [
        "All of Smallmouth</h2>",
        "Online for everybody",
        "Margate</h2>",
        "Margate neighbourhood meeting",
    ]
    order += ["Ramsgate</h2>", "Sooner", "Ramsgate neighbourhood meeting"]
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert "Tuesday 1 December 2026, 6:30pm to 8:30pm" in text
    assert 'href="webcal://safety.example/feeds/meetings/ramsgate.ics"' in text
    assert 'href="https://t.me/our_bot"' in text


async def test_where_nothing_is_planned_it_says_so_kindly(anybody: Visitor) -> None:
    text = (await anybody.get("/meetings")).text
    assert text.count("No meeting is planned there just now") == 2
    assert "safety@smallmouth.example" in text


async def test_on_its_map_the_mark_lies_upon_no_name(town: Town, anybody: Visitor) -> None:
    by = await town.staff("Cleo")
    place = next(one for one in PROFILE.places if one.lat is not None)
    venue = replace(RAMSGATE.venue, lat=place.lat, lon=place.lon)
    made = await town.write(published, by, TUESDAY, replace(RAMSGATE, venue=venue))
    text = (await anybody.get(f"/meetings/{made.reference}")).text
    [line] = re.findall(rf'<text x="\d+" y="(\d+)">{place.name}</text>', text)
    [dot] = re.findall(r'class="dot" cx="[\d.]+" cy="([\d.]+)"', text)
    # On a phone the mark reaches 26 around its point, and a letter 9 beneath its line.
    assert float(line) <= float(dot) - 26 - 9


async def test_a_meeting_has_a_page_of_its_own(town: Town, anybody: Visitor) -> None:
    by = await town.staff("Cleo")
    venue = replace(RAMSGATE.venue, access_note="Ring the bell at the side door.")
    facts = replace(RAMSGATE, about="Tell us <b>all</b>.", chair="Sgt Example", capacity=40, venue=venue)
    made = await town.write(published, by, TUESDAY, replace(facts, doors_before=timedelta(minutes=15)))
    text = (await anybody.get(f"/meetings/{made.reference}")).text
    for words in (
        "Tell us &lt;b&gt;all&lt;/b&gt;.",
        "Tuesday 1 December 2026, 6:30pm to 8:30pm</time>. Doors open at 6:15pm.",
        "Ramsgate Library, Guildford Lawn, CT11 9AY",
        "<li>Hearing loop</li><li>No steps</li>",
        "Ring the bell at the side door.",
        "Led by Sgt Example",
        "There are 40 places in all.",
        "<title>Ramsgate Library</title>",
        f'href="https://t.me/our_bot?start=meeting_{made.reference.replace("-", "")}"',
        f'rel="canonical" href="{SITE}/meetings/{made.reference}"',
    ):
        assert words in text
    assert "<script" not in text
    assert " style=" not in text


async def test_the_file_of_a_meeting_goes_into_a_calendar(town: Town, anybody: Visitor) -> None:
    made = await town.write(published, await town.staff("Cleo"), TUESDAY)
    answer = await anybody.get(f"/meetings/{made.reference}/calendar.ics")
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert f"meeting-{made.reference}.ics" in answer.headers["Content-Disposition"]
    event: Any
    [event] = icalendar.Calendar.from_ical(answer.text).walk("VEVENT")
    assert event.start == TUESDAY


async def test_the_joining_link_is_shown_an_hour_before_and_no_sooner(town: Town, anybody: Visitor) -> None:
    by, starts_at = await town.staff("Cleo"), town.clock.now() + timedelta(minutes=90)
    made = await town.write(published, by, starts_at, ONLINE)
    paths = ["/meetings", f"/meetings/{made.reference}", f"/meetings/{made.reference}/calendar.ics"]
    for path in [*paths, "/feeds/meetings.ics"]:
        assert "meet.example" not in (await anybody.get(path)).text, path
    early = await anybody.get(paths[1])
    assert "To join online, look here again on the day from 9:30am." in early.text
    town.pass_time(minutes=31)
    assert 'href="https://meet.example/thanet"' in (await anybody.get(paths[1])).text
    assert (await anybody.get(paths[1], **{"If-None-Match": early.headers["ETag"]})).status == 200
    town.pass_time(hours=2)
    over = (await anybody.get(paths[1])).text
    assert "This meeting is over" in over
    assert "meet.example" not in over


async def test_a_meeting_that_is_over_invites_nobody(town: Town, anybody: Visitor) -> None:
    by, starts_at = await town.staff("Cleo"), town.clock.now() + timedelta(hours=1)
    facts = replace(RAMSGATE, capacity=40, doors_before=timedelta(minutes=15))
    made = await town.write(published, by, starts_at, facts)
    inviting = ("Doors open", "40 places", "Do you need something else", "Add to calendar")
    ahead = (await anybody.get(f"/meetings/{made.reference}")).text
    assert [words for words in inviting if words not in ahead] == []
    town.pass_time(hours=4)
    over = (await anybody.get(f"/meetings/{made.reference}")).text
    assert [words for words in inviting if words in over] == []


async def test_what_is_cancelled_says_why_and_what_is_moved_from_when(town: Town, anybody: Visitor) -> None:
    by = await town.staff("Cleo")
    off = await town.write(cancelled, by, TUESDAY, RAMSGATE, "The hall is flooded.")
    moved = [Slot(datetime(2026, 12, 8, 18, 30), moved_to=TUESDAY + timedelta(days=8))]
    await town.write(series, by, "FREQ=WEEKLY", moved, MARGATE)
    listed = (await anybody.get("/meetings")).text
    assert "The hall is flooded." in listed
    assert "Add to calendar" not in (await anybody.get(f"/meetings/{off.reference}")).text
    [path] = {part.split('"')[0] for part in listed.split('href="/meetings/')[1:]} - {
        off.reference,
        "you-said",
    }
    assert (
        "New time. It was to be on Tuesday 8 December, 6:30pm."
        in (await anybody.get(f"/meetings/{path}")).text
    )


async def test_what_is_online_has_no_map_and_no_door(town: Town, anybody: Visitor) -> None:
    made = await town.write(
        published, await town.staff("Cleo"), TUESDAY, replace(MARGATE, kind=MeetingKind.ONLINE)
    )
    text = (await anybody.get(f"/meetings/{made.reference}")).text
    assert "<svg" not in text
    assert "Getting in" not in text


async def test_drafts_and_what_is_not_there_are_answered_alike_and_kindly(
    town: Town, anybody: Visitor
) -> None:
    draft = await town.write(meeting.make, await town.staff("Cleo"), TUESDAY, RAMSGATE)
    assert RAMSGATE.title not in (await anybody.get("/meetings")).text
    texts = set()
    for reference in (draft.reference, "K7M-4XQ-9PC", "nonsense"):
        for path in (f"/meetings/{reference}", f"/meetings/{reference}/calendar.ics"):
            answer = await anybody.get(path)
            assert answer.status == 404
            assert answer.headers["Cache-Control"] == "no-store"
            texts.add(answer.text)
    [text] = texts
    assert "The link may be an old one" in text
    assert 'href="/meetings"' in text
    assert "/console" not in text


async def test_a_page_is_kept_for_a_while_and_not_sent_twice(town: Town, anybody: Visitor) -> None:
    by = await town.staff("Cleo")
    made = await town.write(published, by, TUESDAY)
    for path in ("/meetings", f"/meetings/{made.reference}"):
        first = await anybody.get(path)
        assert first.headers["Cache-Control"] == "public, max-age=60"
        assert "default-src 'none'" in first.headers["Content-Security-Policy"]
        assert "Set-Cookie" not in first.headers
        again = await anybody.get(path, **{"If-None-Match": first.headers["ETag"]})
        assert (again.status, again.text) == (304, "")
        assert again.headers["ETag"] == first.headers["ETag"]
    mark = (await anybody.get("/meetings")).headers["ETag"]
    await town.write(meeting.cancel, by, made.reference, "Snow")
    assert (await anybody.get("/meetings", **{"If-None-Match": mark})).status == 200


async def test_without_the_bots_name_there_is_no_link_into_the_chat(console: Console, town: Town) -> None:
    made = await town.write(published, await town.staff("Cleo"), TUESDAY)
    for path in ("/meetings", f"/meetings/{made.reference}"):
        assert "t.me" not in (await console.visitor().get(path)).text
