from __future__ import annotations

import asyncio
import contextlib

import aiohttp

from bot.emulator import Emulator
from tests.bot.emulator.conftest import CallMethod


def texts(answer: dict[str, list[dict[str, dict[str, str]]]]) -> list[str]:
    return [update["message"]["text"] for update in answer["result"]]


async def test_updates_stay_until_an_offset_confirms_them(call: CallMethod, emulator: Emulator) -> None:
    ada = emulator.person("Ada")
    ada.say("one")
    ada.say("two")
    first = await call("getUpdates")
    assert texts(first) == texts(await call("getUpdates")) == ["one", "two"]
    second_id = first["result"][1]["update_id"]
    assert texts(await call("getUpdates", offset=second_id)) == ["two"]
    assert emulator.pending == 1
    assert texts(await call("getUpdates", offset=second_id + 1)) == []
    assert emulator.pending == 0


async def test_a_negative_offset_keeps_only_the_newest(call: CallMethod, emulator: Emulator) -> None:
    ada = emulator.person("Ada")
    for word in ("one", "two", "three"):
        ada.say(word)
    assert texts(await call("getUpdates", offset=-2)) == ["two", "three"]
    assert texts(await call("getUpdates")) == ["two", "three"]


async def test_a_batch_has_at_most_a_hundred_updates(call: CallMethod, emulator: Emulator) -> None:
    ada = emulator.person("Ada")
    for number in range(120):
        ada.say(str(number))
    assert len((await call("getUpdates"))["result"]) == 100
    assert len((await call("getUpdates", limit=1000))["result"]) == 100
    assert len((await call("getUpdates", limit=7))["result"]) == 7


async def test_a_long_poll_answers_as_soon_as_somebody_writes(call: CallMethod, emulator: Emulator) -> None:
    ada = emulator.person("Ada")
    poll = asyncio.create_task(call("getUpdates", timeout=10))  # noqa: TID251 - two callers at once
    await asyncio.sleep(0.05)
    ada.say("hello")
    async with asyncio.timeout(20):
        assert texts(await poll) == ["hello"]


async def test_a_long_poll_ends_empty_after_its_time(call: CallMethod) -> None:
    assert (await call("getUpdates", timeout=1))["result"] == []


async def test_the_poller_that_was_there_first_is_terminated(call: CallMethod, emulator: Emulator) -> None:
    first = asyncio.create_task(call("getUpdates", timeout=10))  # noqa: TID251 - two callers at once
    await asyncio.sleep(0.05)
    second = await call("getUpdates")
    assert second["ok"]
    assert await first == {
        "ok": False,
        "error_code": 409,
        "description": "Conflict: terminated by other getUpdates request; "
        "make sure that only one bot instance is running",
    }


async def test_a_poller_that_hangs_up_is_no_conflict(
    call: CallMethod, emulator: Emulator, http: aiohttp.ClientSession
) -> None:
    url = f"{emulator.url}/bot{emulator.token}/getUpdates"
    with contextlib.suppress(TimeoutError):
        await http.post(url, json={"timeout": 10}, timeout=aiohttp.ClientTimeout(total=0.1))
    await asyncio.sleep(0.05)
    emulator.person("Ada").say("hello")
    assert texts(await call("getUpdates", timeout=5)) == ["hello"]
    assert not [c for c in emulator.calls if c.outcome.startswith("409")]


async def test_only_allowed_kinds_are_queued_and_the_choice_is_kept(
    call: CallMethod, emulator: Emulator
) -> None:
    ada = emulator.person("Ada")
    await call("getUpdates", allowed_updates=["callback_query"])
    ada.say("not wanted")
    assert emulator.pending == 0
    await call("getUpdates")
    ada.say("still not wanted")
    assert emulator.pending == 0
    await call("getUpdates", allowed_updates=[])
    ada.say("wanted")
    assert emulator.pending == 1


async def test_callback_queries_expire_in_the_queue_but_messages_do_not(
    call: CallMethod, emulator: Emulator
) -> None:
    ada = emulator.person("Ada")
    ada.say("hello")
    ada.tap_data("x", 1)
    emulator.advance(151)
    (update,) = (await call("getUpdates"))["result"]
    assert "message" in update
    emulator.advance(86_400)
    assert (await call("getUpdates"))["result"] == []


async def test_an_injected_update_keeps_its_id_even_when_it_was_confirmed(
    call: CallMethod, emulator: Emulator
) -> None:
    ada = emulator.person("Ada")
    ada.say("hello")
    (update,) = (await call("getUpdates"))["result"]
    after = update["update_id"] + 1
    await call("getUpdates", offset=after)
    emulator.push_update(update)
    assert (await call("getUpdates", offset=after))["result"] == [update]
    assert (await call("getUpdates", offset=after))["result"] == []
    assert emulator.push_update({"nonsense": [1]}) == after
    assert (await call("getUpdates"))["result"] == [{"update_id": after, "nonsense": [1]}]


async def test_update_ids_only_grow(call: CallMethod, emulator: Emulator) -> None:
    ada = emulator.person("Ada")
    emulator.push_update({"update_id": 900_000})
    ada.say("hello")
    assert [u["update_id"] for u in (await call("getUpdates"))["result"]] == [900_000, 900_001]
