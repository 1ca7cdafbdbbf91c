"""Say to supervisors which campaign fails whenever it is due: once, with where to look at it."""

from __future__ import annotations

from collections.abc import Iterable

from notifications import recipients
from notifications.cards import NO_PREVIEW
from notifications.quiet_hours import quiet_until
from store.domain.delivery import STAFF_KIND, Lane, Outgoing
from store.domain.event import Action, Event
from store.engine import Session, now
from store.queries import campaign_troubles
from store.queries.campaign_troubles import CAMPAIGN, Trouble

KIND = STAFF_KIND + "trouble"


def of(session: Session, event: Event, public_url: str) -> Iterable[Outgoing]:
    """Return the word that one failed; of an urgent alert at any hour."""
    if event.action not in {Action.CAMPAIGN_FAILED, Action.PATTERN_FAILED}:
        return
    [one] = campaign_troubles.named(session, [event.subject_id])
    urgent = one.lane is Lane.URGENT
    lane, due_at = (Lane.URGENT, now(session)) if urgent else (Lane.CASE, quiet_until(now(session)))
    text = (
        f"This failed when it was due, and is tried again each minute: {what(one)} “{one.title}” "
        f"({one.reference}).\n{public_url}{path_of(one)}"
    )
    for person in recipients.supervisors(session, None):
        chat_id = person.chat_id or 0
        params = {"chat_id": chat_id, "text": text, "link_preview_options": NO_PREVIEW}
        key = f"{event.id}:{person.id}:{KIND}"
        yield Outgoing(lane, chat_id, KIND, "sendMessage", params, key, due_at)


def what(one: Trouble) -> str:
    """Return what it is, in a word."""
    if one.kind != CAMPAIGN:
        return "recurring campaign"
    return "urgent alert" if one.lane is Lane.URGENT else "campaign"


def path_of(one: Trouble) -> str:
    """Return its page in the console."""
    if one.kind != CAMPAIGN:
        return f"/console/campaigns/recurring/{one.reference}"
    return f"/console/{'urgent' if one.lane is Lane.URGENT else 'campaigns'}/{one.reference}"
