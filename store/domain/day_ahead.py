"""A day to come, as people write it: "until 5 January", "5.1.", "do 5 stycznia", in six languages."""

from __future__ import annotations

import re
from datetime import date

from store.domain.folded import folded

_MONTHS = (
    "jan stycz ian led січ",
    "feb lut unor лют",
    "mar brez берез",
    "apr kwie dub квіт",
    "may maj mai kvet трав",
    "jun czerw iun cerv jun черв",
    "jul lip iul cervenc cervenec лип",
    "aug sier srp серп",
    "sep wrze zari верес",
    "oct okt pazdz rij жовт",
    "nov listop noi листоп",
    "dec grud prosin груд",
)
"""How the names of each month begin in English, Polish, Romanian, Czech, Slovak and Ukrainian, folded."""
_STEMS = sorted(
    ((folded(stem).strip(), number) for number, stems in enumerate(_MONTHS, 1) for stem in stems.split()),
    key=lambda item: -len(item[0]),
)
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_NUMBERS = re.compile(r"\b(\d{1,2})\s?[./]\s?(\d{1,2})(?:\s?[./]\s?(\d{4}))?")
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)? (?:of )?([^\W\d_]{3,})(?: (\d{4}))?")
_MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,}) (\d{1,2})(?:st|nd|rd|th)?(?: (\d{4}))?\b")


def day_ahead(text: str, today: date) -> date | None:
    """Return the day that is meant, the next such one where no year is named; None where none is."""
    if found := _ISO.search(text):
        year, month, day = map(int, found.groups())
        return _day(day, month, year)
    if found := _NUMBERS.search(text):
        return _next(int(found[1]), int(found[2]), found[3], today)
    said = folded(text)
    for day_, name, year_ in _DAY_FIRST.findall(said):
        if month := _month(name):
            return _next(int(day_), month, year_, today)
    for name, day_, year_ in _MONTH_FIRST.findall(said):
        if month := _month(name):
            return _next(int(day_), month, year_, today)
    return None


def _month(name: str) -> int:
    return next((number for stem, number in _STEMS if name.startswith(stem)), 0)


def _next(day: int, month: int, year: str | None, today: date) -> date | None:
    if year:
        return _day(day, month, int(year))
    found = _day(day, month, today.year)
    # Four years on there is a 29 February again.
    later = (_day(day, month, today.year + years) for years in range(1, 5))
    return found if found and found > today else next((one for one in later if one), None)


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
