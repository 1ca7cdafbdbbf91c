from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from bot.emulator import Emulator
from tests.bot.emulator.conftest import CallMethod


class Remote:
    """Another process that drives the people."""

    def __init__(self, emulator: Emulator, http: aiohttp.ClientSession) -> None:
        self._base = f"{emulator.url}/emulator/"
        self._http = http

    async def __call__(self, method: str, path: str, body: Any = None, **more: Any) -> Any:
        options = {"json": body} if body is not None else {}
        async with self._http.request(method, self._base + path, **options, **more) as response:
            return response.status, await response.json()


@pytest.fixture
def remote(emulator: Emulator, http: aiohttp.ClientSession) -> Remote:
    return Remote(emulator, http)


async def test_people_and_groups_are_made_and_listed(remote: Remote) -> None:
    status, ada = await remote("POST", "persons", {"name": "Ada", "key": "ada", "language_code": "pl"})
    assert (status, ada["key"], ada["language_code"]) == (201, "ada", "pl")
    _, group = await remote("POST", "groups", {"title": "Desk", "members": ["ada"]})
    assert group["members"] == [ada["id"]]
    _, state = await remote("GET", "state")
    assert [p["first_name"] for p in state["persons"]] == ["Ada"]
    assert [g["title"] for g in state["groups"]] == ["Desk"]
    status, refused = await remote("POST", "persons", {"name": "Ada", "key": "ada"})
    assert status == 400
    assert "already" in refused["error"]


async def test_what_people_do_becomes_updates(remote: Remote, emulator: Emulator, call: CallMethod) -> None:
    ada = emulator.person("Ada")
    keyboard = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y:1"}]]}
    asked = (await call("sendMessage", chat_id=ada.id, text="?", reply_markup=keyboard))["result"][
        "message_id"
    ]
    chat = f"chats/{ada.id}"
    _, said = await remote("POST", f"{chat}/say", {"as": "ada", "text": "hello"})
    await remote("POST", f"{chat}/edit", {"message_id": said["messages"][0]["message_id"], "text": "Hello"})
    await remote("POST", f"{chat}/tap", {"label": "Yes"})
    await remote("POST", f"{chat}/tap", {"data": "forged", "message_id": asked})
    await remote("POST", f"{chat}/location", {"latitude": 51.3, "longitude": 1.4})
    await remote("POST", f"{chat}/contact", {"phone_number": "+441632960001"})
    await remote("POST", f"{chat}/block", {})
    await remote("POST", f"{chat}/unblock", {})
    kinds = [next(k for k in update if k != "update_id") for update in (await call("getUpdates"))["result"]]
    assert kinds == [
        "message",
        "edited_message",
        "callback_query",
        "callback_query",
        "message",
        "message",
        "my_chat_member",
        "my_chat_member",
    ]


async def test_several_files_are_an_album(remote: Remote, emulator: Emulator) -> None:
    ada = emulator.person("Ada")
    form = aiohttp.FormData({"kind": "photo", "caption": "both"})
    form.add_field("file", b"1", filename="1.jpg")
    form.add_field("file", b"2", filename="2.jpg")
    status, sent = await remote("POST", f"chats/{ada.id}/files", data=form)
    assert status == 201
    assert len({m["media_group_id"] for m in sent["messages"]}) == 1
    assert [b.text for b in ada.messages] == ["both", ""]


async def test_changes_are_read_by_number_and_waited_for(remote: Remote, emulator: Emulator) -> None:
    ada = emulator.person("Ada")
    _, first = await remote("GET", "changes?since=0")
    path = f"changes?since={first['seq']}&chat={ada.id}&timeout=5"
    waiting = asyncio.gather(remote("GET", path), asyncio.sleep(0.05, ada.say))
    await asyncio.sleep(0.1)
    ada.say("hello")
    (_, later), _ = await waiting
    assert [(c["kind"], c["content"]["text"]) for c in later["changes"]] == [("message", "hello")]


async def test_the_stream_goes_on_from_the_last_event(
    emulator: Emulator, http: aiohttp.ClientSession
) -> None:
    ada = emulator.person("Ada")
    seq = emulator.world.seq
    ada.say("one")
    headers = {"Last-Event-ID": str(seq)}
    async with http.get(f"{emulator.url}/emulator/stream", headers=headers) as response:
        ada.say("two")
        texts = []
        async for line in response.content:
            if line.startswith(b"data: "):
                texts.append(json.loads(line[6:])["content"]["text"])
            if len(texts) == 2:
                break
    assert texts == ["one", "two"]


