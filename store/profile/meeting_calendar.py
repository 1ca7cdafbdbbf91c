"""Reads meetings from a calendar file (.ics, RFC 5545): single events, and series with their exceptions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from store.domain.clock import LONDON
from store.domain.errors import Refusal
from store.domain.meeting import MINUTE, MeetingFacts, MeetingKind, Venue
from store.domain.meeting_entry import ReadMeetings, Recurring, Single
from store.domain.recurrence import local_of, parse
from store.domain.series import Plan
from store.profile.meeting_words import Words, drafted, wrong
from store.profile.spot import Spot

Event = Any
"""A component of a calendar: a mapping whose values are each of a type of its own."""
_JANUARY, _JULY = 1, 7
_NOT_TAKEN = ("RDATE", "EXRULE")
"""What may say when an event comes back, besides its rule."""


def read_ics(path: Path, words: Words) -> ReadMeetings:
    """Return the events of a calendar. `ProfileError` where it cannot be read."""
    from icalendar import Calendar

    spot = Spot(path.name)
    try:
        calendars = Calendar.from_ical(path.read_bytes(), multiple=True)
    except (OSError, ValueError) as exc:
        raise spot.error(f"cannot be read: {exc}") from exc
    if not calendars or any(one.name != "VCALENDAR" for one in calendars):
        raise spot.error("is no calendar (.ics)")
    events = [event for one in calendars for event in one.walk("VEVENT")]
    changed = _by_uid(event for event in events if "RECURRENCE-ID" in event)
    singles: list[Single] = []
    series: list[Recurring] = []
    refused: list[str] = []
    for event in events:
        if "RECURRENCE-ID" not in event:
            try:
                read = _read(event, words, changed.pop(_text(event, "UID"), []))
            except (ValueError, Refusal) as problem:
                refused.append(f"{_where(event)}: {_why(problem)}")
                continue
            if isinstance(read, Single):
                singles.append(read)
            else:
                series.append(read)
    refused += [f"{_where(one)}: has no series in this file" for left in changed.values() for one in left]
    return ReadMeetings(tuple(singles), tuple(series), tuple(refused))


def _by_uid(events: Iterator[Event]) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = {}
    for event in events:
        found.setdefault(_text(event, "UID"), []).append(event)
    return found


def _why(problem: ValueError | Refusal) -> str:
    return wrong(problem) if isinstance(problem, Refusal) else str(problem)


def _where(event: Event) -> str:
    return f"{_text(event, 'UID') or 'an event without UID'} {_text(event, 'SUMMARY')}".strip()


def _text(event: Event, name: str) -> str:
    return str(event.get(name, "")).strip()


def _read(event: Event, words: Words, changed: Sequence[Event]) -> Single | Recurring:
    where, uid = _where(event), _text(event, "UID")
    if not uid:
        raise ValueError("has no UID")
    if _text(event, "STATUS").upper() == "CANCELLED":
        raise ValueError("is cancelled")
    start, facts = _local(event.get("DTSTART")), _facts(event, words)
    if any(name in event for name in _NOT_TAKEN) or isinstance(event.get("RRULE"), list):
        raise ValueError("comes back in more ways than one rule")
    if "RRULE" not in event:
        if changed:
            raise ValueError("does not come back, but has changed dates")
        return Single(where, start, facts, uid)
    _check_zone(event.get("DTSTART").dt)
    rule = parse(event["RRULE"].to_ical().decode(), start)
    without, other = list(_left_out(event)), []
    for one in changed:
        slot = _slot(one)
        if _text(one, "STATUS").upper() == "CANCELLED":
            without.append(slot)
        else:
            other.append((slot, _local(one.get("DTSTART")), _facts(one, words)))
    return Recurring(where, Plan(rule, start, facts), uid, tuple(without), tuple(other))


def _slot(event: Event) -> datetime:
    if "RANGE" in event["RECURRENCE-ID"].params:
        raise ValueError("changes one date and all later ones at once")
    return _local(event["RECURRENCE-ID"])


def _left_out(event: Event) -> Iterator[datetime]:
    lists: Any = event.get("EXDATE", [])
    for one in lists if isinstance(lists, list) else [lists]:
        yield from (_local(each) for each in one.dts)


def _local(said: Any) -> datetime:
    """Return a time as London's clocks show it; one without a zone is London's."""
    at = getattr(said, "dt", None)
    if not isinstance(at, datetime):
        raise ValueError("has no time of day")  # noqa: TRY004 - the file is wrong, not the program
    local = local_of(at) if at.tzinfo else at
    return local.replace(second=0, microsecond=0)


def _check_zone(at: datetime) -> None:
    """Refuse what comes back by other clocks: an hour would be wrong in summer."""
    for month in (_JANUARY, _JULY):
        there = at.replace(month=month, day=1)
        if at.tzinfo and there.utcoffset() != there.replace(tzinfo=LONDON).utcoffset():
            raise ValueError("comes back by other clocks than London's")


def _facts(event: Event, words: Words) -> MeetingFacts:
    venue = _venue(event)
    named = event.get("CATEGORIES")
    categories = [
        str(one) for each in (named if isinstance(named, list) else [named]) if each for one in each.cats
    ]
    venue, area = words.placed(venue, words.known_area(categories))
    link = _text(event, "URL") or None
    kind = MeetingKind.IN_PERSON
    if link is not None:
        kind = MeetingKind.HYBRID if venue.name else MeetingKind.ONLINE
    return drafted(
        MeetingFacts(
            title=_text(event, "SUMMARY"),
            area=area,
            kind=kind,
            lasts=_length(event),
            venue=venue,
            about=_text(event, "DESCRIPTION"),
            join_link=link,
        )
    )


def _venue(event: Event) -> Venue:
    """Return the place: its name up to the first comma, the address after it, and a point."""
    name, _, address = _text(event, "LOCATION").partition(",")
    venue = Venue(name.strip(), address.strip())
    point = event.get("GEO")
    return replace(venue, lat=point.latitude, lon=point.longitude) if point is not None else venue


def _length(event: Event) -> timedelta:
    if "DURATION" in event:
        return timedelta(minutes=event["DURATION"].dt // MINUTE)
    if "DTEND" not in event:
        raise ValueError("has no end")
    return _instant(event["DTEND"].dt) - _instant(event["DTSTART"].dt)


def _instant(at: datetime) -> datetime:
    return at if at.tzinfo else at.replace(tzinfo=LONDON)
