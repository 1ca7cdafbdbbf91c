"""Somebody who reports by looking at the screen: reads the last question, taps, waits."""

from __future__ import annotations

import re
from random import Random

from bot.emulator import Bubble, Person

REFERENCE = re.compile(r"\b[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}\b")
IMPATIENT_SECONDS = 4.0
STEPS_AT_MOST = 400
_FORMS = ("f:report:", "f:which:")
_ANSWERS = {
    "danger": "no",
    "when": "now",
    "still": "yes",
    "identity": "confidential",
    "review": "~ok",
    "which": "new",
}


class Reporter:
    """One person. They never type the same twice, but tap again when nothing happens."""

    def __init__(self, person: Person, dice: Random) -> None:
        self.person = person
        self._dice = dice

    async def report(self, story: str) -> None:
        """Send one report, from the first word to the reference."""
        before = self.references()
        self.person.say(story)
        for _ in range(STEPS_AT_MOST):
            await self._wait()
            if self.references() - before:
                return
            self._answer()
        raise AssertionError(f"no end in sight:\n{self.person.transcript()}")

    def references(self) -> set[str]:
        """Return every reference that can be read in the chat."""
        found = (REFERENCE.findall(b.text) for b in self.person.messages if b.from_bot)
        return {reference for references in found for reference in references}

    async def _wait(self) -> None:
        try:
            await self.person.wait_for(timeout=IMPATIENT_SECONDS)
        except AssertionError:
            self.person.mark()

    def _answer(self) -> None:
        """Tap an answer to the newest question; with none there, wait on."""
        asked = next((b for b in reversed(self.person.messages) if b.from_bot and _buttons(b)), None)
        if asked is not None:
            self.person.tap_data(self._choose(_buttons(asked)), asked.id)

    def _choose(self, buttons: list[str]) -> str:
        step = buttons[0].split(":")[2]
        wanted = _ANSWERS.get(step)
        if wanted is None and any(data.endswith(":~s") for data in buttons):
            wanted = "~s"
        if wanted is None:
            return self._dice.choice([data for data in buttons if ":~" not in data])
        return next(data for data in buttons if data.endswith(f":{wanted}"))


def _buttons(bubble: Bubble) -> list[str]:
    rows = bubble.raw.get("reply_markup", {}).get("inline_keyboard", [])
    return [b["callback_data"] for row in rows for b in row if b.get("callback_data", "").startswith(_FORMS)]
