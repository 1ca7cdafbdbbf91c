"""Days and times as people of each language write them, in local time."""

from __future__ import annotations

from datetime import datetime

from store.domain.clock import LONDON


def day_in_words(instant: datetime, language: str) -> str:
    """Return the local day of an instant, like "Monday 3 March"."""
    from babel.dates import format_skeleton

    return format_skeleton("MMMMEEEEd", instant.astimezone(LONDON), locale=language)
