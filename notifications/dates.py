"""Days and times as people of each language write them, in local time."""

from __future__ import annotations

from datetime import datetime

from notifications.wording import say
from store.domain.clock import LONDON

ORDINAL_DAYS = frozenset({"cs", "sk"})
"""Languages that put a point after the number of the day."""
NOON = 12


def day_in_words(instant: datetime, language: str) -> str:
    """Return the local day of an instant, like "Monday 3 March"."""
    return _formatted(instant, f"EEEE {_day(language)}", language)


def day_seen(instant: datetime, seen: datetime, language: str) -> str:
    """Return the local day of an instant, with its year where it is another than when it is `seen`."""
    far = instant.astimezone(LONDON).year != seen.astimezone(LONDON).year
    return date_in_words(instant, language, weekday=True) if far else day_in_words(instant, language)


def date_in_words(instant: datetime, language: str, *, weekday: bool = False) -> str:
    """Return the local date of an instant, like "3 March 2026"; with a weekday "Tuesday 3 March 2026"."""
    year = "y 'року'" if language == "uk" else "y"
    return _formatted(instant, f"{'EEEE ' if weekday else ''}{_day(language)} {year}", language)


def time_in_words(instant: datetime, language: str) -> str:
    """Return the local time of an instant: "6:30pm" or "6pm" in English, "18:30" elsewhere."""
    local = instant.astimezone(LONDON)
    if language != "en":
        return f"{local.hour}:{local:%M}"
    minutes = f":{local:%M}" if local.minute else ""
    return f"{local.hour % NOON or NOON}{minutes}{'pm' if local.hour >= NOON else 'am'}"


def span_in_words(starts_at: datetime, ends_at: datetime, language: str, *, year: bool = False) -> str:
    """Return the day and the times between two instants: "Monday 3 March, 6:30pm to 8pm"."""
    dated = date_in_words(starts_at, language, weekday=True) if year else day_in_words(starts_at, language)
    return say(
        language,
        "meeting_card.when",
        day=dated,
        start=time_in_words(starts_at, language),
        end=time_in_words(ends_at, language),
    )


def _day(language: str) -> str:
    return "d. MMMM" if language in ORDINAL_DAYS else "d MMMM"


def _formatted(instant: datetime, pattern: str, language: str) -> str:
    from babel.dates import format_date

    return format_date(instant.astimezone(LONDON).date(), pattern, locale=language)
