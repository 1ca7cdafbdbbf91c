"""Two processes on one PostgreSQL: each update handled once and in order; one dies, the other goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.emulator import Emulator, Limits, Person
from store.actions import draft, resident
from store.actions import reference as reference_data
from store.domain.draft import Draft
from store.engine import Store, open_store
from store.profile.load import load
from store.queries import chat, inbox
from store.tables.inbox import DONE, InboxRow
from tests.faults.process import BotProcess
from tests.support.databases import PostgresDatabases
from tests.support.waiting import eventually

PEOPLE = 20
SAID = ("Loud music", "behind the old harbour", "on Tuesday, after midnight")
ROLES = "poller,worker,sender"


def at_the_story(session: Session, chat_id: int, group: str, category: str) -> None:
    """Leave a form at the question that takes a story."""
    resident.meet(session, chat_id, "", "en")
    answers = {"danger": "no", "group": group, "category": category}
    draft.keep(session, chat_id, Draft("report", "what", 1, answers))


def _answers(session: Session, chat_id: int) -> Mapping[str, Any]:
    kept = chat.who(session, chat_id).draft
    assert kept is not None
    return kept.answers


def _done(session: Session) -> int:
    return session.scalar(select(func.count()).where(InboxRow.state == DONE)) or 0


async def _all_said(store: Store, people: list[Person], before: int) -> None:
    """Let everybody write three messages at once, and check that each answered the right question."""
    for person in people:
        for words in SAID:
            person.say(words)

    async def all_done() -> bool:
        return await store.read(_done) >= before + len(people) * len(SAID)

    await eventually(all_done, 30)
    for person in people:
        answers = await store.read(_answers, person.id)
        told = (answers["what"], answers["where"]["words"], answers["when"]["words"])
        assert told == SAID


@pytest.mark.timeout(90)
async def test_two_processes_share_the_work_and_one_takes_over(
    postgres_databases: PostgresDatabases, tmp_path: Path
) -> None:
    url = await postgres_databases.migrated()
    profile = await asyncio.to_thread(load, "thanet")
    category = next(one for one in profile.categories if not one.restriction)
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
    async with Emulator(limits=Limits(per_second=1000)) as emulator, open_store(url) as store:
        await store.write(reference_data.seed, profile)
        people = [emulator.person(f"Resident {number}") for number in range(2 * PEOPLE)]
        for person in people:
            await store.write(at_the_story, person.id, category.group, category.code)
        async with (
            BotProcess(emulator, tmp_path / "first", url, roles=ROLES) as first,
            BotProcess(emulator, tmp_path / "second", url, roles=ROLES) as second,
        ):
            await first.listening()
            await _all_said(store, people[:PEOPLE], 0)
            await first.kill()
            await _all_said(store, people[PEOPLE:], PEOPLE * len(SAID))
            for person in people:
                await person.wait_for(timeout=20)
            assert await store.read(inbox.parked) == []
            assert second.running.returncode is None
        assert [call for call in emulator.calls if call.outcome.startswith("429")] == []
    await postgres_databases.drop(url)
