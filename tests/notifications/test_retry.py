from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from notifications.api import NotSentError
from notifications.retry import MAX_TRIES, decide, seconds_to_wait
from store.domain.delivery import Delivery, DeliveryState, Lane
from tests.notifications.post_office import NOON

REPLY = Delivery(1, Lane.REPLY, 10, "reply", "sendMessage", "{}", 0, NOON)
QUEUED, SENT, UNCERTAIN = DeliveryState.QUEUED, DeliveryState.SENT, DeliveryState.UNCERTAIN
FAILED, BLOCKED = DeliveryState.FAILED, DeliveryState.BLOCKED


@pytest.fixture(autouse=True)
def _timedelta(monkeypatch: pytest.MonkeyPatch) -> None:
    """As the application sets it; the other way is deprecated."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")


@pytest.mark.parametrize("lane", Lane)
@pytest.mark.parametrize(
    ("error", "state"),
    [
        (Forbidden("Forbidden: bot was blocked by the user"), BLOCKED),
        (BadRequest("Bad Request: message is not modified"), SENT),
        (BadRequest("Bad Request: query is too old and response timeout expired"), SENT),
        (BadRequest("Bad Request: message to delete not found"), SENT),
        (BadRequest("Bad Request: chat not found"), FAILED),
        (InvalidToken("Unauthorized"), QUEUED),
        (NotSentError("refused"), QUEUED),
    ],
)
def test_what_is_certain_does_not_depend_on_the_lane(
    lane: Lane, error: TelegramError, state: DeliveryState
) -> None:
    decision = decide(replace(REPLY, lane=lane), error)
    assert (decision.state, decision.may_have_come) == (state, False)


@pytest.mark.parametrize(
    "error", [TimedOut(), NetworkError("Bad Gateway"), TelegramError("Invalid server response")]
)
@pytest.mark.parametrize(
    ("lane", "state"),
    [
        (Lane.REPLY, QUEUED),
        (Lane.URGENT, QUEUED),
        (Lane.CASE, QUEUED),
        (Lane.REMINDER, UNCERTAIN),
        (Lane.CAMPAIGN, UNCERTAIN),
    ],
)
def test_what_is_unknown_is_repeated_only_where_silence_is_worse(
    lane: Lane, state: DeliveryState, error: TelegramError
) -> None:
    decision = decide(replace(REPLY, lane=lane), error)
    assert (decision.state, decision.may_have_come) == (state, state is QUEUED)


def test_too_many_requests_pauses_the_whole_bot() -> None:
    error = RetryAfter(7)
    decision = decide(REPLY, error)
    assert (decision.state, decision.again, decision.pause) == (QUEUED, timedelta(seconds=7), True)
    assert seconds_to_wait(error) == 7.0


def test_a_group_that_moved_is_followed() -> None:
    assert decide(REPLY, ChatMigrated(-1009)).migrated_to == -1009


@pytest.mark.parametrize("text", ["message to edit not found", "message can't be edited"])
def test_a_message_that_cannot_be_edited_is_sent_instead(text: str) -> None:
    assert decide(REPLY, BadRequest(f"Bad Request: {text}")).instead == "sendMessage"


def test_waits_grow_to_a_minute() -> None:
    waits = [decide(replace(REPLY, tries=n), NotSentError("no")).again for n in (0, 1, 2, 7, 5_000)]
    assert waits == [timedelta(seconds=s) for s in (0.5, 1, 2, 60, 60)]


def test_an_unknown_outcome_is_given_up_in_the_end_but_a_broken_line_never_is() -> None:
    late = replace(REPLY, tries=MAX_TRIES - 1)
    assert decide(late, TimedOut()).state is FAILED
    refused = decide(late, NotSentError("refused"))
    assert (refused.state, refused.may_have_come) == (QUEUED, False)
