"""`import meetings`: drafts from CSV or a calendar file, with a line for each row that is refused."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.domain.meeting_entry import ImportPlan, ReadMeetings
    from store.domain.reference import Profile
    from store.engine import Store

CALENDAR = ".ics"
LOOK = "They are drafts: look at them in the console, then publish them."


async def import_meetings(store: Store, profile: Profile, path: Path, *, dry_run: bool) -> ImportPlan:
    """Make what is new of a file; a dry run only says what it would make."""
    from bot.commands.staff import SHELL
    from store.actions import meeting_import

    read = await asyncio.to_thread(_read, path, profile, store)
    if not dry_run:
        return await store.write(meeting_import.import_file, SHELL, read)
    return await _planned(store, read)


def _read(path: Path, profile: Profile, store: Store) -> ReadMeetings:
    from store.domain.working_days import london_date
    from store.profile.meeting_calendar import read_ics
    from store.profile.meeting_file import read_csv
    from store.profile.meeting_words import Words

    words = Words(profile, london_date(store.clock.now()))
    return read_ics(path, words) if path.suffix.casefold() == CALENDAR else read_csv(path, words)


async def _planned(store: Store, read: ReadMeetings) -> ImportPlan:
    from store.domain.meeting_entry import ImportPlan
    from store.queries import meeting_import

    try:
        return await store.read(meeting_import.plan, read)
    except Exception:  # noqa: BLE001 - no schema yet: everything would be new
        return ImportPlan(read.singles, read.series, 0, read.refused)


def said(made: ImportPlan) -> str:
    """Return what was done in one line."""
    counts = f"{len(made.singles)} new, {len(made.series)} new series, {made.known} there already"
    return f"Meetings: {counts}; {len(made.refused)} refused."
