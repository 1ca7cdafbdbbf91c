"""What people do, asked for over HTTP, and how people and chats are described there."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from aiohttp import web
from aiohttp.web_request import FileField

from bot.emulator.body import ControlError, read_json
from bot.emulator.bubble import Bubble
from bot.emulator.objects import JsonDict
from bot.emulator.people import Group, Person
from bot.emulator.seat import Attachment, Seat
from bot.emulator.town import Town
from bot.emulator.world import Chat, World

FILE_KINDS = frozenset({"photo", "document", "video", "voice", "audio"})
Act = Callable[[Seat, JsonDict, Sequence[Attachment]], JsonDict]


def describe_person(person: Person, world: World) -> JsonDict:
    """A person for the chat page."""
    user = world.users[person.id].json
    return {"key": person.key, "chat_id": person.chat_id, "blocked": person.blocked, **user}


def describe_group(key: str, group: Group) -> JsonDict:
    """A group for the chat page."""
    chat = group.chat
    members = [number for number, status in chat.members.items() if status != "left"]
    return {
        "key": key,
        "chat_id": chat.id,
        "title": group.title,
        "members": members,
        "bot_status": chat.bot_status,
    }


def chat_of(emulator: Town, chat_id: int) -> Chat:
    """A chat by id. Raises ControlError."""
    chat = emulator.world.chats.get(chat_id)
    if chat is None:
        raise ControlError(404, f"there is no chat {chat_id}")
    return chat


def describe_chat(emulator: Town, chat_id: int) -> JsonDict:
    """Everything visible in a chat now, with the number to wait from."""
    chat = chat_of(emulator, chat_id)
    return {
        "seq": emulator.world.seq,
        "chat": chat.json,
        "bot_status": chat.bot_status,
        "keyboard": chat.keyboard,
        "waiting": emulator.world.waiting_messages(chat),
        "messages": list(chat.messages.values()),
    }


def person_of(emulator: Town, who: object) -> Person:
    """A person by short name or id. Raises ControlError."""
    person = emulator.persons.get(str(who))
    found = person or next((p for p in emulator.persons.values() if str(p.id) == str(who)), None)
    if found is None:
        raise ControlError(404, f"there is no person {who}")
    return found


def seat_of(emulator: Town, chat_id: int, who: object) -> Seat:
    """A person in a chat. Raises ControlError."""
    person = person_of(emulator, who)
    if chat_id == person.chat_id:
        return person
    group = next((g for g in emulator.groups.values() if g.chat_id == chat_id), None)
    if group is None:
        raise ControlError(404, f"{person.name} has no chat {chat_id}")
    return person.at(group)


async def read_act(request: web.BaseRequest) -> tuple[JsonDict, list[Attachment]]:
    """The fields of an action, and its files when the body is a form."""
    if not request.headers.get("Content-Type", "").startswith("multipart/"):
        return await read_json(request), []
    body: JsonDict = {}
    uploads: list[FileField] = []
    for name, value in (await request.post()).items():
        if isinstance(value, FileField):
            uploads.append(value)
        else:
            body[name] = value
    kind = body.get("kind", "photo")
    if kind not in FILE_KINDS:
        raise ControlError(400, f"kind must be one of {', '.join(sorted(FILE_KINDS))}")
    return body, [Attachment(file.file.read(), kind, file.filename, file.content_type) for file in uploads]


def _shown(*bubbles: Bubble) -> JsonDict:
    return {"messages": [bubble.raw for bubble in bubbles]}


def _say(seat: Seat, body: JsonDict, _files: Sequence[Attachment]) -> JsonDict:
    return _shown(seat.say(str(body["text"]), body.get("reply_to")))


def _tap(seat: Seat, body: JsonDict, _files: Sequence[Attachment]) -> JsonDict:
    if "data" in body:
        return {"callback_query_id": seat.tap_data(str(body["data"]), int(body["message_id"]))}
    return {"callback_query_id": seat.tap(str(body["label"]), body.get("message_id"))}


def _files(seat: Seat, body: JsonDict, files: Sequence[Attachment]) -> JsonDict:
    if not files:
        raise ControlError(400, "there is no file")
    return _shown(*seat.send_files(files, body.get("caption")))


def _location(seat: Seat, body: JsonDict, _files: Sequence[Attachment]) -> JsonDict:
    latitude, longitude = float(body["latitude"]), float(body["longitude"])
    if "title" in body:
        return _shown(seat.send_venue(latitude, longitude, body["title"], body.get("address", "")))
    return _shown(seat.send_location(latitude, longitude))


def _contact(seat: Seat, body: JsonDict, _files: Sequence[Attachment]) -> JsonDict:
    return _shown(seat.send_contact(str(body["phone_number"]), body.get("first_name")))


def _send(seat: Seat, body: JsonDict, _files: Sequence[Attachment]) -> JsonDict:
    content = body["content"]
    return _shown(seat.send(json.loads(content) if isinstance(content, str) else content))


def _edit(seat: Seat, body: JsonDict, _files: Sequence[Attachment]) -> JsonDict:
    return _shown(seat.edit(int(body["message_id"]), str(body["text"])))


def _block(seat: Seat, _body: JsonDict, _files: Sequence[Attachment]) -> JsonDict:
    _own(seat).block()
    return {"blocked": True}


def _unblock(seat: Seat, _body: JsonDict, _files: Sequence[Attachment]) -> JsonDict:
    _own(seat).unblock()
    return {"blocked": False}


def _own(seat: Seat) -> Person:
    if not isinstance(seat, Person):
        raise ControlError(400, "only the private chat with the bot can be blocked")
    return seat


ACTS: dict[str, Act] = {
    "say": _say,
    "tap": _tap,
    "files": _files,
    "location": _location,
    "contact": _contact,
    "send": _send,
    "edit": _edit,
    "block": _block,
    "unblock": _unblock,
}
