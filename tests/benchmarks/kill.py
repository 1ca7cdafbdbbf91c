"""kill -9 with updates pending: who is answered all the same, and who twice."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Sequence
from dataclasses import dataclass

from bot.emulator import Bubble, Emulator, Person
from tests.benchmarks.crowd import Crowd
from tests.benchmarks.process import BotProcess

PENDING = 100
RESUMED = 50
ANSWER_SECONDS = 10.0
TAKEN_SECONDS = 5.0
SETTLE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Loss:
    """Out of `pending`: never answered, answered twice. `forms_lost`: of `forms` left half-way."""

    pending: int
    lost: int
    doubled: int
    forms: int
    forms_lost: int


async def kill(emulator: Emulator, crowd: Crowd, bot: BotProcess) -> Loss:
    """Kill the bot just after it has told the server that it has the updates, and start it again.

    Until then the server would deliver them once more, so no bot loses anything.
    """
    halfway = crowd.people(RESUMED)
    await crowd.converse(halfway, stop_before=1)
    people = crowd.people(PENDING)
    bot.signal(signal.SIGSTOP)
    for person in people:
        person.say("/report")
    bot.signal(signal.SIGCONT)
    await _taken(emulator)
    await bot.kill()
    await bot.start()
    answered = await asyncio.gather(*(_answered(crowd, person) for person in people))
    going_on = await asyncio.gather(*(_goes_on(crowd, person) for person in halfway))
    await asyncio.sleep(SETTLE_SECONDS)
    doubled = sum(len(_answers(person)) > 1 for person in people)
    return Loss(PENDING, answered.count(False), doubled, RESUMED, going_on.count(False))


async def _taken(emulator: Emulator) -> None:
    for _ in range(int(TAKEN_SECONDS * 1000)):
        if not emulator.pending:
            return
        await asyncio.sleep(0.001)


async def _answered(crowd: Crowd, person: Person) -> bool:
    try:
        await crowd.sees(person, 0, ANSWER_SECONDS)
    except AssertionError:
        return False
    return True


async def _goes_on(crowd: Crowd, person: Person) -> bool:
    shown = person.last
    try:
        async with asyncio.timeout(ANSWER_SECONDS):
            await crowd.go_on(person, shown, 1)
    except (AssertionError, TimeoutError):
        return False
    return True


def _answers(person: Person) -> Sequence[Bubble]:
    return [bubble for bubble in person.messages if bubble.from_bot]
