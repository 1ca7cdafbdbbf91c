"""What residents read of a meeting: a short card, and all that there is to know."""

from __future__ import annotations

from datetime import datetime

from notifications.dates import day_in_words, span_in_words, time_in_words
from notifications.distance import far_in_words
from notifications.wording import say, say_many
from store.domain.meeting import LINK_SHOWN_BEFORE, Access, Meeting, MeetingKind, MeetingState, link_shown
from store.domain.near import Near
from store.domain.recurrence import instant_of


def card(near: Near, language: str, now: datetime) -> str:
    """Return what, when, how far, where, how, for whom, how to come; or that it is cancelled, and why."""
    meeting = near.meeting
    if meeting.state is MeetingState.CANCELLED:
        return _joined(*_cancelled(meeting, language))
    return _joined(
        meeting.facts.title,
        _when(meeting, language, now),
        moved(meeting, language),
        far_in_words(near.km, language) if near.km is not None else "",
        where(meeting, language),
        kind(meeting, language),
        access(meeting, language),
        *how_to_come(meeting, language, now),
    )


def line(meeting: Meeting, language: str) -> str:
    """Return what, when and where, for a list of several things."""
    when = span_in_words(meeting.starts_at, meeting.ends_at, language)
    return _joined(meeting.facts.title, when, where(meeting, language))


def details(meeting: Meeting, language: str, now: datetime) -> str:
    """Return all that everybody may know of a meeting."""
    facts = meeting.facts
    about = facts.about.strip()
    if meeting.state is MeetingState.CANCELLED:
        return "\n\n".join(filter(None, [_joined(*_cancelled(meeting, language)), about]))
    chair = say(language, "meeting_card.chair", name=facts.chair) if facts.chair.strip() else ""
    places = facts.capacity if meeting.ends_at > now else None
    room = say_many(language, "meeting_card.room", places) if places else ""
    note = facts.venue.access_note.strip()
    parts = [card(Near(meeting), language, now), about, _joined(note, chair, room)]
    return "\n\n".join(filter(None, parts))


def where(meeting: Meeting, language: str) -> str:
    """Return where it is; empty for one online."""
    place = _place(meeting)
    return say(language, "meeting_card.where", place=place) if place else ""


def _place(meeting: Meeting) -> str:
    venue = meeting.facts.venue
    if meeting.facts.kind is MeetingKind.ONLINE:
        return ""
    return ", ".join(part.strip() for part in (venue.name, venue.address) if part.strip())


def kind(meeting: Meeting, language: str) -> str:
    """Return how people take part."""
    return say(language, f"meeting_card.kind.{meeting.facts.kind.value}")


def access(meeting: Meeting, language: str) -> str:
    """Return what the venue has, as one line; empty where nothing is known."""
    there = [one for one in Access if one in meeting.facts.venue.access]
    if not there or meeting.facts.kind is MeetingKind.ONLINE:
        return ""
    listed = ", ".join(say(language, f"meeting_card.access.{one.value}") for one in there)
    return say(language, "meeting_card.access", listed=listed)


def how_to_come(meeting: Meeting, language: str, now: datetime) -> list[str]:
    """Return when doors open, and the joining link or when it will be shown."""
    facts, said = meeting.facts, []
    if meeting.ends_at <= now:
        return []
    if facts.doors_before:
        opens = time_in_words(meeting.starts_at - facts.doors_before, language)
        said.append(say(language, "meeting_card.doors", time=opens))
    if link_shown(meeting, now):
        said.append(say(language, "meeting_card.join", link=facts.join_link))
    elif facts.join_link is not None:
        shown_from = time_in_words(meeting.starts_at - LINK_SHOWN_BEFORE, language)
        said.append(say(language, "meeting_card.join_later", time=shown_from))
    return said


def moved(meeting: Meeting, language: str) -> str:
    """Return when it was to be, where it was moved from the start that its series gave it."""
    was = _in_series(meeting)
    if was is None or was == meeting.starts_at:
        return ""
    at = {"day": day_in_words(was, language), "time": time_in_words(was, language)}
    return say(language, "meeting_card.moved", **at)


def before(was: Meeting, meeting: Meeting, language: str) -> str:
    """Return when and where a meeting was to be, of that what its card says otherwise now and not yet."""
    said = []
    if was.starts_at not in {meeting.starts_at, _in_series(meeting)}:
        said.append(f"{day_in_words(was.starts_at, language)}, {time_in_words(was.starts_at, language)}")
    if _place(was) not in {"", _place(meeting)}:
        said.append(_place(was))
    return _joined(*(say(language, "reminder.before", was=one) for one in said))


def _in_series(meeting: Meeting) -> datetime | None:
    """Return the start that its series gave it."""
    return instant_of(datetime.fromisoformat(meeting.slot)) if meeting.slot is not None else None


def _when(meeting: Meeting, language: str, now: datetime) -> str:
    said = span_in_words(meeting.starts_at, meeting.ends_at, language)
    if meeting.ends_at <= now:
        return say(language, "meeting_card.over", when=said)
    return say(language, "meeting_card.on_now", when=said) if meeting.starts_at <= now else said


def _cancelled(meeting: Meeting, language: str) -> list[str]:
    return [
        say(language, "meeting_card.cancelled", title=meeting.facts.title),
        span_in_words(meeting.starts_at, meeting.ends_at, language),
        where(meeting, language),
        say(language, "meeting_card.why", reason=meeting.cancel_reason) if meeting.cancel_reason else "",
    ]


def _joined(*lines: str) -> str:
    return "\n".join(line for line in lines if line)
