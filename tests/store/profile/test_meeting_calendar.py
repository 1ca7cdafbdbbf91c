from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from store.domain.meeting import MeetingKind, Venue
from store.domain.meeting_entry import ReadMeetings
from store.profile.meeting_calendar import read_ics
from store.profile.meeting_words import Words
from store.profile.spot import ProfileError
from tests.store.domain.small_profile import SMALL

WORDS = Words(SMALL, date(2026, 11, 23))
PLAIN = ("UID:one", "SUMMARY:Meeting", "DTSTART;TZID=Europe/London:20261201T183000", "DURATION:PT90M")


def event(*lines: str, without: str = "") -> str:
    """Return an event with these lines; one of a name that is there already stands in its place."""
    names = {line.partition(":")[0].partition(";")[0] for line in lines} | {without}
    kept = [line for line in PLAIN if line.partition(":")[0].partition(";")[0] not in names]
    return "\n".join(("BEGIN:VEVENT", *kept, *lines, "END:VEVENT"))


def read(folder: Path, *events: str) -> ReadMeetings:
    path = folder / "calendar.ics"
    text = "\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", *events, "END:VCALENDAR", ""))
    path.write_bytes(text.replace("\n", "\r\n").encode())
    return read_ics(path, WORDS)


def test_an_event_is_a_meeting(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        event(
            "LOCATION:The Hall\\, Harbour Street\\, CT11 8AA",
            "DESCRIPTION:Lights\\nand bins",
            "URL:https://meet.example/1",
            "CATEGORIES:news,Margate",
        ),
    )
    [one] = found.singles
    assert (one.uid, one.start, one.where) == ("one", datetime(2026, 12, 1, 18, 30), "one Meeting")
    facts = one.facts
    assert facts.venue == Venue("The Hall", "Harbour Street, CT11 8AA", 51.3345, 1.4120)
    assert (facts.area, facts.about, facts.kind) == ("margate", "Lights\nand bins", MeetingKind.HYBRID)
    assert facts.lasts == timedelta(minutes=90)


@pytest.mark.parametrize(
    ("start", "local"),
    [
        ("DTSTART:20270601T173000Z", datetime(2027, 6, 1, 18, 30)),
        ("DTSTART:20270601T183000", datetime(2027, 6, 1, 18, 30)),
        ("DTSTART;TZID=GMT Standard Time:20270601T183000", datetime(2027, 6, 1, 18, 30)),
        ("DTSTART;TZID=Europe/Paris:20270601T193000", datetime(2027, 6, 1, 18, 30)),
    ],
)
def test_a_time_is_read_as_londons_clocks_show_it(tmp_path: Path, start: str, local: datetime) -> None:
    assert read(tmp_path, event(start)).singles[0].start == local


def test_an_end_a_point_and_an_online_meeting_are_understood(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        event(
            "DTEND;TZID=Europe/London:20261201T193000",
            "GEO:51.3345;1.4120",
            "LOCATION:Hall",
            without="DURATION",
        ),
        event("UID:two", "URL:https://meet.example/1"),
    )
    placed, online = found.singles
    assert (placed.facts.lasts, placed.facts.area) == (timedelta(hours=1), "ramsgate")
    assert (online.facts.kind, online.facts.area) == (MeetingKind.ONLINE, None)


def test_a_series_comes_with_what_is_left_out_and_what_is_different(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        event("RRULE:FREQ=WEEKLY;COUNT=6", "EXDATE;TZID=Europe/London:20261208T183000,20261215T183000"),
        event(
            "RECURRENCE-ID;TZID=Europe/London:20261222T183000",
            "DTSTART;TZID=Europe/London:20261223T190000",
            "SUMMARY:With carols",
        ),
        event("RECURRENCE-ID:20261229T183000Z", "STATUS:CANCELLED"),
    )
    [one] = found.series
    assert (one.plan.rule.words, one.plan.start) == (
        "every week on Tuesday, 6 times",
        datetime(2026, 12, 1, 18, 30),
    )
    assert [f"{slot:%d %H:%M}" for slot in one.without] == ["08 18:30", "15 18:30", "29 18:30"]
    [(slot, start, facts)] = one.other
    assert (slot.day, start, facts.title) == (22, datetime(2026, 12, 23, 19), "With carols")


@pytest.mark.parametrize(
    ("one", "problem"),
    [
        (event(without="UID"), "has no UID"),
        (event(without="SUMMARY"), "has no title"),
        (event(without="DTSTART"), "has no time of day"),
        (event("DTSTART;VALUE=DATE:20261201"), "has no time of day"),
        (event(without="DURATION"), "has no end"),
        (event("DTEND;TZID=Europe/London:20261201T183000", without="DURATION"), "has no length"),
        (event("STATUS:CANCELLED"), "is cancelled"),
        (event("RRULE:FREQ=DAILY"), "comes back in a way that a series cannot"),
        (event("RRULE:FREQ=WEEKLY", "RDATE:20270101T183000Z"), "in more ways than one rule"),
        (event("RRULE:FREQ=WEEKLY", "RRULE:FREQ=YEARLY"), "in more ways than one rule"),
        (event("DTSTART:20261201T183000Z", "RRULE:FREQ=WEEKLY"), "other clocks than London's"),
        (event("RECURRENCE-ID:20261229T183000Z"), "has no series in this file"),
    ],
)
def test_an_event_that_makes_no_meeting_is_refused(tmp_path: Path, one: str, problem: str) -> None:
    found = read(tmp_path, one, event("UID:good"))
    assert [single.uid for single in found.singles] == ["good"]
    assert problem in found.refused[0]


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ("RECURRENCE-ID;RANGE=THISANDFUTURE:20261208T183000Z", "changes one date and all later ones"),
        ("RECURRENCE-ID;VALUE=DATE:20261208", "has no time of day"),
    ],
)
def test_a_series_with_a_change_that_means_nothing_is_refused(
    tmp_path: Path, changed: str, problem: str
) -> None:
    found = read(tmp_path, event("RRULE:FREQ=WEEKLY"), event(changed))
    assert (found.series, problem in found.refused[0]) == ((), True)
    single = read(tmp_path, event(), event("RECURRENCE-ID:20261208T183000Z"))
    assert "does not come back, but has changed dates" in single.refused[0]


@pytest.mark.parametrize("text", ["", "nonsense", "BEGIN:VEVENT\nSUMMARY:Alone\nEND:VEVENT\n", "\xff"])
def test_what_is_no_calendar_is_refused_whole(tmp_path: Path, text: str) -> None:
    path = tmp_path / "calendar.ics"
    path.write_bytes(text.encode("latin-1"))
    for wrong, problem in ((path, "calendar.ics: "), (tmp_path / "nothing.ics", "cannot be read")):
        with pytest.raises(ProfileError, match=problem):
            read_ics(wrong, WORDS)
