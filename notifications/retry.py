"""What to do when sending did not go well: decisions as values, no I/O."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from notifications.api import NotSentError
from store.domain.delivery import REPEATABLE_LANES, Delivery, DeliveryState

MAX_TRIES = 8
HARMLESS = ("message is not modified", "query is too old", "message to delete not found")
LOST_MESSAGE = ("message to edit not found", "message can't be edited")


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a delivery: its state, or `again` after a while.

    `pause`: the whole bot waits as long. `instead`: send this method in its place.
    `fatal`: nothing can be sent any more; it stays queued until somebody has put that right.
    `may_have_come`: nobody knows whether it has.
    """

    state: DeliveryState
    error: str = ""
    again: timedelta | None = None
    pause: bool = False
    instead: str | None = None
    migrated_to: int | None = None
    fatal: bool = False
    may_have_come: bool = False


def decide(delivery: Delivery, error: TelegramError) -> Decision:  # noqa: PLR0911 - a table
    """Return what to do after `error`."""
    text = error.message
    match error:
        case RetryAfter():
            return Decision(DeliveryState.QUEUED, text, timedelta(seconds=seconds_to_wait(error)), pause=True)
        case Forbidden():
            return Decision(DeliveryState.BLOCKED, text)
        case ChatMigrated():
            return Decision(DeliveryState.QUEUED, text, timedelta(0), migrated_to=error.new_chat_id)
        case BadRequest():
            return _bad_request(text)
        case InvalidToken():
            return Decision(DeliveryState.QUEUED, text, fatal=True)
        case NotSentError():
            return Decision(DeliveryState.QUEUED, text, _growing(delivery))
        case _:
            return _unknown_outcome(delivery, text)


def _unknown_outcome(delivery: Delivery, text: str) -> Decision:
    """It may have arrived: say it again only where a repeat is better than silence."""
    if delivery.lane in REPEATABLE_LANES:
        return replace(_again(delivery, text), may_have_come=True)
    return Decision(DeliveryState.UNCERTAIN, text)


def _bad_request(text: str) -> Decision:
    said = text.casefold()
    if any(harmless in said for harmless in HARMLESS):
        return Decision(DeliveryState.SENT, text)
    if any(lost in said for lost in LOST_MESSAGE):
        return Decision(DeliveryState.QUEUED, text, timedelta(0), instead="sendMessage")
    return Decision(DeliveryState.FAILED, text)


def _again(delivery: Delivery, text: str) -> Decision:
    if delivery.tries + 1 >= MAX_TRIES:
        return Decision(DeliveryState.FAILED, text)
    return Decision(DeliveryState.QUEUED, text, _growing(delivery))


def _growing(delivery: Delivery) -> timedelta:
    """Return a wait that doubles with every try, from half a second to a minute."""
    return timedelta(seconds=min(60, 2 ** min(delivery.tries, 7) / 2))


def seconds_to_wait(error: RetryAfter) -> float:
    """Return how long the messenger asks us to wait, in seconds."""
    after = error.retry_after
    return after.total_seconds() if isinstance(after, timedelta) else float(after)
