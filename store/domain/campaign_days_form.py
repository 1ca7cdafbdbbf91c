"""The question on which days a campaign of a recurring one really is, as staff answer it in chat."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from store.domain.campaign_form import ask_again
from store.domain.campaign_rule import span_words
from store.domain.day_ahead import day_ahead
from store.domain.errors import Refusal
from store.domain.questions import Form, Kind, Option, Question
from store.domain.recurrence import local_of
from store.domain.reference import Profile
from store.domain.time_ahead import WEEKDAYS, time_ahead

DAYS, PROPOSED = "days", "proposed"
"""The question; and the answer that is none: first and last day as they are, without any of no days."""
ABOUT = "about"
"""The answer that is none: what is said before the question."""
LONGEST = timedelta(days=200)
"""Days further apart are rather a mistake; the console takes them."""
BEGUN = timedelta(days=60)
"""So long ago the first day may be, without its year, where the last is still to come."""
_ZERO, _DAY = timedelta(0), timedelta(days=1)
_FILLERS = re.compile(r"\b(?:the|on|from)\b|,")
_BETWEEN = re.compile(r"\bbetween (.+?) and ")
_TO = re.compile(r"\s+(?:to|until|till)\s+|\s*[–—]\s*|\s+-\s+|(?<=^\d)-(?=\d)|(?<=^\d\d)-(?=\d)")
_YEAR = re.compile(r"\b\d{4}\b")
_WEEKDAY = re.compile(rf"({'|'.join(WEEKDAYS)})(?:s|nes|rs|urs|ur)?(?:day)?\b\.? ?")
_NEAR = frozenset({"today", "tonight", "tomorrow"})
_NUMBER, _NAME = r"\d{1,2}(?:st|nd|rd|th)?", r"[^\W\d_]{3,}"
_ONE_DAY = re.compile(
    r"\d{4}-\d{1,2}-\d{1,2}|\d{1,2}\s?[./]\s?\d{1,2}\.?(?:(?<=\.)\s?\d{4}|\s?/\s?\d{4})?"
    rf"|{_NUMBER} (?:of )?{_NAME}(?: \d{{4}})?|{_NAME} {_NUMBER}(?: \d{{4}})?"
)
_DAY_ALONE = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
_MONTH = re.compile(r"[^\W\d_]{3,}.*|(?<=[./])\d.*")


def _questions(_profile: Profile, answers: Mapping[str, Any]) -> list[Question]:
    how = "On which days is it? Write a day or two: “12 May”, “12 to 20 May 2027”."
    proposed = [date.fromisoformat(day) for day in answers[PROPOSED]]
    options = tuple(Option(PROPOSED, {"en": f"On {span_words(*days)}"}) for days in [proposed] if days)
    prompt = {"en": f"{answers[ABOUT]}\n\n{how}"}
    asked = Question(DAYS, Kind.CHOICE, prompt, options, own_words=True)
    return [asked, *ask_again(answers)]


CAMPAIGN_DAYS = Form("campaign_days", _questions)
"""Set when it opens: `PROPOSED` and `ABOUT`, and of which campaign and version."""


def checked_days(answers: Mapping[str, Any], at: datetime) -> list[str]:
    """Return first and last day of the answer, as text. Refusal: `campaign.days_unreadable`."""
    said = answers[DAYS]
    if said == PROPOSED:
        kept: list[str] = answers[PROPOSED]
        return kept
    found = days_ahead(said["words"], at)
    if found is None:
        raise Refusal("campaign.days_unreadable")
    return [day.isoformat() for day in found]


def days_ahead(text: str, at: datetime) -> tuple[date, date] | None:
    """Return first and last of the days to come that are meant, seen from `at`; None where none are.

    What the first leaves out is that of the last: "12 to 20 May 2027"; it may have begun. Words that say more
    than that, and a weekday that is not that of its date, are no days: better asked again than guessed.
    """
    said = _BETWEEN.sub(r"\1 to ", " ".join(_FILLERS.sub(" ", text.casefold()).split()))
    begins, *rest = _TO.split(said, maxsplit=1)
    last = _day(rest[0] if rest else begins, at)
    if last is None or not rest:
        return (last, last) if last else None
    found = (_day(one, at, ago) for one in _in_full(begins, rest[0], last.year) for ago in (_ZERO, BEGUN))
    return next(((one, last) for one in found if one is not None and _ZERO <= last - one <= LONGEST), None)


def _in_full(begins: str, ends: str, year: int) -> list[str]:
    """Return what the first day may mean: with the month of the last, or in its year or the one before."""
    weekday, number = _parted(begins)
    if (alone := _DAY_ALONE.fullmatch(number)) and (month := _MONTH.search(_parted(ends)[1])):
        return [f"{weekday}{alone[1]} {month[0]}"]
    if _YEAR.search(ends) and not _YEAR.search(begins):
        return [f"{begins} {year}", f"{begins} {year - 1}"]
    return [begins]


def _day(said: str, at: datetime, ago: timedelta = _ZERO) -> date | None:
    """Return the one day that these words are; a date without its year may be so long ago."""
    weekday, rest = _parted(said)
    if said in _NEAR or (weekday and not rest):
        found = time_ahead(said, at)
        return local_of(found).date() if found is not None else None
    day = day_ahead(rest, local_of(at).date() - _DAY - ago) if _ONE_DAY.fullmatch(rest) else None
    named = day is not None and weekday.startswith(WEEKDAYS[day.weekday()])
    return day if named or not weekday else None


def _parted(said: str) -> tuple[str, str]:
    """Return the weekday at the beginning, if one is named, and the rest."""
    found = _WEEKDAY.match(said)
    return (found[0], said[found.end() :]) if found else ("", said)
