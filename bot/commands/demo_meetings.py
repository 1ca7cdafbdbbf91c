"""The meetings that the demonstration starts with: one in each area, one of them cancelled, one online."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

from store.actions import agenda, agenda_desk, meeting, meeting_priority, meeting_sharing
from store.domain.clock import LONDON
from store.domain.meeting import Access, MeetingFacts, MeetingKind, MeetingPriority, Venue
from store.domain.resident import Resident
from store.domain.staff import By
from store.engine import Session, now

HALF_PAST_SIX = time(18, 30)
NINETY_MINUTES = timedelta(minutes=90)
_EASY = frozenset({Access.STEP_FREE, Access.HEARING_LOOP, Access.TOILETS})
_HALLS = {
    "margate": Venue("Example Hall", "Cecil Square, Margate", 51.3878, 1.3850, _EASY),
    "ramsgate": Venue("Example Library", "High Street, Ramsgate", 51.3355, 1.4155, _EASY | {Access.BSL}),
    "broadstairs": Venue("Example Pavilion", "Harbour Street, Broadstairs", 51.3580, 1.4440),
    "birchington": Venue("Example Centre", "Station Road, Birchington", 51.3760, 1.3040, _EASY),
}
_ABOUT = "Say what matters to you where you live, and hear what was done since last time."
CANCELLED = "broadstairs"
ASKED = "margate"
SHARED = "ramsgate"
_CHOSEN = (
    MeetingPriority("Broken lamps by the harbour steps", "The council", "All six were mended this month."),
    MeetingPriority("Motorbikes on the green in the evening", "The neighbourhood police"),
)
_LISTED = "Can the benches in the square be mended?"
_WAITS = "Who do we ring about the rubbish bags by the clock tower?"


def fill(session: Session, by: By, ben: Resident) -> None:
    """Publish a meeting in each area over the next weeks, and one online for everybody.

    One is just over: what it chose is shared, and the next one there begins with it.
    """
    _share(session, by)
    for week, (area, venue) in enumerate(_HALLS.items(), 1):
        title = f"{area.title()} neighbourhood meeting"
        facts = MeetingFacts(title, area, MeetingKind.IN_PERSON, NINETY_MINUTES, venue=venue, about=_ABOUT)
        reference = _publish(session, by, timedelta(weeks=week), facts)
        if area == ASKED:
            agenda_desk.add(session, by, reference, _LISTED)
            agenda.ask(session, ben, reference, _WAITS)
        if area == CANCELLED:
            meeting.cancel(session, by, reference, "The hall is being repaired.")
    link = "https://meet.example/safety"
    online = MeetingFacts("Online evening", None, MeetingKind.ONLINE, NINETY_MINUTES, join_link=link)
    _publish(session, by, timedelta(days=3), online)


def _share(session: Session, by: By) -> None:
    venue = _HALLS[SHARED]
    title = f"{SHARED.title()} neighbourhood meeting"
    facts = MeetingFacts(title, SHARED, MeetingKind.IN_PERSON, NINETY_MINUTES, venue=venue, about=_ABOUT)
    made = meeting.make(session, by, now(session) - NINETY_MINUTES + timedelta(minutes=1), facts)
    meeting.publish(session, by, made.reference)
    meeting_priority.set_priorities(session, by, made.reference, _CHOSEN)
    meeting_sharing.share(session, by, made.reference)


def _publish(session: Session, by: By, after: timedelta, facts: MeetingFacts) -> str:
    day = (now(session) + after).astimezone(LONDON).date()
    starts_at = datetime.combine(day, HALF_PAST_SIX, LONDON).astimezone(UTC)
    return meeting.publish(session, by, meeting.make(session, by, starts_at, facts).reference).reference
