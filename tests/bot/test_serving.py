from __future__ import annotations

from bot import serving
from bot.serving import Backlog
from handlers.chat.dispatcher import Dispatcher
from store.actions import inbox
from store.domain.inbox import RawUpdate
from store.engine import open_store
from tests.faults.test_recovery import application


async def test_a_process_without_workers_knows_how_many_updates_wait(migrated_database_url: str) -> None:
    async with open_store(migrated_database_url) as store:
        await store.write(inbox.add, [RawUpdate(1, n, 5, "{}") for n in range(3)])
        backlog = Backlog(store, Dispatcher(store, application(store)))
        assert await backlog.waiting() == 3
        await store.write(inbox.add, [RawUpdate(1, 9, 5, "{}")])
        assert await backlog.waiting() == 3
        backlog._counted_at -= serving.COUNT_EVERY_SECONDS
        assert await backlog.waiting() == 4
