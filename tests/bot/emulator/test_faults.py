from __future__ import annotations

import time

import aiohttp
import pytest

from bot.emulator import Emulator, Person
from tests.bot.emulator.conftest import CallMethod


@pytest.fixture
def ada(emulator: Emulator) -> Person:
    return emulator.person("Ada")


async def test_the_next_calls_fail_and_are_not_applied(
    call: CallMethod, emulator: Emulator, ada: Person
) -> None:
    emulator.faults.fail("sendMessage", times=2)
    codes = [(await call("sendMessage", chat_id=ada.id, text="x")).get("error_code") for _ in range(3)]
    assert codes == [500, 500, None]
    assert len(ada.messages) == 1


async def test_a_fault_may_be_about_one_method_and_chat(
    call: CallMethod, emulator: Emulator, ada: Person
) -> None:
    ben = emulator.person("Ben")
    fault = emulator.faults.fail("sendMessage", times=None)
    fault.chat_id = ada.id
    assert (await call("getMe"))["ok"]
    assert (await call("sendMessage", chat_id=ben.id, text="x"))["ok"]
    assert not (await call("sendMessage", chat_id=ada.id, text="x"))["ok"]
    emulator.faults.clear()
    assert (await call("sendMessage", chat_id=ada.id, text="x"))["ok"]


async def test_a_share_of_calls_fails(call: CallMethod, emulator: Emulator) -> None:
    emulator.faults.fail("getMe", times=None, share=0.5)
    failed = [(await call("getMe"))["ok"] for _ in range(60)].count(False)
    assert 15 < failed < 45


async def test_a_dropped_reply_was_applied_and_a_dropped_request_was_not(
    call: CallMethod, emulator: Emulator, ada: Person
) -> None:
    emulator.faults.drop_reply("sendMessage")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await call("sendMessage", chat_id=ada.id, text="applied")
    emulator.faults.drop_request("sendMessage")
    with pytest.raises(aiohttp.ServerDisconnectedError):
        await call("sendMessage", chat_id=ada.id, text="lost")
    assert [bubble.text for bubble in ada.messages] == ["applied"]
    assert [(c.outcome, c.ok) for c in emulator.calls] == [("drop_reply", True), ("drop_request", False)]


async def test_a_garbled_reply_is_a_gateways_page(
    emulator: Emulator, http: aiohttp.ClientSession, ada: Person
) -> None:
    emulator.faults.garble("getMe")
    async with http.get(f"{emulator.url}/bot{emulator.token}/getMe") as response:
        assert response.status == 502
        assert "<html>" in await response.text()


async def test_too_many_requests_on_demand(call: CallMethod, emulator: Emulator) -> None:
    emulator.faults.too_many("getMe", retry_after=7)
    assert (await call("getMe"))["parameters"] == {"retry_after": 7}
    assert (await call("getMe"))["ok"]


async def test_latency_delays_each_call(call: CallMethod, emulator: Emulator) -> None:
    emulator.latency_seconds = 0.05
    emulator.faults.delay(0.05, "getMe")
    start = time.monotonic()
    await call("getMe")
    assert time.monotonic() - start >= 0.1
