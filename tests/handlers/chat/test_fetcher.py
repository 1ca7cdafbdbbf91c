from __future__ import annotations

from datetime import timedelta
from typing import Any

import obstore
import pytest
from obstore.exceptions import BaseError
from obstore.store import MemoryStore
from sqlalchemy import select
from sqlalchemy.orm import Session

from handlers.chat.fetcher import Fetcher
from store.actions import evidence
from store.domain.clock import FixedClock
from store.domain.evidence_file import FETCH_TRIES
from store.engine import open_store
from store.tables.evidence import EvidenceRow
from store.tables.report import ReportRow
from tests.support.triage_factory import MORNING, Town

PHOTO = {"kind": "photo", "file_id": "f1", "unique_id": "u1", "size": 5, "media_type": "image/jpeg"}


class Files:
    """What the fetcher asks the bot for."""

    def __init__(self) -> None:
        self.asked = 0

    async def get_file(self, _file_id: str) -> Files:
        self.asked += 1
        return self

    async def download_as_bytearray(self) -> bytearray:
        return bytearray(b"\xff\xd8\xff a photo")


def state(session: Session) -> str:
    return session.scalars(select(EvidenceRow.state)).one()


async def looks(town: Town, fetcher: Fetcher, times: int) -> None:
    for _ in range(times):
        for file in await town.write(evidence.lease):
            await fetcher._fetch(file)
        town.clock.advance(timedelta(hours=1))


async def with_a_photo(url: str) -> Town:
    clock = FixedClock(MORNING)
    town = Town(open_store(url, clock), clock)

    def add(session: Session, reference: str) -> None:
        report = session.scalars(select(ReportRow).where(ReportRow.reference == reference)).one()
        evidence.add(session, report, [PHOTO])

    await town.write(add, await town.report())
    return town


async def test_a_place_for_files_that_is_out_of_order_is_tried_again_then_told(
    migrated_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = await with_a_photo(migrated_database_url)

    async def broken(*_: Any) -> None:
        raise BaseError("no place")

    monkeypatch.setattr(obstore, "put_async", broken)
    files: Any = Files()
    fetcher = Fetcher(town.store, files, MemoryStore())
    await looks(town, fetcher, FETCH_TRIES - 1)
    assert await town.read(state) == "waiting"
    await looks(town, fetcher, 3)
    assert await town.read(state) == "failed"
    assert files.asked == FETCH_TRIES
    await town.store.close()


async def test_a_file_that_takes_the_process_down_does_not_come_back_for_ever(
    migrated_database_url: str,
) -> None:
    town = await with_a_photo(migrated_database_url)
    for _ in range(FETCH_TRIES):
        assert await town.write(evidence.lease)
        town.clock.advance(timedelta(hours=1))
    files: Any = Files()
    await looks(town, Fetcher(town.store, files, MemoryStore()), 3)
    assert await town.read(state) == "failed"
    assert files.asked == 0
    await town.store.close()
