"""The residents: each does the next thing the moment the bot's answer to the last one is visible."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from itertools import count

from bot.emulator import Bubble, Emulator, Person
from tests.benchmarks.form import Step

PATIENCE_SECONDS = 60.0
AT_ONCE = 16


class Crowd:
    """Fresh people for one emulator, who all report the same thing."""

    def __init__(self, emulator: Emulator, steps: Sequence[Step]) -> None:
        self._emulator = emulator
        self._steps = steps
        self._names = count(1)

    def people(self, number: int) -> list[Person]:
        """Make so many people; do it before anything is measured."""
        first = next(self._names) * 1_000_000
        return [
            self._emulator.person(f"Resident {first + n}", first + n, key=f"r{first + n}")
            for n in range(number)
        ]

    @property
    def updates_each(self) -> int:
        """How many updates one whole conversation is."""
        return len(self._steps) + 1

    async def converse(self, people: Sequence[Person], stop_before: int | None = None) -> int:
        """Let these people report, 16 at once, and return the number of updates.

        With `stop_before` they leave the form open at that step.
        """
        waiting = iter(people)
        await asyncio.gather(*(self._one_after_another(waiting, stop_before) for _ in range(AT_ONCE)))
        each = self.updates_each if stop_before is None else stop_before + 1
        return each * len(people)

    async def begin(self, person: Person) -> Bubble:
        """Ask for the form and wait for its first question."""
        person.say("/report")
        return await self.sees(person, 0)

    async def go_on(self, person: Person, shown: Bubble, number: int) -> Bubble:
        """Answer the step that is shown and wait for what follows."""
        step = self._steps[number]
        if step.typed:
            person.say(step.answer)
        else:
            person.tap_data(button(shown, step.answer), shown.id)
        return await self.sees(person, number + 1)

    async def sees(self, person: Person, number: int, timeout: float = PATIENCE_SECONDS) -> Bubble:  # noqa: ASYNC109
        """Wait for the question of a step (past the last: for any word) since the last action."""
        return await person.wait_for(self.asks(number), timeout)

    def asks(self, number: int) -> Callable[[Bubble], bool]:
        """Return a test whether a message asks the question of this step."""
        if number >= len(self._steps):
            return lambda bubble: not any(data.startswith("f:") for data in button_data(bubble))
        start = f"f:report:{self._steps[number].code}:"
        return lambda bubble: any(data.startswith(start) for data in button_data(bubble))

    async def _one_after_another(self, waiting: Iterator[Person], stop_before: int | None) -> None:
        for person in waiting:
            shown = await self.begin(person)
            for number in range(len(self._steps) if stop_before is None else stop_before):
                shown = await self.go_on(person, shown, number)


def button_data(bubble: Bubble) -> Iterator[str]:
    """Return the data of every button under a message."""
    for row in bubble.raw.get("reply_markup", {}).get("inline_keyboard", ()):
        for pressed in row:
            yield pressed.get("callback_data", "")


def button(bubble: Bubble, value: str) -> str:
    """Return the data of the button that stands for a value."""
    return next(data for data in button_data(bubble) if data.endswith(f":{value}"))
