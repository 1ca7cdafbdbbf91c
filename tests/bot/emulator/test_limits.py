from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from bot.emulator import Emulator, Limits
from bot.emulator.clock import Clock
from bot.emulator.errors import ApiError
from bot.emulator.limits import Limiter


class StandingClock(Clock):
    """Moves only when told to."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now


@pytest.fixture
def clock() -> StandingClock:
    return StandingClock()


def refused(limiter: Limiter, chat_id: int, count: int = 1) -> int | None:
    """The retry_after in seconds, or None when the messages were let through."""
    try:
        limiter.take(chat_id, count)
    except ApiError as error:
        return (error.parameters or {})["retry_after"]
    return None


def test_thirty_a_second_pass_and_the_next_waits(clock: StandingClock) -> None:
    limiter = Limiter(Limits(), clock)
    assert all(refused(limiter, chat) is None for chat in range(1, 31))
    assert refused(limiter, 31) == 1
    clock.now += 0.999
    assert refused(limiter, 31) == 1
    clock.now += 0.001
    assert refused(limiter, 31) is None


def test_the_window_slides(clock: StandingClock) -> None:
    limiter = Limiter(Limits(per_second=2, per_chat_second=None), clock)
    refused(limiter, 1)
    clock.now += 0.6
    refused(limiter, 2)
    clock.now += 0.4
    assert refused(limiter, 3) is None
    assert refused(limiter, 4) == 1


def test_a_chat_gets_one_a_second(clock: StandingClock) -> None:
    limiter = Limiter(Limits(), clock)
    assert refused(limiter, 1) is None
    assert refused(limiter, 1) == 1
    assert refused(limiter, 2) is None


def test_a_group_gets_twenty_a_minute(clock: StandingClock) -> None:
    limiter = Limiter(Limits(per_chat_second=None), clock)
    assert all(refused(limiter, -5) is None for _ in range(20))
    assert refused(limiter, -5) == 60
    clock.now += 59.5
    assert refused(limiter, -5) == 1
    clock.now += 0.5
    assert refused(limiter, -5) is None


def test_a_refused_send_takes_no_place(clock: StandingClock) -> None:
    limiter = Limiter(Limits(per_second=2, per_chat_second=1, per_group_minute=None), clock)
    refused(limiter, 1)
    assert [refused(limiter, 1) for _ in range(5)] == [1] * 5
    assert refused(limiter, 2) is None


def test_an_album_counts_its_items(clock: StandingClock) -> None:
    limiter = Limiter(Limits(per_second=5, per_chat_second=1, per_group_minute=20), clock)
    assert refused(limiter, -1, 4) is None
    assert refused(limiter, 2, 2) == 1
    assert refused(limiter, 2) is None


def test_limits_that_are_off_let_everything_through(clock: StandingClock) -> None:
    limiter = Limiter(Limits.off(), clock)
    assert all(refused(limiter, -1) is None for _ in range(100))


@pytest.fixture
async def limited() -> AsyncIterator[Emulator]:
    async with Emulator(limits=Limits()) as running:
        yield running


async def test_the_answer_says_how_long_to_wait_and_nothing_was_sent(limited: Emulator) -> None:
    ada = limited.person("Ada")
    url = f"{limited.url}/bot{limited.token}"
    async with aiohttp.ClientSession() as http:

        async def call(method: str, **params: Any) -> dict[str, Any]:
            async with http.post(f"{url}/{method}", json=params) as response:
                answer: dict[str, Any] = await response.json()
                return answer

        first = await call("sendMessage", chat_id=ada.id, text="one")
        assert await call("sendMessage", chat_id=ada.id, text="two") == {
            "ok": False,
            "error_code": 429,
            "description": "Too Many Requests: retry after 1",
            "parameters": {"retry_after": 1},
        }
        assert [bubble.text for bubble in ada.messages] == ["one"]
        message_id = first["result"]["message_id"]
        assert (await call("editMessageText", chat_id=ada.id, message_id=message_id, text="1"))["ok"]
        assert (await call("deleteMessage", chat_id=ada.id, message_id=message_id))["ok"]
        limited.advance(1)
        assert (await call("sendMessage", chat_id=ada.id, text="two"))["ok"]
