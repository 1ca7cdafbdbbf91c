"""Calendars that other programs follow: read back, they hold exactly our meetings."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import recurring_ical_events

from store.actions import meeting, series_rest
from store.actions import series as series_actions
from store.queries import public_meetings
from tests.support.console import Console
from tests.support.meeting_factory import MARGATE, ONLINE, RAMSGATE, Slot, published, series
from tests.support.meetings import a_series, plan
from tests.support.triage_factory import Town

TUESDAY = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)
ALL, RAMSGATE_ONLY = "/feeds/meetings.ics", "/feeds/meetings/ramsgate.ics"


def dates(text: str) -> list[datetime]:
    read = recurring_ical_events.of(icalendar.Calendar.from_ical(text))
    return sorted(one.start.astimezone(UTC) for one in read.between(date(2024, 1, 1), date(2030, 1, 1)))


def a_year(fates: dict[int, dict[str, Any]]) -> list[Slot]:
    """The first Tuesday of each month from October on: over both changes of the clocks."""
    first = [datetime(2026, 10, 6, 18, 30), datetime(2026, 11, 3, 18, 30), datetime(2026, 12, 1, 18, 30)]
    first += [datetime(2027, 1, 5, 18, 30), datetime(2027, 2, 2, 18, 30), datetime(2027, 3, 2, 18, 30)]
    first += [datetime(2027, 4, 6, 18, 30), datetime(2027, 5, 4, 18, 30)]
    return [Slot(at, **fates.get(number, {})) for number, at in enumerate(first)]


async def test_a_feed_holds_exactly_what_is_public(console: Console, town: Town) -> None:
    by = await town.staff("Cleo")
    fates: dict[int, dict[str, Any]] = {
        1: {"draft": True},
        3: {"cancelled": "Snow", "sequence": 1},
        4: {"moved_to": TUESDAY},
    }
    await town.write(series, by, "FREQ=MONTHLY;BYDAY=1TU", a_year(fates))
    single = await town.write(published, by, TUESDAY + timedelta(days=3), MARGATE)
    await town.write(published, by, TUESDAY + timedelta(days=4), ONLINE)
    await town.write(meeting.make, by, TUESDAY + timedelta(days=5), RAMSGATE)
    answer = await console.visitor().get(ALL)
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    known = [entry.meeting.starts_at for entry in await town.read(public_meetings.calendar)]
    assert len(known) == 9
    assert dates(answer.text) == sorted(known)
    uids = {str(event["UID"]) for event in icalendar.Calendar.from_ical(answer.text).walk("VEVENT")}
    assert f"{single.reference}@foreland" in uids
    assert len(uids) == 3
    assert "RRULE:FREQ=MONTHLY" in answer.text
    assert "meet.example" not in answer.text


async def test_whatever_staff_do_to_a_series_others_read_the_same_dates(console: Console, town: Town) -> None:
    by, browser = await town.staff("Cleo"), console.visitor()

    async def read() -> str:
        text = (await browser.get(ALL)).text
        known = [entry.meeting.starts_at for entry in await town.read(public_meetings.calendar)]
        assert dates(text) == sorted(known)
        return text

    made = await a_series(town, by, "FREQ=MONTHLY;BYDAY=1TU")
    assert "VEVENT" not in await read()
    await town.write(series_actions.publish_all, by, made[0].reference)
    assert (await read()).count("BEGIN:VEVENT") == 1
    await town.write(meeting.cancel, by, made[1].reference, "Snow")
    await town.write(
        meeting.change, by, made[2].reference, made[2].starts_at + timedelta(days=1), made[2].facts
    )
    assert (await read()).count("RECURRENCE-ID") == 2
    rest = plan("FREQ=MONTHLY;BYDAY=2TH", datetime(2027, 4, 8, 19, 0))
    await town.write(series_rest.change_rest, by, made[4].reference, rest)
    text = await read()
    assert (text.count("RRULE:FREQ=MONTHLY"), text.count("RDATE")) == (2, 0)
    town.pass_time(days=400)
    assert "RRULE:FREQ=MONTHLY" in await read()


async def test_the_feed_of_an_area_has_its_meetings_and_those_for_everybody(
    console: Console, town: Town
) -> None:
    by = await town.staff("Cleo")
    for days, facts in enumerate((RAMSGATE, MARGATE, ONLINE)):
        await town.write(published, by, TUESDAY + timedelta(days=days), facts)
    answer = await console.visitor().get(RAMSGATE_ONLY)
    assert dates(answer.text) == [TUESDAY, TUESDAY + timedelta(days=2)]
    assert "X-WR-CALNAME:Community safety meetings: Ramsgate" in answer.text
    assert (await console.visitor().get("/feeds/meetings/atlantis.ics")).status == 404


async def test_what_is_long_over_leaves_the_feed(console: Console, town: Town) -> None:
    await town.write(published, await town.staff("Cleo"), TUESDAY)
    town.pass_time(days=360)
    assert dates((await console.visitor().get(ALL)).text) == [TUESDAY]
    town.pass_time(days=20)
    assert dates((await console.visitor().get(ALL)).text) == []


async def test_a_feed_is_sent_again_only_when_it_changed(console: Console, town: Town) -> None:
    by, browser = await town.staff("Cleo"), console.visitor()
    made = await town.write(published, by, TUESDAY)
    first = await browser.get(ALL)
    assert first.headers["Cache-Control"] == "public, max-age=900"
    mark, since = (
        {"If-None-Match": first.headers["ETag"]},
        {"If-Modified-Since": first.headers["Last-Modified"]},
    )
    for known in (mark, since, {"If-None-Match": "*"}):
        assert (await browser.get(ALL, **known)).status == 304
    assert (await browser.get(ALL, **{"If-None-Match": '"other"'} | since)).status == 200
    town.pass_time(minutes=5)
    await town.write(meeting.cancel, by, made.reference, "Snow")
    for known in (mark, since):
        again = await browser.get(ALL, **known)
        assert again.status == 200
        assert "STATUS:CANCELLED" in again.text
        assert "SEQUENCE:1" in again.text
