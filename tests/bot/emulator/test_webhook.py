from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from aiohttp import web

from bot.emulator import Emulator
from tests.bot.emulator.conftest import CallMethod

Update = dict[str, Any]


class Hook:
    """A bot's webhook that can be told to fail."""

    def __init__(self) -> None:
        self.url = ""
        self.got: list[Update] = []
        self.secrets: list[str | None] = []
        self.refuse: Callable[[Update], bool] = lambda _update: False
        self.headers: dict[str, str] = {}
        self.busy = self.busiest = 0
        self.changed = asyncio.Event()

    async def handle(self, request: web.BaseRequest) -> web.Response:
        update = await request.json()
        self.secrets.append(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        self.busy += 1
        self.busiest = max(self.busiest, self.busy)
        await asyncio.sleep(0.01)
        self.busy -= 1
        if self.refuse(update):
            return web.Response(status=503, headers=self.headers)
        self.got.append(update)
        self.changed.set()
        return web.Response()

    async def wait(self, count: int) -> None:
        async with asyncio.timeout(20):
            while len(self.got) < count:
                self.changed.clear()
                await self.changed.wait()

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.got]


@pytest.fixture
async def hook() -> AsyncIterator[Hook]:
    made = Hook()
    runner = web.ServerRunner(web.Server(made.handle))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield made
    await runner.cleanup()


async def test_updates_are_posted_with_the_secret(call: CallMethod, emulator: Emulator, hook: Hook) -> None:
    ada = emulator.person("Ada")
    ada.say("before")
    await call("setWebhook", url=hook.url, secret_token="s3cret", max_connections=3)
    ada.say("after")
    await hook.wait(2)
    assert hook.texts() == ["before", "after"]
    assert set(hook.secrets) == {"s3cret"}
    info = (await call("getWebhookInfo"))["result"]
    assert (info["url"], info["pending_update_count"], info["max_connections"]) == (hook.url, 0, 3)


async def test_a_failing_chat_is_retried_in_order_while_others_go_on(
    call: CallMethod, emulator: Emulator, hook: Hook
) -> None:
    ada, ben = emulator.person("Ada"), emulator.person("Ben")
    hook.refuse = lambda update: update["message"]["from"]["first_name"] == "Ada"
    await call("setWebhook", url=hook.url)
    for word in ("one", "two"):
        ada.say(word)
    ben.say("hello")
    await hook.wait(1)
    assert hook.texts() == ["hello"]
    info = (await call("getWebhookInfo"))["result"]
    assert info["pending_update_count"] == 2
    assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"
    hook.refuse = lambda _update: False
    await hook.wait(3)
    assert hook.texts() == ["hello", "one", "two"]


async def test_retry_after_is_kept(call: CallMethod, emulator: Emulator, hook: Hook) -> None:
    hook.refuse, hook.headers = (lambda _update: True), {"Retry-After": "30"}
    await call("setWebhook", url=hook.url)
    emulator.person("Ada").say("hello")
    await asyncio.sleep(0.3)
    assert len(hook.secrets) == 1


async def test_no_connection_is_told_in_the_info(call: CallMethod, emulator: Emulator) -> None:
    await call("setWebhook", url="http://127.0.0.1:9/hook")
    emulator.person("Ada").say("hello")
    await asyncio.sleep(0.1)
    info = (await call("getWebhookInfo"))["result"]
    assert info["pending_update_count"] == 1
    assert info["last_error_message"] == "Connection refused"


async def test_never_more_connections_than_asked_for(
    call: CallMethod, emulator: Emulator, hook: Hook
) -> None:
    people = [emulator.person(f"Person{number}") for number in range(12)]
    await call("setWebhook", url=hook.url, max_connections=4)
    for person in people:
        person.say("hello")
        person.say("again")
    await hook.wait(24)
    assert hook.busiest == 4


async def test_a_webhook_and_polling_exclude_each_other(
    call: CallMethod, emulator: Emulator, hook: Hook
) -> None:
    poll = asyncio.create_task(call("getUpdates", timeout=10))  # noqa: TID251 - two callers at once
    await asyncio.sleep(0.05)
    await call("setWebhook", url=hook.url)
    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"
    assert (await call("getUpdates"))["description"] == (
        "Conflict: can't use getUpdates method while webhook is active; "
        "use deleteWebhook to delete the webhook first"
    )
    await call("deleteWebhook")
    emulator.person("Ada").say("hello")
    assert len((await call("getUpdates"))["result"]) == 1
    assert hook.got == []


async def test_waiting_updates_may_be_dropped(call: CallMethod, emulator: Emulator, hook: Hook) -> None:
    ada = emulator.person("Ada")
    ada.say("old")
    await call("setWebhook", url=hook.url, drop_pending_updates=True, allowed_updates=["message"])
    ada.say("new")
    await hook.wait(1)
    assert hook.texts() == ["new"]
    assert (await call("getWebhookInfo"))["result"]["allowed_updates"] == ["message"]


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ({"url": "ftp://e.org"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        ({"url": "http://e.org", "secret_token": "ż"}, "secret token contains unallowed characters"),
        ({"url": "http://e.org", "secret_token": "x" * 257}, "secret token is too long"),
    ],
)
async def test_a_webhook_that_cannot_be_is_refused(
    call: CallMethod, params: dict[str, str], reason: str
) -> None:
    assert (await call("setWebhook", **params))["description"] == f"Bad Request: {reason}"
