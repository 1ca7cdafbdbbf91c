"""Subscribing as people do, and what is kept of it."""

from __future__ import annotations

from sqlalchemy.orm import Session

from bot.emulator import Bubble, Person
from store.domain.subscription import Subscription
from store.queries import chat, subscriptions
from store.tables.subscriber import SubscriberRow
from tests.support.form import DONE, SEND, data_of, say, tap
from tests.support.town import Town


async def open_form(person: Person, command: str = "/subscribe") -> Bubble:
    person.say(command)
    return await person.wait_for()


async def subscribe(
    person: Person, *topics: str, where: tuple[str, ...] = ("everywhere",), often: str = "at_once"
) -> Bubble:
    """Go through the whole form by taps; return what comes of it."""
    await open_form(person)
    await choose(person, *(topics or ("meetings",)))
    await choose(person, *where)
    await tap(person, often)
    return await tap(person, SEND)


async def choose(person: Person, *codes: str) -> Bubble:
    """Tick these at the question at hand, and go on."""
    for code in codes:
        await tap(person, code)
    return await tap(person, DONE)


async def press(person: Person, data: str) -> Bubble:
    """Tap the button with this data under the newest message that has it; return what comes of it."""
    shown = next(b for b in reversed(person.messages) if b.from_bot and data in data_of(b))
    person.tap_data(data, shown.id)
    return await person.wait_for()


async def kept(town: Town, person: Person) -> Subscription | None:
    """Return the subscription of this person as it is stored."""

    def read(session: Session) -> Subscription | None:
        resident = chat.who(session, person.id).resident
        return subscriptions.of(session, resident.id) if resident is not None else None

    return await town.house.read(read)


async def consent(town: Town, person: Person) -> tuple[str, str]:
    """Return the words and the language of what this person agreed to."""

    def read(session: Session) -> tuple[str, str]:
        resident = chat.who(session, person.id).resident
        assert resident is not None
        row = session.get_one(SubscriberRow, resident.id)
        return row.consent_words, row.consent_language

    return await town.house.read(read)


async def stop(person: Person, word: str = "STOP") -> Bubble:
    return await say(person, word)
