from __future__ import annotations

import aiohttp
import pytest
from yarl import URL

from bot.emulator import Emulator
from tests.bot.emulator.conftest import CallMethod


async def test_a_wrong_token_is_unauthorized(emulator: Emulator, http: aiohttp.ClientSession) -> None:
    async with http.get(f"{emulator.url}/bot1:WRONG/getMe") as response:
        assert response.status == 401
        assert await response.json() == {"ok": False, "error_code": 401, "description": "Unauthorized"}


async def test_an_unknown_method_is_not_found(call: CallMethod) -> None:
    assert await call("makeTea") == {"ok": False, "error_code": 404, "description": "Not Found"}


async def test_method_names_ignore_case(call: CallMethod, emulator: Emulator) -> None:
    assert (await call("GETME"))["result"]["id"] == emulator.bot_id


async def test_a_token_may_come_percent_encoded(emulator: Emulator, http: aiohttp.ClientSession) -> None:
    path = f"/bot{emulator.token.replace(':', '%3A')}/getMe"
    async with http.get(URL(emulator.url + path, encoded=True)) as response:
        assert (await response.json())["ok"]


@pytest.mark.parametrize("how", ["query", "form", "json", "multipart"])
async def test_parameters_may_come_in_any_of_four_ways(
    emulator: Emulator, http: aiohttp.ClientSession, how: str
) -> None:
    ada = emulator.person("Ada")
    url = f"{emulator.url}/bot{emulator.token}/sendMessage"
    params = {"chat_id": str(ada.id), "text": "Zażółć & more"}
    multipart = aiohttp.FormData(params, default_to_multipart=True)
    request = {
        "query": lambda: http.get(url, params=params),
        "form": lambda: http.post(url, data=params),
        "json": lambda: http.post(url, json=params),
        "multipart": lambda: http.post(url, data=multipart),
    }[how]()
    async with request as response:
        assert (await response.json())["result"]["text"] == "Zażółć & more"
    assert ada.last.text == "Zażółć & more"


async def test_a_body_that_is_no_json_is_refused(emulator: Emulator, http: aiohttp.ClientSession) -> None:
    url = f"{emulator.url}/bot{emulator.token}/getMe"
    async with http.post(url, data=b"{", headers={"Content-Type": "application/json"}) as response:
        assert (await response.json())["description"] == "Bad Request: can't parse JSON object"


async def test_every_call_is_logged_with_its_outcome(call: CallMethod, emulator: Emulator) -> None:
    ada = emulator.person("Ada")
    await call("sendMessage", chat_id=ada.id, text="Hello")
    await call("sendmessage", chat_id=ada.id, text="")
    assert [(c.method, c.outcome) for c in emulator.calls] == [
        ("sendMessage", "ok"),
        ("sendMessage", "400 Bad Request: message text is empty"),
    ]
    assert emulator.calls_of("sendMessage")[0].params["text"] == "Hello"


async def test_files_are_fetched_by_their_path(
    call: CallMethod, emulator: Emulator, http: aiohttp.ClientSession
) -> None:
    photo = emulator.person("Ada").send_photo(b"not really a picture")
    file_id = photo.raw["photo"][-1]["file_id"]
    path = (await call("getFile", file_id=file_id))["result"]["file_path"]
    async with http.get(f"{emulator.url}/file/bot{emulator.token}/{path}") as response:
        assert await response.read() == b"not really a picture"
    async with http.get(f"{emulator.url}/file/bot{emulator.token}/photos/none.jpg") as response:
        assert response.status == 404
    async with http.get(f"{emulator.url}/file/bot1:WRONG/{path}") as response:
        assert response.status == 401


async def test_a_file_above_twenty_megabytes_is_too_big_for_bots(
    call: CallMethod, emulator: Emulator
) -> None:
    ada, limit = emulator.person("Ada"), 20 * 1024 * 1024
    fits = ada.send_document(b"x", "film.mp4", "video/mp4", size=limit)
    large = ada.send_document(b"x", "film.mp4", "video/mp4", size=limit + 1)
    assert (await call("getFile", file_id=fits.raw["document"]["file_id"]))["ok"]
    refused = await call("getFile", file_id=large.raw["document"]["file_id"])
    assert refused["description"] == "Bad Request: file is too big"