async def test_a_reader_from_another_life_is_told_to_start_again(
    emulator: Emulator, http: aiohttp.ClientSession
) -> None:
    async with http.get(f"{emulator.url}/emulator/stream?since=999") as response:
        lines = [await response.content.readline() for _ in range(2)]
    assert lines[1] == b"event: reset\n"


async def test_faults_limits_and_time_are_set_from_outside(
    remote: Remote, emulator: Emulator, call: CallMethod
) -> None:
    await remote("POST", "faults", {"kind": "fail", "method": "getMe", "times": 1})
    assert not (await call("getMe"))["ok"]
    await remote("POST", "faults", {"kind": "fail", "times": None})
    assert (await remote("DELETE", "faults"))[1] == []
    await remote("POST", "limits", {"per_second": 3})
    assert emulator.limits.per_second == 3
    await remote("POST", "advance", {"seconds": 10})
    await remote("POST", "updates", {"odd": True})
    assert emulator.pending == 1
    assert (await remote("POST", "faults", {"kind": "nonsense"}))[0] == 400
    assert (await remote("GET", "calls"))[1][-1]["method"] == "getMe"


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site"},
    ],
)
async def test_other_web_pages_do_not_get_through(remote: Remote, headers: dict[str, str]) -> None:
    status, _ = await remote("POST", "persons", {"name": "Eve"}, headers=headers)
    assert status == 403


async def test_the_own_page_gets_through(remote: Remote, emulator: Emulator) -> None:
    headers = {"Origin": emulator.url, "Sec-Fetch-Site": "same-origin"}
    assert (await remote("POST", "persons", {"name": "Ada"}, headers=headers))[0] == 201


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", "chats/42/say", {"text": "x"}, 404),
        ("POST", "chats/100001/say", {}, 400),
        ("POST", "chats/100001/dance", {}, 404),
        ("POST", "chats/100001/tap", {"label": "No"}, 400),
        ("GET", "files/none", None, 400),
        ("GET", "chats/42", None, 404),
        ("POST", "chats/100001/say", [], 400),
        ("POST", "chats/100001/files", {}, 400),
        ("POST", "chats/100001/say", {"as": "nobody", "text": "x"}, 404),
        ("POST", "chats/-7/say", {"as": "ada", "text": "x"}, 404),
    ],
)
async def test_what_cannot_be_done_is_explained(
    remote: Remote, emulator: Emulator, method: str, path: str, body: Any, status: int
) -> None:
    emulator.person("Ada")
    answered, explained = await remote(method, path, body)
    assert answered == status
    assert explained["error"]


async def test_files_are_shown_but_never_run(emulator: Emulator, http: aiohttp.ClientSession) -> None:
    sent = emulator.person("Ada").send_document(b"<script>", "a.html", "text/html")
    async with http.get(f"{emulator.url}/emulator/files/{sent.raw['document']['file_id']}") as response:
        assert response.content_type == "application/octet-stream"
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response.headers["Content-Security-Policy"]


async def test_a_chat_is_read_whole(remote: Remote, emulator: Emulator) -> None:
    ada = emulator.person("Ada")
    said = ada.say("hello")
    _, chat = await remote("GET", f"chats/{ada.id}")
    assert [message["text"] for message in chat["messages"]] == ["hello"]
    assert chat["waiting"] == [said.id]


async def test_a_member_acts_in_a_group_but_cannot_block_there(remote: Remote, emulator: Emulator) -> None:
    ada = emulator.person("Ada")
    group = emulator.group("Desk", members=[ada])
    await remote("POST", f"chats/{group.chat_id}/say", {"as": "ada", "text": "/queue"})
    venue = {"as": ada.id, "latitude": 51.3, "longitude": 1.4, "title": "Hall"}
    await remote("POST", f"chats/{group.chat_id}/location", venue)
    await remote("POST", f"chats/{group.chat_id}/send", {"as": "ada", "content": {"text": "raw"}})
    assert [bubble.text for bubble in group.messages] == ["/queue", "", "raw"]
    assert (await remote("POST", f"chats/{group.chat_id}/block", {"as": "ada"}))[0] == 400


async def test_a_kind_of_file_must_be_known(remote: Remote, emulator: Emulator) -> None:
    form = aiohttp.FormData({"kind": "hologram"})
    form.add_field("file", b"1", filename="1.jpg")
    assert (await remote("POST", f"chats/{emulator.person('Ada').id}/files", data=form))[0] == 400
