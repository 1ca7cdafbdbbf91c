"""Whatever people do, in whatever order, across restarts: nothing is lost, doubled or a dead end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.emulator import Person
from store.domain.questions import clean
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


@settings(
    max_examples=12,
    phases=[Phase.generate],
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(script=SCRIPTS)
async def test_nothing_is_lost_or_doubled_and_no_screen_is_a_dead_end(
    own_town: Town, script: Sequence[tuple[str, Any]]
) -> None:
    person = own_town.emulator.person("Anybody")
    for kind, value in (FIRST, *script):
        await do(own_town, person, kind, value)
        await own_town.settled()
        await check(own_town, person)


async def do(town: Town, person: Person, kind: str, value: Any) -> None:
    """Do one thing; a thing that is not possible now is left."""
    shown = [(bubble.id, data) for bubble in person.messages if bubble.from_bot for data in data_of(bubble)]
    # Hiding the chat takes every way on away, and is meant to: it has a test of its own.
    buttons = [(number, data) for number, data in shown if data != "o:hide:"]
    own = [bubble for bubble in person.messages if not bubble.from_bot and bubble.text]
    if kind == "say":
        person.say(value)
    elif kind == "tap" and buttons:
        last = [pair for pair in buttons if pair[0] == buttons[-1][0]]
        number, data = last[value % len(last)]
        person.tap_data(data, number)
        person.tap_data(data, number)
    elif kind == "stale" and buttons:
        number, data = buttons[value % len(buttons)]
        person.tap_data(data, number)
    elif kind == "edit" and own and not value.startswith("/"):
        person.edit(own[-1].id, value)
    elif kind == "photo":
        person.send_photo(b"\xff\xd8\xff picture")
    elif kind == "place":
        person.send_location(51.3890, 1.3810)
    elif kind == "restart":
        await town.house.restart()


async def check(town: Town, person: Person) -> None:
    """Check what must hold after every step."""
    assert await town.parked() == 0
    said = {str(bubble.id): clean(bubble.text) for bubble in person.messages if not bubble.from_bot}
    draft = await town.draft(person)
    if draft is not None:
        told = draft.answers.get("parts", {})
        assert all(number not in said or said[number] == words for number, words in told.items())
        assert draft.answers.get("what") in {None, "\n".join(told.values())}
        ways = [data for bubble in person.messages for data in data_of(bubble)]
        now = f":{draft.step}:{draft.version}:"
        assert any(now in data or data.startswith(("o:carry_on", "o:resume")) for data in ways), (
            f"no way on from {draft.step}:\n{person.transcript()}"
        )
    reports = await town.house.read(_reports, person.id)
    references = {found for bubble in person.messages for found in REFERENCE.findall(bubble.text)}
    assert len(reports) == len(set(reports))
    assert {reference for reference, _ in reports} >= references & {r for r, _ in reports}
    assert all(text for _, text in reports)


def _reports(session: Session, chat_id: int) -> list[tuple[str, str]]:
    rows = session.execute(
        select(ReportRow.reference, ReportRow.text)
        .join(ResidentRow, ResidentRow.id == ReportRow.reporter_id)
        .where(ResidentRow.chat_id == chat_id)
    )
    return [(row.reference, row.text) for row in rows]


@pytest.mark.parametrize("times", [2, 5])
async def test_sending_twice_makes_one_report(town: Town, times: int) -> None:
    from tests.support.form import SEND, start

    shown = await start(town.ada, "review", group="other")
    data = next(data for data in data_of(shown) if data.endswith(SEND))
    for _ in range(times):
        town.ada.tap_data(data, shown.id)
    await town.settled()
    assert len(await town.house.read(_reports, town.ada.id)) == 1
