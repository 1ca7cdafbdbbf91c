"""Filling in the report form as people do: a tap or a few words at a time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from bot.emulator import Bubble, Person

REFERENCE = re.compile(r"[0-9A-Z]{3}-[0-9A-Z]{3}-[0-9A-Z]{3}")
BACK, SKIP, CANCEL, DONE, SEND, CHANGE, GO_TO = "~b", "~s", "~x", "~d", "~ok", "~c", "~g."
STORY = "Loud music from the flat above until three in the morning."
ANSWERS = {
    "danger": "no",
    "danger_card": "carry_on",
    "offer": "other",
    "safe_contact": "yes",
    "group": "noise",
    "category": "noise.domestic",
    "what": STORY,
    "where": "CT9 1EZ",
    "ward": "not_sure",
    "when": "last_night",
    "still": "yes",
    "often": "weekly",
    "files": SKIP,
    "identity": "confidential",
    "name": "Ada Example",
    "review": SEND,
}
MOST_STEPS = 40


def data_of(bubble: Bubble) -> list[str]:
    """Return the callback data of every button of a message."""
    rows = bubble.raw.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["callback_data"] for row in rows for button in row if "callback_data" in button]


def step_of(bubble: Bubble) -> str | None:
    """Return the step of the form that a message asks for; None where it is no question."""
    for data in data_of(bubble):
        kind, *parts = data.split(":")
        if kind == "f":
            return parts[1]
    return None


async def tap(person: Person, value: str, bubble: Bubble | None = None) -> Bubble:
    """Tap the form's button with this value; return what came of it."""
    shown = bubble or person.last
    data = next((d for d in data_of(shown) if d.startswith("f:") and d.split(":", 4)[4] == value), None)
    assert data, f"no button {value!r} among {data_of(shown)}:\n{shown.text}"
    person.tap_data(data, shown.id)
    return await person.wait_for()


async def say(person: Person, text: str) -> Bubble:
    """Write; return what came of it."""
    person.say(text)
    return await person.wait_for()


async def answer(person: Person, given: str) -> Bubble:
    """Answer the question at hand: by its button where there is one for that, else in words."""
    values = [data.split(":", 4)[4] for data in data_of(person.last) if data.startswith("f:")]
    return await (tap if given in values else say)(person, given)


async def fill(
    person: Person, until: str | None = None, extra: Mapping[str, str] | None = None, **given: Any
) -> Bubble:
    """Go through the form from where it stands, up to the step `until` or to its end.

    Extra questions are skipped unless `extra` holds their answers.
    """
    shown = person.last
    for _ in range(MOST_STEPS):
        step = step_of(shown)
        if step is None or step == until:
            return shown
        extras = {f"extra.{code}": value for code, value in (extra or {}).items()}
        shown = await answer(person, {**ANSWERS, **given, **extras}.get(step, SKIP))
    raise AssertionError(f"the form never came to {until}:\n{person.transcript()}")


async def start(person: Person, until: str, **given: Any) -> Bubble:
    """Open the report form and go to a step of it."""
    await say(person, "/report")
    return await fill(person, until, **given)
