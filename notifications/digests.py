"""The morning digest: to each officer in their private chat, and to the desk's group. Numbers only."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from notifications.cards import NO_PREVIEW
from notifications.dates import day_in_words
from store.domain.clock import LONDON
from store.domain.delivery import STAFF_KIND, Lane, Outgoing
from store.domain.digest import DIGEST_UNTIL, DeskDigest, OfficerDigest
from store.domain.event import Action, Event
from store.engine import Session, now
from store.queries import digests

KIND = STAFF_KIND + "digest"
GROUP = "group"


def of(session: Session, event: Event, staff_chat_id: int, public_url: str) -> Iterable[Outgoing]:
    """Return what a day's digest gives to say; the key makes it once per day and person."""
    if event.action != Action.DIGEST_MADE:
        return
    day = date.fromisoformat(event.subject_id)
    title = day_in_words(now(session), "en")
    for mine in digests.for_officers(session, day):
        text = "\n".join([f"Your day, {title}", *_officer(mine), f"{public_url}/console"])
        yield _digest(mine.chat_id, text, day, mine.staff_id)
    if staff_chat_id:
        desk = digests.for_desk(session)
        text = "\n".join([f"The desk, {title}", *_desk(desk, title), f"{public_url}/console/reports"])
        yield _digest(staff_chat_id, text, day, GROUP)


def _digest(chat_id: int, text: str, day: date, who: str) -> Outgoing:
    params = {"chat_id": chat_id, "text": text, "link_preview_options": NO_PREVIEW}
    noon = datetime.combine(day, DIGEST_UNTIL, LONDON).astimezone(UTC)
    key = f"{KIND}:{day.isoformat()}:{who}"
    return Outgoing(Lane.REMINDER, chat_id, KIND, "sendMessage", params, key, expires_at=noon)


def _officer(mine: OfficerDigest) -> list[str]:
    lines = (
        ("New from reporters", mine.answers),
        ("Targets missed", mine.missed),
        ("Due today", mine.due_today),
        ("Tasks due", mine.tasks),
        ("Cases to review", mine.reviews),
    )
    return [f"{label}: {count}" for label, count in lines if count]


def _desk(desk: DeskDigest, today: str) -> list[str]:
    if desk.oldest is None:
        return ["Nothing waits for triage."]
    parts = ", ".join(f"{count} {priority}" for priority, count in desk.waiting.items())
    oldest = day_in_words(desk.oldest, "en")
    return [
        f"Waiting: {sum(desk.waiting.values())} ({parts})",
        f"Targets missed: {desk.missed}",
        f"Oldest: {'today' if oldest == today else f'since {oldest}'}",
    ]
