from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from store.domain.meeting import Access, MeetingFacts, MeetingKind, Venue
from store.domain.meeting_entry import ReadMeetings, Single
from store.profile.meeting_file import read_csv
from store.profile.meeting_words import Words
from store.profile.spot import ProfileError
from tests.store.domain.small_profile import SMALL

WORDS = Words(SMALL, date(2026, 11, 23))
HEAD = "title,date,start,end,area,venue,address\n"


def read(folder: Path, text: str) -> ReadMeetings:
    path = folder / "meetings.csv"
    path.write_text(text, encoding="utf-8-sig")
    return read_csv(path, WORDS)


def test_a_line_is_a_meeting_with_all_its_columns(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        "UID,Title,Date,Start,Minutes,Area,Wards,Kind,Venue,Address,Access,Access_note,Chair,Link,"
        "Capacity,Doors,About\n"
        'a1,"Meeting, with tea",01/12/2026,18:30,90,Ramsgate,eastcliff; Central-Harbour,Drop-in,'
        '"The Hall","Harbour Street CT11 8AA","step_free; Hearing loop",Ring,Dora,https://meet.example/1,'
        "40,15,Lights\n",
    )
    facts = MeetingFacts(
        "Meeting, with tea",
        "ramsgate",
        MeetingKind.DROP_IN,
        timedelta(minutes=90),
        ("eastcliff", "central-harbour"),
        Venue(
            "The Hall",
            "Harbour Street CT11 8AA",
            51.3345,
            1.4120,
            frozenset({Access.STEP_FREE, Access.HEARING_LOOP}),
            "Ring",
        ),
        "Lights",
        "Dora",
        "https://meet.example/1",
        40,
        timedelta(minutes=15),
    )
    assert found == ReadMeetings((Single("line 2", datetime(2026, 12, 1, 18, 30), facts, "a1"),))


def test_what_is_left_empty_is_plain(tmp_path: Path) -> None:
    found = read(tmp_path, f"{HEAD}Meeting,2026-12-01,23:00,00:30,,,\n,,,,,,\n")
    [one] = found.singles
    assert (one.facts.lasts, one.facts.area, one.facts.kind, one.uid) == (
        timedelta(minutes=90),
        None,
        MeetingKind.IN_PERSON,
        None,
    )


def test_the_area_is_that_of_the_point_where_none_is_given(tmp_path: Path) -> None:
    found = read(tmp_path, "title,date,start,minutes,lat,lon\nMeeting,2026-12-01,10:00,60,51.3345,1.4120\n")
    assert found.singles[0].facts.area == "ramsgate"
    found = read(tmp_path, f"{HEAD}Meeting,2026-12-01,10:00,11:00,,Hall,Cliff CT9 1AA\n")
    assert found.singles[0].facts.area == "margate"
    assert found.singles[0].facts.venue.lat == 51.3880


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (",2026-12-01,18:30,20:00,,,", "has no title"),
        ("Meeting,2026-13-01,18:30,20:00,,,", "is no day and time"),
        ("Meeting,31/02/2026,18:30,20:00,,,", "is no day and time"),
        ("Meeting,2026-12-01,late,20:00,,,", "is no day and time"),
        ("Meeting,2026-12-01,18:30,,,,", "has no end and no minutes"),
        ("Meeting,2026-12-01,18:30,20:00,Atlantis,,", "'Atlantis' is no area"),
        (f"{'x' * 201},2026-12-01,18:30,20:00,,,", "has words that are too long"),
    ],
)
def test_a_line_that_makes_no_meeting_is_refused_and_the_others_are_read(
    tmp_path: Path, line: str, problem: str
) -> None:
    found = read(tmp_path, f"{HEAD}{line}\nMeeting,2026-12-01,18:30,20:00,,,\n")
    assert [one.where for one in found.singles] == ["line 3"]
    [refused] = found.refused
    assert refused.startswith("line 2: ")
    assert problem in refused


@pytest.mark.parametrize(
    ("column", "cell", "problem"),
    [
        ("wards", "Atlantis", "'Atlantis' is no ward"),
        ("kind", "dance", "'dance' is no way to take part"),
        ("access", "lift", "'lift' is nothing a venue has"),
        ("capacity", "many", "'many' is no number of places"),
        ("capacity", "0", "has places for nobody"),
        ("link", "javascript:1", "does not begin with https://"),
        ("lat", "north", "'north' are no degrees"),
        ("minutes", "2000", "has no length"),
    ],
)
def test_a_cell_that_means_nothing_says_so(tmp_path: Path, column: str, cell: str, problem: str) -> None:
    found = read(tmp_path, f"title,date,start,end,{column}\nMeeting,2026-12-01,18:30,20:00,{cell}\n")
    assert problem in found.refused[0]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "has no column title, date, start"),
        ("title,date,start\n", "has no column end, minutes"),
        (HEAD.replace("venue", "place"), "has columns that mean nothing here: place"),
    ],
)
def test_a_file_without_the_columns_is_refused_whole(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(ProfileError, match=problem):
        read(tmp_path, text)
    with pytest.raises(ProfileError, match="cannot be read"):
        read_csv(tmp_path / "nothing.csv", WORDS)
