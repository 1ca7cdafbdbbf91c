"""What other programs read out of our calendars: exactly the meetings that there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from notifications import calendar
from notifications.recurrence import MOST_LEFT_OUT, pattern
from store.domain.clock import LONDON
from store.domain.meeting import Access, Meeting, MeetingFacts, MeetingKind, MeetingState, Venue
from store.queries.public_meetings import Entry

SITE = "https://safety.example"
CHANGED = datetime(2026, 11, 1, 12, 0, tzinfo=UTC)
HALL = Venue("Town Hall", "High Street; Ramsgate, CT11", 51.3349, 1.4131, frozenset({Access.BSL}))
FACTS = MeetingFacts("Ramsgate, meeting", "ramsgate", MeetingKind.IN_PERSON, timedelta(hours=2), venue=HALL)
MONTHLY = "FREQ=MONTHLY;BYDAY=2TU"


def utc(slot: datetime) -> datetime:
    return slot.replace(tzinfo=LONDON).astimezone(UTC)


def an_entry(slot: datetime, rule: str = MONTHLY, /, **more: Any) -> Entry:
    text = slot.isoformat(timespec="minutes")
    told = {
        "id": text,
        "reference": f"R{slot:%y%m%d%H%M}",
        "state": MeetingState.PUBLISHED,
        "starts_at": utc(slot),
        "facts": FACTS,
        "version": 1,
        "series_id": "theseries",
        "slot": text,
    }
    return Entry(Meeting(**{**told, **more}), CHANGED, rule)


def events(text: bytes) -> list[Any]:
    return list(icalendar.Calendar.from_ical(text).walk("VEVENT"))


def dates(text: bytes) -> list[tuple[datetime, str, str]]:
    """Return each start with its state and title, as another program reads them."""
    read = recurring_ical_events.of(icalendar.Calendar.from_ical(text))
    found = read.between(date(2020, 1, 1), date(2035, 1, 1))
    return sorted((one.start.astimezone(UTC), str(one["STATUS"]), str(one["SUMMARY"])) for one in found)


def ours(entries: Sequence[Entry]) -> list[tuple[datetime, str, str]]:
    told = []
    for meeting in (entry.meeting for entry in entries):
        cancelled = meeting.state is MeetingState.CANCELLED
        title = f"Cancelled: {meeting.facts.title}" if cancelled else meeting.facts.title
        told.append((meeting.starts_at, "CANCELLED" if cancelled else "CONFIRMED", title))
    return sorted(told)


SECOND_TUESDAYS = [datetime(2026, month, day, 18, 30) for month, day in ((1, 13), (2, 10), (3, 10), (4, 14))]


def test_a_series_that_follows_its_rule_is_one_event_with_that_rule() -> None:
    entries = [an_entry(slot) for slot in SECOND_TUESDAYS]
    text = calendar.feed(entries, "Meetings in Ramsgate", SITE)
    [event] = events(text)
    assert event["UID"] == "theseries@foreland"
    assert b"DTSTART;TZID=Europe/London:20260113T183000\r\n" in text
    assert b"RRULE:FREQ=MONTHLY;UNTIL=20260414T173000Z;BYDAY=2TU\r\n" in text
    assert "EXDATE" not in event
    assert dates(text) == ours(entries)


def test_the_feed_says_what_it_is_and_where_london_is() -> None:
    text = calendar.feed([an_entry(SECOND_TUESDAYS[0])], "Meetings", SITE)
    read = icalendar.Calendar.from_ical(text)
    assert str(read["X-WR-CALNAME"]) == str(read["NAME"]) == "Meetings"
    zone: Any
    [zone] = read.walk("VTIMEZONE")
    made = zone.to_tz(lookup_tzid=False)
    for instant in (datetime(2027, 3, 28, 1, 0), datetime(2027, 10, 31, 2, 0), datetime(2030, 7, 1, 12, 0)):
        at = instant.replace(tzinfo=UTC)
        assert at.astimezone(made).utcoffset() == at.astimezone(ZoneInfo("Europe/London")).utcoffset()


def test_what_is_left_out_moved_or_cancelled_is_an_exception() -> None:
    entries = [
        an_entry(SECOND_TUESDAYS[0]),
        an_entry(SECOND_TUESDAYS[1], starts_at=utc(datetime(2026, 2, 11, 19, 0)), sequence=1),
        an_entry(SECOND_TUESDAYS[3], state=MeetingState.CANCELLED, cancel_reason="Flood", sequence=2),
    ]
    text = calendar.feed(entries, "Meetings", SITE)
    whole, moved, off = events(text)
    assert b"EXDATE;TZID=Europe/London:20260310T183000\r\n" in text
    assert [int(event["SEQUENCE"]) for event in (whole, moved, off)] == [2, 1, 2]
    assert {str(event["UID"]) for event in (whole, moved, off)} == {"theseries@foreland"}
    assert b"RECURRENCE-ID;TZID=Europe/London:20260210T183000\r\n" in text
    assert str(off["STATUS"]) == "CANCELLED"
    assert str(off["DESCRIPTION"]).startswith("Why: Flood")
    assert moved["URL"] == f"{SITE}/meetings/R2602101830"
    assert dates(text) == ours(entries)


def test_one_elsewhere_stands_beside_the_others() -> None:
    elsewhere = replace(FACTS, venue=Venue("Old Library"))
    entries = [an_entry(s) for s in SECOND_TUESDAYS[:3]] + [an_entry(SECOND_TUESDAYS[3], facts=elsewhere)]
    whole, other = events(calendar.feed(entries, "Meetings", SITE))
    assert (str(whole["LOCATION"]), str(other["LOCATION"])) == (
        "Town Hall, High Street; Ramsgate, CT11",
        "Old Library",
    )
    assert "GEO" not in other
    assert whole["GEO"].to_ical() == "51.3349;1.4131"


def test_dates_that_the_rule_does_not_give_are_listed() -> None:
    entries = [an_entry(slot) for slot in (*SECOND_TUESDAYS, datetime(2026, 5, 6, 10, 0))]
    [event] = events(calendar.feed(entries, "Meetings", SITE))
    assert "RRULE" not in event
    assert dates(calendar.feed(entries, "Meetings", SITE)) == ours(entries)


@pytest.mark.parametrize("rule", ["nonsense", "", "FREQ=SOMETIMES"])
def test_a_rule_that_cannot_be_read_is_done_without(rule: str) -> None:
    entries = [an_entry(slot, rule) for slot in SECOND_TUESDAYS]
    assert dates(calendar.feed(entries, "Meetings", SITE)) == ours(entries)


def test_a_rule_of_far_more_dates_than_there_are_is_done_without() -> None:
    first = datetime(2026, 1, 1, 10, 0)
    daily = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"
    assert pattern(daily, [first, first + timedelta(days=MOST_LEFT_OUT)]).rule is not None
    assert pattern(daily, [first, first + timedelta(days=MOST_LEFT_OUT + 9)]).rule is None


def test_a_single_meeting_has_a_uid_of_its_own_and_no_joining_link() -> None:
    facts = replace(FACTS, kind=MeetingKind.HYBRID, join_link="https://meet.example/secret", about="Come.")
    entry = an_entry(SECOND_TUESDAYS[0], series_id=None, slot=None, facts=facts)
    text = calendar.feed([replace(entry, rule=None)], "Meetings", SITE)
    [event] = events(text)
    assert event["UID"] == "R2601131830@foreland"
    assert "RECURRENCE-ID" not in event
    assert b"meet.example" not in text
    assert "on the web page from one hour before" in str(event["DESCRIPTION"])
    assert dates(text) == ours([entry])


def test_one_online_has_no_place() -> None:
    facts = replace(FACTS, kind=MeetingKind.ONLINE)
    [event] = events(calendar.feed([an_entry(SECOND_TUESDAYS[0], facts=facts)], "Meetings", SITE))
    assert not {"LOCATION", "GEO"} & event.keys()


def test_the_file_of_one_of_a_series_is_read_as_that_one() -> None:
    entry = an_entry(SECOND_TUESDAYS[3])
    text = calendar.file_of(entry, SITE, "pl")
    [event] = events(text)
    assert event["UID"] == "theseries@foreland"
    assert dates(text) == ours([entry])
    assert "Strona internetowa: https://safety.example/meetings/R2604141830?lang=pl" in str(
        event["DESCRIPTION"]
    )


def test_in_the_hour_that_comes_twice_the_second_is_said_in_utc() -> None:
    second = datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # half past one again, by London's clocks
    entry = an_entry(SECOND_TUESDAYS[0], starts_at=second)
    assert dates(calendar.feed([entry], "Meetings", SITE)) == ours([entry])


def test_nothing_planned_is_an_empty_calendar() -> None:
    assert events(calendar.feed([], "Meetings", SITE)) == []
    assert calendar.changed_at([]) is None


RULES = (
    "FREQ=WEEKLY",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
    "FREQ=MONTHLY;BYDAY=2TU",
    "FREQ=MONTHLY;BYDAY=-1SU",
    "FREQ=MONTHLY;BYMONTHDAY=31",
    "FREQ=MONTHLY;INTERVAL=3;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
    "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU",
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29",
    "RRULE:FREQ=WEEKLY;COUNT=400",
    "FREQ=MONTHLY;BYDAY=1WE;UNTIL=20330101T000000",
)
FATES = st.sampled_from(["planned"] * 5 + ["moved", "cancelled", "both", "elsewhere", "missing"])


@st.composite
def a_series(draw: st.DrawFn) -> list[Entry]:
    """Some meetings of a series over the years, at any hour, with what became of each."""
    rule = draw(st.sampled_from(RULES))
    begin = datetime.combine(draw(st.dates(date(2024, 1, 1), date(2027, 12, 31))), datetime.min.time())
    begin += timedelta(minutes=15 * draw(st.integers(0, 95)))
    since = draw(st.integers(0, 6))
    slots = list(islice(rrulestr(rule, dtstart=begin), since, since + draw(st.integers(1, 14))))
    slots = [slot for slot in slots if slot.year < 2034]
    if draw(st.booleans()) and slots:  # the rule was changed for the rest
        slots += [slots[-1] + timedelta(days=9 * n, hours=1) for n in range(1, 4)]
    entries = []
    for slot in slots:
        fate = draw(FATES)
        more: dict[str, Any] = {}
        if fate in {"moved", "both"}:
            more["starts_at"] = utc(slot) + timedelta(minutes=15 * draw(st.integers(1, 900)))
        if fate in {"cancelled", "both"}:
            more |= {"state": MeetingState.CANCELLED, "cancel_reason": "Snow"}
        if fate == "elsewhere":
            more["facts"] = replace(FACTS, title="Elsewhere", lasts=timedelta(minutes=90))
        if fate != "missing":
            entries.append(an_entry(slot, rule, **more))
    return entries


@settings(max_examples=100, deadline=None)
@given(a_series())
def test_whatever_became_of_a_series_others_read_exactly_our_dates(entries: list[Entry]) -> None:
    text = calendar.feed(entries, "Meetings", SITE)
    assert dates(text) == ours(entries)
    assert {str(event["UID"]) for event in events(text)} <= {"theseries@foreland"}
    assert calendar.feed(entries, "Meetings", SITE) == text
