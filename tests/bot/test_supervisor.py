from __future__ import annotations

import asyncio

import pytest

from bot import supervisor
from bot.supervisor import Supervisor


class WrongTokenError(Exception):
    pass


async def test_a_part_that_fails_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "FIRST_PAUSE_SECONDS", 0.001)
    again = asyncio.Event()
    runs = 0

    async def part() -> None:
        nonlocal runs
        runs += 1
        if runs == 1:
            raise ValueError("once")
        again.set()
        await asyncio.Event().wait()

    keeper = Supervisor()
    keeper.start("part", part)
    async with asyncio.timeout(20):
        await again.wait()
    await keeper.stop()
    assert runs == 2


async def test_a_fatal_error_ends_the_wait() -> None:
    async def part() -> None:
        raise WrongTokenError

    keeper = Supervisor(WrongTokenError)
    keeper.start("part", part)
    with pytest.raises(WrongTokenError):
        async with asyncio.timeout(20):
            await keeper.wait()
    await keeper.stop()


async def test_stopping_stops_every_part() -> None:
    ended = []

    def part(name: str) -> supervisor.Part:
        async def run() -> None:
            try:
                await asyncio.Event().wait()
            finally:
                ended.append(name)

        return run

    keeper = Supervisor()
    keeper.start("first", part("first"))
    keeper.start("second", part("second"))
    await asyncio.sleep(0)
    await keeper.stop()
    assert ended == ["second", "first"]


async def test_a_fatal_error_is_found_in_groups_and_before_anybody_waits() -> None:
    async def part() -> None:
        async with asyncio.TaskGroup(), asyncio.TaskGroup():
            raise WrongTokenError

    keeper = Supervisor(WrongTokenError)
    keeper.start("part", part)
    await asyncio.sleep(0.01)
    with pytest.raises(WrongTokenError):
        async with asyncio.timeout(20):
            await keeper.wait()
    await keeper.stop()


async def test_a_part_that_is_cancelled_by_nobody_is_started_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "FIRST_PAUSE_SECONDS", 0.001)
    again = asyncio.Event()
    runs = 0

    async def part() -> None:
        nonlocal runs
        runs += 1
        if runs == 1:
            raise asyncio.CancelledError
        again.set()

    keeper = Supervisor()
    keeper.start("part", part)
    async with asyncio.timeout(20):
        await again.wait()
    await keeper.stop()
