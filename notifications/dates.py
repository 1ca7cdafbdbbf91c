"""Days and times as people of each language write them, in local time."""

from __future__ import annotations

from datetime import datetime

from store.domain.clock import LONDON

ORDINAL_DAYS = frozenset({"cs", "sk"})
"""Languages that put a point after the number of the day."""


def day_in_words(instant: datetime, language: str) -> str:
    """Return the local day of an instant, like "Monday 3 March"."""
    from babel.dates import format_date

    pattern = "EEEE d. MMMM" if language in ORDINAL_DAYS else "EEEE d MMMM"
    return format_date(instant.astimezone(LONDON).date(), pattern, locale=language)
