"""Drive a resident at random, and check after every step that nothing is lost, doubled or a dead end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.emulator import Person
from handlers.chat.forms import FORMS
from store.domain import questions as engine
from store.domain.questions import clean
from store.profile.load import load
from store.tables.report import ReportRow
from store.tables.resident import ResidentRow
from tests.support.form import REFERENCE, data_of
from tests.support.town import Town

TEXTS = (
    "no",
    "yes",
    "1",
    "2",
    "skip",
    "/report",
    "/cancel",
    "/myreports",
    "/privacy",
    "hello",
    "CT9 1EZ",
    "loud music next door every night, outside the Co-op in Westgate",
    "theres a man with a knife outside my door right now",
    "my husband beats me and i am scared",
    "when is the next residents meeting please",
    "silver van GK19 XYZ parked across my drive again",
    "Sąsiad puszcza głośną muzykę całą noc",
    "🙃",
    "a very long story " * 200,
    "half\x00 a \u202eword",
    "send it",
)
THANET = load("thanet")
STEPS = st.one_of(
    st.tuples(st.just("say"), st.sampled_from(TEXTS)),
    st.tuples(st.just("tap"), st.integers(0, 40)),
    st.tuples(st.just("tap"), st.integers(0, 40)),
    st.tuples(st.just("stale"), st.integers(0, 40)),
    st.tuples(st.just("edit"), st.sampled_from(TEXTS)),
    st.tuples(st.just("photo"), st.just(0)),
    st.tuples(st.just("place"), st.just(0)),
    st.tuples(st.just("restart"), st.just(0)),
)
SCRIPTS = st.lists(STEPS, min_size=5, max_size=16)
FIRST = ("say", TEXTS[11])


async def drive(town: Town, script: Sequence[tuple[str, Any]]) -> None:
    """Let somebody new begin a report, then do all this; `AssertionError` where something is amiss."""
    person = town.emulator.person("Anybody")
    for kind, value in (FIRST, *script):
        await do(town, person, kind, value)
        await town.settled()
        await check(town, person)


async def do(town: Town, person: Person, kind: str, value: Any) -> None:
    """Do one thing; a thing that is not possible now is left."""
    buttons = [(bubble.id, data) for bubble in person.messages if bubble.from_bot for data in data_of(bubble)]
    match kind:
        case "say":
            person.say(value)
        case "tap" | "stale" if buttons:
            _tap(person, kind, value, buttons)
        case "edit":
            _edit(person, value)
        case "photo":
            person.send_photo(b"\xff\xd8\xff picture")
        case "place":
            person.send_location(51.3890, 1.3810)
        case "restart":
            await town.house.restart()
        case _:
            pass
    await town.settled()
    if buttons and not person.messages:  # the chat was hidden: nothing shows until its person writes
        person.say("hello")


def _tap(person: Person, kind: str, value: int, buttons: Sequence[tuple[int, str]]) -> None:
    """Tap a button of the newest message twice, or any button once."""
    if kind == "tap":
        buttons = [pair for pair in buttons if pair[0] == buttons[-1][0]]
    number, data = buttons[value % len(buttons)]
    for _ in range(2 if kind == "tap" else 1):
        person.tap_data(data, number)


def _edit(person: Person, text: str) -> None:
    own = [bubble for bubble in person.messages if not bubble.from_bot and bubble.text]
    if own and not text.startswith("/"):
        person.edit(own[-1].id, text)


async def check(town: Town, person: Person) -> None:
    """Check what must hold after every step."""
    assert await town.parked() == 0
    said = {str(bubble.id): clean(bubble.text) for bubble in person.messages if not bubble.from_bot}
    draft = await town.draft(person)
    if draft is not None:
        told = draft.answers.get("parts", {})
        for number, words in told.items():
            assert said.get(number, words) == words or _is_empty(said[number])
        assert draft.answers.get("what") in {None, "\n".join(told.values())}
        ways = [data for bubble in person.messages for data in data_of(bubble)]
        asked = engine.current(FORMS[draft.form].form, THANET, draft).code
        now = f":{asked}:{draft.version}:"
        assert any(now in data or data.startswith(("o:carry_on", "o:resume")) for data in ways), (
            f"no way on from {draft.step}:\n{person.transcript()}"
        )
    reports = await town.house.read(reports_of, person.id)
    references = {found for bubble in person.messages for found in REFERENCE.findall(bubble.text)}
    assert len(reports) == len(set(reports))
    assert {reference for reference, _ in reports} >= references & {r for r, _ in reports}
    assert all(text for _, text in reports)


def _is_empty(text: str) -> bool:
    """Tell whether a text has no word in it: an edit to such a text is refused in words."""
    return not any(character.isalnum() for character in text)


def reports_of(session: Session, chat_id: int) -> list[tuple[str, str]]:
    rows = session.execute(
        select(ReportRow.reference, ReportRow.text)
        .join(ResidentRow, ResidentRow.id == ReportRow.reporter_id)
        .where(ResidentRow.chat_id == chat_id)
    )
    return [(row.reference, row.text) for row in rows]
