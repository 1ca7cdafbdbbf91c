from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram.request import BaseRequest

from handlers.chat import intake
from handlers.chat.intake import Poller
from store.domain.inbox import InboxItem
from store.engine import Store, open_store
from tests.support.waiting import eventually


class Messenger(BaseRequest):
    """Answers getUpdates from a list, as Telegram does: what is below the offset is forgotten."""

    def __init__(self, updates: list[Any]) -> None:
        self.updates = updates
        self.offsets: list[int] = []

    @property
    def read_timeout(self) -> float:
        return 1.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(self, url: str, method: str, request_data: Any = None, *_: Any, **__: Any) -> Any:
        assert (url, method) == ("http://x/getUpdates", "POST")
        self.offsets.append(json.loads(request_data.json_payload)["offset"])
        await asyncio.sleep(0.005)
        found = self.updates if not self.offsets[-1] else []
        return 200, json.dumps({"ok": True, "result": found}).encode()


@pytest.fixture
async def store(migrated_database_url: str) -> AsyncIterator[Store]:
    async with open_store(migrated_database_url) as opened:
        yield opened


async def poll(store: Store, messenger: Messenger, fed: list[InboxItem]) -> asyncio.Future[None]:
    poller = Poller(store, messenger, "http://x", 7, fed.extend, lambda: 0)
    return asyncio.ensure_future(poller.run())  # noqa: TID251 - stopped by the test


async def test_what_has_no_number_goes_by_with_those_around_it(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    odd: list[Any] = [{"message": {"text": "secret"}}, {"update_id": "six"}, "what?", {"update_id": 2**60}]
    messenger = Messenger([{"update_id": 5}, *odd, {"update_id": 6}])
    fed: list[InboxItem] = []
    with caplog.at_level(logging.WARNING, "handlers.chat.intake"):
        run = await poll(store, messenger, fed)

        async def acknowledged() -> bool:
            return 7 in messenger.offsets

        await eventually(acknowledged)
        run.cancel()
        await asyncio.gather(run, return_exceptions=True)
    assert [item.data["update_id"] for item in fed] == [5, 6]
    assert "left out" in caplog.text
    assert "secret" not in caplog.text


async def test_nothing_but_what_has_no_number_does_not_make_the_poller_run_hot(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "UNREADABLE_SECONDS", 0.2)
    messenger = Messenger([{"message": {}}])
    run = await poll(store, messenger, [])
    await asyncio.sleep(0.5)
    assert not run.done()
    run.cancel()
    await asyncio.gather(run, return_exceptions=True)
    assert 1 <= len(messenger.offsets) <= 4
