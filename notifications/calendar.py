"""Meetings as a calendar reads them (iCalendar, RFC 5545): feeds, and the file of one meeting.

A series is one thing with one UID. Its meetings follow its rule, or are listed; each that differs
from the others (moved, cancelled, elsewhere) stands beside it with a RECURRENCE-ID, its slot. A
joining link is never in a calendar, which keeps it far longer than it may be shown: the page has it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from notifications import meeting_card
from notifications.page_link import page_link
from notifications.recurrence import pattern
from notifications.wording import say
from store.domain.clock import LONDON
from store.domain.meeting import Meeting, MeetingKind, MeetingState
from store.domain.recurrence import instant_of
from store.queries.public_meetings import Entry

if TYPE_CHECKING:
    from icalendar import Calendar, Event

MEDIA_TYPE = "text/calendar"
REFRESH = timedelta(hours=4)
_PAGES = "/meetings"
_PRODUCT = "-//Foreland//Meetings//EN"
_ZONE = """BEGIN:VTIMEZONE
TZID:Europe/London
BEGIN:DAYLIGHT
DTSTART:19810329T010000
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
"""


@dataclass(frozen=True, slots=True)
class _Told:
    """What is the same for most meetings of a series."""

    summary: str
    location: str
    geo: tuple[float, float] | None
    description: str
    lasts: timedelta


def feed(entries: Sequence[Entry], name: str, public_url: str) -> bytes:
    """Return a calendar of this name with these meetings, in English; its links lead to a page in any."""
    writer = _Writer(partial(page_link, public_url), "en")
    calendar = _empty()
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", LONDON.key)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT4H")
    for entry in entries:
        if not _in_series(entry):
            calendar.add_component(writer.one(entry))
    series: dict[str, list[Entry]] = {}
    for entry in filter(_in_series, entries):
        series.setdefault(str(entry.meeting.series_id), []).append(entry)
    for members in series.values():
        for event in writer.series(members):
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def file_of(entry: Entry, public_url: str, language: str) -> bytes:
    """Return the file of one meeting, for somebody's own calendar, in their language.

    One of a series stands alone with its RECURRENCE-ID, as RFC 4791 (4.1) allows: a later file of it,
    or the whole series, takes its place.
    """
    calendar = _empty()
    writer = _Writer(partial(page_link, public_url, language=language), language)
    calendar.add_component(writer.one(entry))
    return bytes(calendar.to_ical())


def file_name(meeting: Meeting) -> str:
    """Return a name for the file of one meeting."""
    return f"meeting-{meeting.reference}.ics"


def changed_at(entries: Iterable[Entry]) -> datetime | None:
    """Return when the last of these changed; None of none."""
    return max((entry.changed_at for entry in entries), default=None)


class _Writer:
    """Writes events: in one language; `link` gives the address of a page of ours."""

    def __init__(self, link: Callable[[str], str], language: str) -> None:
        self._link = link
        self._language = language

    def one(self, entry: Entry) -> Event:
        """Return a single meeting, or one of a series as it stands beside the others."""
        meeting = entry.meeting
        event = self._event(entry, self._told(meeting), meeting.starts_at, meeting.ends_at)
        if _in_series(entry):
            event.add("recurrence-id", _slot(meeting).replace(tzinfo=LONDON))
        if meeting.state is MeetingState.CANCELLED:
            event["summary"] = say(self._language, "meeting_card.cancelled", title=event["summary"])
        return event

    def series(self, members: Sequence[Entry]) -> Iterator[Event]:
        """Return a series, and each of its meetings that differs from the others."""
        members = sorted(members, key=lambda entry: _slot(entry.meeting))
        plain = Counter(self._told(entry.meeting) for entry in members if _as_planned(entry.meeting))
        usual = plain.most_common(1)[0][0] if plain else self._told(members[0].meeting)
        yield self._whole(members, usual)
        for entry in members:
            if not _as_planned(entry.meeting) or self._told(entry.meeting) != usual:
                yield self.one(entry)

    def _whole(self, members: Sequence[Entry], usual: _Told) -> Event:
        from icalendar.prop import vRecur

        slots = [_slot(entry.meeting) for entry in members]
        first, last = slots[0].replace(tzinfo=LONDON), slots[-1].replace(tzinfo=LONDON)
        newest = max(members, key=lambda entry: entry.changed_at)
        # By the clock on the wall: a night in which clocks change lengthens or shortens no other.
        event = self._event(newest, usual, first, first + usual.lasts)
        event["url"] = url = self._link(_PAGES)
        event["description"] = self._described(usual, url)
        event["status"] = "CONFIRMED"
        event["sequence"] = max(entry.meeting.sequence for entry in members)
        found = pattern(members[0].rule or "", slots)
        if found.rule is not None:
            ends = last.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
            event.add("rrule", vRecur.from_ical(f"{found.rule.text};UNTIL={ends}"))
        for name, listed in (("exdate", found.left_out), ("rdate", found.others)):
            if listed:
                event.add(name, [slot.replace(tzinfo=LONDON) for slot in listed])
        return event

    def _event(self, entry: Entry, told: _Told, starts_at: datetime, ends_at: datetime) -> Event:
        from icalendar import Event

        meeting, event = entry.meeting, Event()
        url = self._link(f"{_PAGES}/{meeting.reference}")
        cancelled = meeting.state is MeetingState.CANCELLED
        event.add("uid", f"{meeting.series_id if _in_series(entry) else meeting.reference}@foreland")
        event.add("dtstamp", entry.changed_at)
        event.add("last-modified", entry.changed_at)
        event.add("dtstart", _local(starts_at))
        event.add("dtend", _local(ends_at))
        event.add("summary", told.summary)
        if told.location:
            event.add("location", told.location)
        if told.geo is not None:
            event.add("geo", told.geo)
        event.add("description", self._described(told, url))
        event.add("url", url)
        event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
        event.add("sequence", meeting.sequence)
        return event

    def _described(self, told: _Told, url: str) -> str:
        page = say(self._language, "meeting_card.page", link=url)
        return "\n\n".join(filter(None, (told.description, page)))

    def _told(self, meeting: Meeting) -> _Told:
        facts, venue = meeting.facts, meeting.facts.venue
        online = facts.kind is MeetingKind.ONLINE
        point = (venue.lat, venue.lon) if venue.lat is not None and venue.lon is not None else None
        place = ", ".join(part.strip() for part in (venue.name, venue.address) if part.strip())
        return _Told(
            summary=facts.title,
            location="" if online else place,
            geo=None if online else point,
            description=self._description(meeting),
            lasts=facts.lasts,
        )

    def _description(self, meeting: Meeting) -> str:
        language, facts = self._language, meeting.facts
        lines = []
        if meeting.state is MeetingState.CANCELLED and meeting.cancel_reason:
            lines.append(say(language, "meeting_card.why", reason=meeting.cancel_reason))
        lines += [meeting_card.kind(meeting, language), meeting_card.access(meeting, language)]
        if facts.join_link is not None:
            lines.append(say(language, "meeting_card.join_on_page"))
        return "\n\n".join(filter(None, [facts.about.strip(), "\n".join(filter(None, lines))]))


def _empty() -> Calendar:
    from icalendar import Calendar, Timezone

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add_component(Timezone.from_ical(_ZONE))
    return calendar


def _in_series(entry: Entry) -> bool:
    return entry.meeting.series_id is not None and entry.meeting.slot is not None


def _slot(meeting: Meeting) -> datetime:
    return datetime.fromisoformat(meeting.slot or "")


def _as_planned(meeting: Meeting) -> bool:
    """Tell whether a meeting of a series is where its slot is, and takes place."""
    return meeting.state is not MeetingState.CANCELLED and instant_of(_slot(meeting)) == meeting.starts_at


def _local(instant: datetime) -> datetime:
    """Return London's time; UTC for the hour that London's clocks show a second time, which has no name."""
    local = instant.astimezone(LONDON)
    return instant.astimezone(UTC) if local.fold else local
