"""An emulator without limits, one with them, and plain ways to call the bot's methods."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Coroutine
from typing import Any

import aiohttp
import pytest

from bot.emulator import Emulator, Limits

Answer = dict[str, Any]
CallMethod = Callable[..., Coroutine[Any, Any, Answer]]


@pytest.fixture
async def emulator() -> AsyncIterator[Emulator]:
    async with Emulator(limits=Limits.off(), webhook_backoff=(0.02, 0.1)) as running:
        yield running


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def call(emulator: Emulator, http: aiohttp.ClientSession) -> CallMethod:
    """Call a method with JSON; the whole answer comes back."""

    async def post(method: str, **params: Any) -> Answer:
        async with http.post(f"{emulator.url}/bot{emulator.token}/{method}", json=params) as response:
            answer: Answer = await response.json()
            assert response.status == (200 if answer["ok"] else answer["error_code"])
            return answer

    return post
