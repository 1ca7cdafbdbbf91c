"""Wait for something to become true, without guessing how long it takes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

LOOK_EVERY_SECONDS = 0.005


async def eventually(happened: Callable[[], Awaitable[object]], seconds: float = 10.0) -> None:
    """Return once it has happened; `TimeoutError` when it does not in time."""
    async with asyncio.timeout(seconds):
        while not await happened():  # noqa: ASYNC110 - what is waited for is in another process, or a row
            await asyncio.sleep(LOOK_EVERY_SECONDS)
