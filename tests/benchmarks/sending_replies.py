"""How long residents wait for an answer of the real bot while a campaign goes out."""

from __future__ import annotations

import asyncio
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

from bot.emulator import Emulator, Limits, Options, Person
from tests.benchmarks.campaign import Campaign, write
from tests.benchmarks.crowd import Crowd
from tests.benchmarks.figures import noise_ms
from tests.benchmarks.own_form import steps
from tests.benchmarks.process import BotProcess
from tests.benchmarks.sending_run import OURS
from tests.support.waiting import eventually

A_SECOND = 5
"""How often somebody says something."""
START_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Waits:
    """Seconds from a message to its answer; `refused`: 429s in all; `sent`: of the campaign meanwhile."""

    messages: int
    p50: float
    p95: float
    p99: float
    sent: int
    refused: int
    noise_ms: float


async def talk(campaign: Campaign, seconds: float, latency_seconds: float, folder: Path) -> Waits:
    """Let somebody new ask for the report form five times a second while the campaign goes out."""
    write(campaign, folder)
    limits = Limits(campaign.per_second)
    kept = int((START_SECONDS + seconds) * campaign.per_second * 4)
    noise = noise_ms()
    async with Emulator(Options(limits=limits, keep_calls=kept, accept_any_chat=True)) as emulator:
        emulator.latency_seconds = latency_seconds
        crowd = Crowd(emulator, steps())
        people = crowd.people(int(seconds * A_SECOND))
        async with BotProcess(OURS, emulator, folder):
            await _goes_out(emulator, campaign)
            before = _sent(emulator, campaign)
            waits = sorted(await _ask(crowd, people))
            sent = _sent(emulator, campaign) - before
        refused = sum(call.outcome.startswith("429") for call in emulator.calls)
    cuts = statistics.quantiles(waits, n=100)
    return Waits(len(waits), cuts[49], cuts[94], cuts[98], sent, refused, noise)


async def _goes_out(emulator: Emulator, campaign: Campaign) -> None:
    async def does() -> bool:
        return _sent(emulator, campaign) >= campaign.per_second

    await eventually(does, START_SECONDS)


def _sent(emulator: Emulator, campaign: Campaign) -> int:
    return sum(
        call.ok and call.params["chat_id"] in campaign.chats for call in emulator.calls_of("sendMessage")
    )


async def _ask(crowd: Crowd, people: list[Person]) -> list[float]:
    began = time.perf_counter()
    return await asyncio.gather(
        *(_waited(crowd, one, began + number / A_SECOND) for number, one in enumerate(people))
    )


async def _waited(crowd: Crowd, person: Person, at: float) -> float:
    await asyncio.sleep(at - time.perf_counter())
    said = time.perf_counter()
    await crowd.begin(person)
    return time.perf_counter() - said
