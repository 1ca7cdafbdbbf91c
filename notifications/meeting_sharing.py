"""Tell people what came of a meeting, once it is shared: each once, and only what they have not heard."""

from __future__ import annotations

from typing import Any

from notifications import sharing_card
from notifications.buttons import Button, Keyboard, OwnTap, WebLink, can_be_opened, markup
from notifications.page_link import page_link
from notifications.stop_row import stop_row
from notifications.wording import say
from store.actions import delivery, meeting_sharing
from store.actions.meeting_sharing import SUBSCRIBER, Hearing, Listener
from store.domain.delivery import Lane, Outgoing
from store.domain.meeting_sharing import news
from store.engine import Session

PAGE = "/meetings/you-said"
"""Where everybody reads what came of meetings; that of an area lies beneath."""


def tell_next(session: Session, public_url: str) -> int | None:
    """Queue the next messages that are due; return how many, None when nothing is due."""
    hearing = meeting_sharing.next_due(session)
    if hearing is None:
        return None
    words: dict[tuple[str, int, str], dict[str, Any] | None] = {}
    things = []
    for person in hearing.people:
        which = (person.language, person.since, person.kind)
        if which not in words:
            words[which] = _worded(hearing, person, public_url)
        said = words[which]
        if said is not None:
            things.append(_to(person, said))
    delivery.queue_many(session, things)
    meeting_sharing.told(session, hearing, len(things))
    return len(things)


def _to(person: Listener, said: dict[str, Any]) -> Outgoing:
    params = {"chat_id": person.chat_id, **said}
    lane = Lane.GATHERED if person.gathered else Lane.REMINDER
    return Outgoing(lane, person.chat_id, person.kind, "sendMessage", params, person.key, person.due_at)


def _worded(hearing: Hearing, person: Listener, public_url: str) -> dict[str, Any] | None:
    """Return what somebody is told; None where nothing of it is left to tell."""
    told = news(hearing.kept, person.since)
    if not told:
        return None
    text = sharing_card.message(hearing.meeting, told, person.language)
    return {"text": text, "reply_markup": markup(_keyboard(hearing, person, public_url))}


def _keyboard(hearing: Hearing, person: Listener, public_url: str) -> Keyboard:
    meeting, language = hearing.meeting, person.language
    page = address(public_url, meeting.facts.area, language)
    deeds: list[Button] = [(say(language, "meeting_card.details"), OwnTap("meeting", meeting.reference))]
    if can_be_opened(page):
        deeds.append((sharing_card.title(language), WebLink(page)))
    return [deeds, stop_row(language)] if person.kind == SUBSCRIBER else [deeds]


def address(public_url: str, area: str | None, language: str) -> str:
    """Return the page with what came of the meetings of an area, of all without one."""
    return page_link(public_url, f"{PAGE}/{area}" if area else PAGE, language)
