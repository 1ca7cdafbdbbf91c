"""Meetings from a file: drafts, once; a series with what its file leaves out or tells otherwise."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from icalendar import Calendar
from recurring_ical_events import of

from bot.commands.staff import SHELL
from store.actions import meeting_import, series
from store.domain.meeting import MeetingState
from store.domain.meeting_desk import Wanted, When
from store.domain.meeting_entry import ReadMeetings, Single
from store.domain.recurrence import local_of
from store.profile.meeting_calendar import read_ics
from store.profile.meeting_words import Words
from store.queries import meeting_desk
from store.queries import meeting_import as planning
from store.queries import series as reading
from tests.store.profile.test_meeting_calendar import event
from tests.support import whole
from tests.support.meetings import FACTS, TUESDAY, a_meeting
from tests.support.triage_factory import PROFILE, Town

LONDON = "TZID=Europe/London"
SERIES = (
    event(
        "RRULE:FREQ=MONTHLY;BYDAY=1TU",
        f"EXDATE;{LONDON}:20270105T183000,20300604T183000",
        "LOCATION:The Hall",
    ),
    event(f"RECURRENCE-ID;{LONDON}:20270202T183000", f"DTSTART;{LONDON}:20270203T190000", "LOCATION:Library"),
    event(f"RECURRENCE-ID;{LONDON}:20270302T183000", "STATUS:CANCELLED"),
)


def calendar(folder: Path, *events: str) -> Path:
    path = folder / "calendar.ics"
    path.write_text(
        "\r\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", *events, "END:VCALENDAR", ""))
    )
    return path


def read(path: Path) -> ReadMeetings:
    return read_ics(path, Words(PROFILE, date(2026, 11, 23)))


async def test_a_series_of_a_file_has_the_dates_that_another_reader_finds(town: Town, tmp_path: Path) -> None:
    path = calendar(tmp_path, *SERIES)
    made = await town.write(meeting_import.import_file, SHELL, read(path))
    assert (len(made.singles), len(made.series), made.known, made.refused) == (0, 1, 0, ())
    [series_id] = await town.read(reading.going_on)
    found = await town.read(reading.all_of, series_id)
    kept = [local_of(one.starts_at) for one in found if one.state is not MeetingState.CANCELLED]
    theirs = of(Calendar.from_ical(path.read_text())).between(datetime(2026, 12, 1), datetime(2028, 5, 3))
    expected = sorted(
        one["DTSTART"].dt.replace(tzinfo=None) for one in theirs if one.get("STATUS") != "CANCELLED"
    )
    assert kept == expected
    assert [one.facts.venue.name for one in found[:3]] == ["The Hall", "The Hall", "Library"]
    assert {one.state for one in found} == {MeetingState.DRAFT, MeetingState.CANCELLED}


async def test_a_date_that_is_left_out_far_ahead_is_never_made(town: Town, tmp_path: Path) -> None:
    await town.write(meeting_import.import_file, SHELL, read(calendar(tmp_path, *SERIES)))
    [series_id] = await town.read(reading.going_on)
    town.pass_time(days=3 * 365)
    await town.write(series.extend, series_id)
    alive = [one for one in await town.read(reading.all_of, series_id) if one.state is MeetingState.DRAFT]
    days = {f"{local_of(one.starts_at):%Y-%m-%d}" for one in alive}
    assert "2030-06-04" not in days
    assert {"2030-05-07", "2030-07-02"} <= days


async def test_the_same_file_again_changes_nothing(town: Town, tmp_path: Path) -> None:
    single = event("UID:two", f"DTSTART;{LONDON}:20261209T100000")
    told = read(calendar(tmp_path, *SERIES, single))
    made = await town.write(meeting_import.import_file, SHELL, told)
    assert (len(made.singles), len(made.series)) == (1, 1)
    before = await whole.rows(town)
    again = await town.write(meeting_import.import_file, SHELL, told)
    assert (again.singles, again.series, again.known) == ((), (), 2)
    assert whole.changed(before, await whole.rows(town)) == {}


async def test_a_meeting_without_uid_is_known_by_area_start_and_title(town: Town) -> None:
    cleo = await town.staff("Cleo")
    await a_meeting(town, cleo)
    same = Single("line 2", TUESDAY, FACTS)
    later = Single("line 3", TUESDAY.replace(hour=20), FACTS)
    past = Single("line 5", TUESDAY.replace(year=2025), FACTS)
    told = ReadMeetings((same, later, later, past))
    plan = await town.read(planning.plan, told)
    assert (plan.singles, plan.known, plan.refused) == ((later,), 2, ("line 5: is past",))
    assert await town.write(meeting_import.import_file, SHELL, told) == plan
    found = await town.read(meeting_desk.listing, cleo.staff, Wanted(when=When.ALL), 10)
    assert [one.starts_at.hour for one in found] == [18, 20]
    assert (await town.read(planning.plan, told)).known == 3


async def test_a_series_that_cannot_be_is_refused(town: Town, tmp_path: Path) -> None:
    wrong = read(
        calendar(
            tmp_path,
            event("UID:a", "RRULE:FREQ=WEEKLY;BYDAY=WE"),
            event("UID:b", "RRULE:FREQ=WEEKLY;COUNT=3", f"DTSTART;{LONDON}:20200107T183000"),
            event("UID:c", "RRULE:FREQ=WEEKLY"),
            event("UID:c", f"RECURRENCE-ID;{LONDON}:20261209T183000"),
        )
    )
    plan = await town.write(meeting_import.import_file, SHELL, wrong)
    assert plan.series == ()
    assert [one.partition(": ")[2] for one in plan.refused] == [
        "begins on a date that is none of its rule",
        "has no date to come",
        "changes 2026-12-09 18:30, which is no date of its rule",
    ]
    assert await town.read(reading.going_on) == []
