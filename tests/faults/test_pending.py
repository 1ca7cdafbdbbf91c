"""A hundred updates are waiting when the program is killed: none is lost, none has its effect twice."""

from __future__ import annotations

import asyncio
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from bot.emulator import Emulator, Limits
from notifications.buttons import FormTap
from store.actions import draft, resident
from store.actions import reference as reference_data
from store.domain.draft import Draft
from store.engine import Store, open_store
from store.profile.load import load
from store.queries import inbox
from store.tables.delivery import DeliveryRow
from store.tables.report import ReportRow
from tests.faults.process import BotProcess
from tests.support.waiting import eventually

PENDING = 100
ROUNDS = 2
ANSWERS = {
    "danger": "no",
    "group": "other",
    "category": "other.asb",
    "identity": "confidential",
    "what": "Loud music",
    "where": None,
    "when": "now",
    "often": None,
    "files": None,
}


def ready_to_send(session: Session, chat_id: int, category: str) -> None:
    """Leave a form at its last step, as somebody does who only has to tap "Send"."""
    resident.meet(session, chat_id, "", "en")
    draft.keep(session, chat_id, Draft("report", "review", 1, ANSWERS | {"category": category}))


def effects(session: Session) -> tuple[int, int]:
    """Return how many reports there are, and how many taps were answered."""
    reports = session.scalar(select(func.count()).select_from(ReportRow)) or 0
    answered = session.scalar(select(func.count()).where(DeliveryRow.method == "answerCallbackQuery")) or 0
    return reports, answered


async def _until(store: Store, reports: int) -> None:
    """Wait until so many reports are there."""

    async def there() -> bool:
        return (await store.read(effects))[0] >= reports

    await eventually(there, 30)


async def _nothing_waits(emulator: Emulator, store: Store) -> bool:
    return not emulator.pending and not await store.read(inbox.count_waiting)


@pytest.mark.timeout(90)
@pytest.mark.parametrize("updates", ["polling", "webhook"])
async def test_pending_updates_survive_kills_with_one_effect_each(
    migrated_database_url: str, tmp_path: Path, updates: str
) -> None:
    dice = Random(7)
    profile = await asyncio.to_thread(load, "thanet")
    async with (
        Emulator(limits=Limits(per_second=1000), webhook_backoff=(0.05, 0.2)) as emulator,
        open_store(migrated_database_url) as store,
    ):
        await store.write(reference_data.seed, profile)
        for number in range(PENDING):
            person = emulator.person(f"Resident {number}")
            await store.write(ready_to_send, person.id, profile.categories[-1].code)
            person.tap_data(FormTap("report", "review", 1, "~ok").data(), 1)
        bot = BotProcess(emulator, tmp_path, migrated_database_url, updates=updates)
        for _ in range(ROUNDS):
            await bot.start()
            have = (await store.read(effects))[0]
            await _until(store, min(PENDING, have + dice.randrange(1, PENDING // ROUNDS)))
            await bot.kill()
        assert (await store.read(effects))[0] <= PENDING
        async with bot:
            await _until(store, PENDING)
            await eventually(lambda: _nothing_waits(emulator, store), 20)
        assert await store.read(effects) == (PENDING, PENDING)
        assert await store.read(inbox.parked) == []
        assert (await bot.audit())[0] == 0
