"""`python -m bot import meetings`, as an administrator runs it."""

from __future__ import annotations

from pathlib import Path

from store.engine import open_store
from store.queries import public_meetings
from store.queries import series as reading
from tests.support.command import command

CSV = """title,date,start,end,area,venue,address
Ramsgate meeting,2090-12-01,18:30,20:00,ramsgate,St George's Hall,"Broad Street, CT11 8QX"
No area at all,2090-12-02,18:30,20:00,Atlantis,Hall,
"""
ICS = "\r\n".join(
    (
        *("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:test", "BEGIN:VEVENT", "UID:one", "SUMMARY:Coffee"),
        *("DTSTART;TZID=Europe/London:20900606T100000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY"),
        *("LOCATION:Cafe", "END:VEVENT", "END:VCALENDAR", ""),
    )
)


async def run(url: str, *words: str | Path) -> tuple[int, str]:
    return await command("import", "meetings", *words, DATABASE_URL=url, PROFILE="thanet")


async def test_a_csv_file_becomes_drafts_and_says_what_it_refuses(
    migrated_database_url: str, tmp_path: Path
) -> None:
    path = tmp_path / "meetings.csv"
    path.write_text(CSV)
    refused = "refused: line 3: 'Atlantis' is no area\n"
    counts = "Meetings: 1 new, 0 new series, 0 there already; 1 refused.\n"
    dry = await run(migrated_database_url, path, "--dry-run")
    assert dry == (1, f"{refused}{counts}Dry run: nothing was written.")
    look = "They are drafts: look at them in the console, then publish them."
    assert await run(migrated_database_url, path) == (1, f"{refused}{counts}{look}")
    again = await run(migrated_database_url, path)
    assert "Meetings: 0 new, 0 new series, 1 there already; 1 refused." in again[1]
    async with open_store(migrated_database_url) as store:
        assert await store.read(public_meetings.coming) == []


async def test_a_calendar_file_becomes_a_series(migrated_database_url: str, tmp_path: Path) -> None:
    path = tmp_path / "calendar.ICS"
    path.write_text(ICS)
    status, said = await run(migrated_database_url, path)
    assert (status, said.splitlines()[0]) == (0, "Meetings: 0 new, 1 new series, 0 there already; 0 refused.")
    async with open_store(migrated_database_url) as store:
        [series_id] = await store.read(reading.going_on)
        assert len(await store.read(reading.all_of, series_id)) == 1


async def test_a_dry_run_needs_no_database_yet(database_url: str, tmp_path: Path) -> None:
    path = tmp_path / "meetings.csv"
    path.write_text(CSV)
    status, said = await run(database_url, path, "--dry-run")
    assert (status, "Meetings: 1 new, 0 new series" in said) == (1, True)


async def test_what_cannot_be_read_ends_with_1_in_one_line(
    migrated_database_url: str, tmp_path: Path
) -> None:
    path = tmp_path / "meetings.csv"
    path.write_text("title,date\n")
    status, said = await run(migrated_database_url, path)
    assert (status, said) == (
        1,
        "foreland: meetings.csv: has no column start; its columns are: title, date",
    )
