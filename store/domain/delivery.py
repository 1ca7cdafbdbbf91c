"""What we send: lanes, states, and one delivery as a value."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum
from typing import Any


class Lane(IntEnum):
    """In what order things are sent."""

    REPLY = 0
    URGENT = 1
    CASE = 2
    REMINDER = 3
    CAMPAIGN = 4
    GATHERED = 5
    """What waits for somebody's digest: it never goes by itself. See `store.actions.bundle`."""


REPEATABLE_LANES = frozenset({Lane.REPLY, Lane.URGENT, Lane.CASE})
"""Lanes in which saying a thing twice is better than perhaps not at all."""

MAY_HAVE_COME = "it may have come, and is tried again"
"""Why something waits: nobody knows what became of it, and saying it twice is better than not at all."""

STAFF_KIND = "staff."
"""Kinds that begin so go to staff: neither quiet hours nor a resident's wishes hold them back."""
SUBSCRIBED_KIND = "subscribed."
"""Kinds that begin so go to people while they subscribe: not in a pause, nor once they stopped."""
CAMPAIGN_KIND = SUBSCRIBED_KIND + "campaign"
BUNDLE = SUBSCRIBED_KIND + "bundle"
"""Kind of a digest: one message with many things in it, each a row of its own that ends as it ends."""
URGENT_KIND = SUBSCRIBED_KIND + "urgent"
"""Kinds that begin so go to people while they subscribe to urgent alerts."""
DANGER_KIND = URGENT_KIND + ".danger"
"""Kind of an alert to danger to life: it comes in quiet hours too, as no other alert does."""
PROTECTED = STAFF_KIND + "protected"
"""Kind of a message with words of a report: taken away again after `PROTECTED_FOR`."""
EXPIRY = STAFF_KIND + "expiry"
PROTECTED_FOR = timedelta(hours=24)


class DeliveryState(StrEnum):
    """What became of a delivery.

    Overtaken is one by what is true now, which whoever it was for hears instead; held one that staff
    paused.
    """

    QUEUED = "queued"
    HELD = "held"
    LEASED = "leased"
    SENT = "sent"
    BLOCKED = "blocked"
    FAILED = "failed"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    OVERTAKEN = "overtaken"
    UNCERTAIN = "uncertain"


MAY_HAVE_GOT = frozenset({DeliveryState.SENT, DeliveryState.UNCERTAIN, DeliveryState.LEASED})
"""What became of a message that somebody may have got: its tap can come before its answer."""

_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units, as the messenger counts."""
    return len(text) + sum(character > "\uffff" for character in text)


@dataclass(frozen=True, slots=True)
class Outgoing:
    """Something to send. `key` makes it unique per (event, recipient, kind).

    `params` may be their JSON text already, where many get the same: see `for_many`.
    """

    lane: Lane
    chat_id: int
    kind: str
    method: str
    params: Mapping[str, Any] | str
    key: str | None = None
    due_at: datetime | None = None
    expires_at: datetime | None = None


def packed(params: Mapping[str, Any] | str) -> str:
    """Return params as the JSON text that is kept until they are sent."""
    return params if isinstance(params, str) else _json(params)


def for_many(params: Mapping[str, Any]) -> Callable[[int], str]:
    """Return what makes the JSON text of these params (not empty) for one chat of many."""
    rest = _json(params)[1:]
    return lambda chat_id: f'{{"chat_id":{chat_id},{rest}'


@dataclass(frozen=True, slots=True)
class Delivery:
    """A delivery the sender may take. `params` is the JSON text it sends; times are aware UTC.

    `may_have_come`: nobody knows what became of it when it was tried last.
    """

    id: int
    lane: Lane
    chat_id: int
    kind: str
    method: str
    params: str
    tries: int
    due_at: datetime
    expires_at: datetime | None = None
    may_have_come: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a delivery in the end; `to_staff` where more hangs on it (cards, protected words).

    `bundle`: it was a digest, and what is in it ends with it.
    """

    id: int
    state: DeliveryState
    message_id: int | None = None
    error: str | None = None
    to_staff: bool = False
    bundle: bool = False
