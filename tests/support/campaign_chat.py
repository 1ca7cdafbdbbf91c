"""Campaigns as officers write them in chat, tap by tap."""

from __future__ import annotations

from bot.emulator import Bubble, Person
from store.actions import staff
from store.domain.actor import SYSTEM
from store.domain.staff import Role
from store.engine import Session
from tests.support.form import say, tap
from tests.support.town import Town

WORDS = "Lock your shed tonight. Ask {partnership}."


def _supervisor(session: Session, name: str, chat_id: int) -> None:
    member = staff.add(session, SYSTEM, name, "Sue Example", Role.SUPERVISOR)
    staff.link(session, staff.start_link(session, member.id), chat_id)


async def supervisor(town: Town) -> Person:
    sue = town.emulator.person("Sue")
    await town.house.write(_supervisor, f"sue{sue.id}", sue.id)
    return sue


async def press(person: Person, label: str) -> Bubble:
    """Tap the newest button with this label; return what came of it."""
    shown = next(one for one in reversed(person.messages) if label in one.labels)
    person.mark()
    person.tap(label, shown)
    return await person.wait_for()


async def begin(person: Person, title: str = "Sheds", words: str = WORDS) -> Bubble:
    await say(person, "/campaign")
    await say(person, title)
    await tap(person, "campaigns")
    return await say(person, words)
