"""One call of a Bot API method: reading its parameters, checking its chat, posting a message."""

from __future__ import annotations

import json

from bot.emulator.entities import parse_html
from bot.emulator.errors import bad_request, forbidden
from bot.emulator.files import StoredFile
from bot.emulator.limits import Limiter
from bot.emulator.markup import read_markup
from bot.emulator.objects import JsonDict, detect_entities
from bot.emulator.world import Chat, World

TRUE_WORDS = frozenset({"true", "True", "1", "yes"})
TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024


class Upload:
    """A file that came with a multipart call."""

    __slots__ = ("data", "mime", "name")

    def __init__(self, name: str, mime: str | None, data: bytes) -> None:
        self.name = name
        self.mime = mime
        self.data = data


class Call:
    """Parameters of one call; values are strings (form) or JSON values."""

    __slots__ = ("limiter", "params", "uploads", "world")

    def __init__(self, world: World, limiter: Limiter, params: JsonDict, uploads: dict[str, Upload]) -> None:
        self.world = world
        self.limiter = limiter
        self.params = params
        self.uploads = uploads

    def text(self, name: str) -> str:
        """A text parameter; empty when absent."""
        value = self.params.get(name)
        return "" if value is None else str(value)

    def number(self, name: str, default: int = 0) -> int:
        """A whole number; the default when absent. Raises 400."""
        value = self.params.get(name)
        if value is None or value == "":
            return default
        try:
            return int(value)
        except (TypeError, ValueError) as error:
            raise bad_request(f'parameter "{name}" must be an Integer') from error

    def decimal(self, name: str) -> float:
        """A number such as a latitude. Raises 400."""
        try:
            return float(self.params[name])
        except (KeyError, TypeError, ValueError) as error:
            raise bad_request(f'parameter "{name}" is required and must be a Number') from error

    def flag(self, name: str) -> bool:
        """A Boolean; false when absent."""
        value = self.params.get(name)
        return value is True or (value is not None and str(value) in TRUE_WORDS)

    def value(self, name: str) -> object:
        """A structured parameter: JSON in a string, or the JSON value itself. Raises 400."""
        value = self.params.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError as error:
            raise bad_request(f"can't parse {name} JSON object") from error

    def items(self, name: str) -> list[JsonDict]:
        """A structured parameter that is a list of objects. Raises 400."""
        value = self.value(name) or []
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise bad_request(f'parameter "{name}" must be an Array of Objects')
        return value

    def chat(self, name: str = "chat_id") -> Chat:
        """The chat the call is about. Raises 400 when the bot does not know it."""
        value = self.params.get(name)
        if value is None or value == "":
            raise bad_request(f"{name} is empty")
        try:
            chat_id = int(value)
        except ValueError:
            chat_id = 0
        world = self.world
        chat = world.chats.get(chat_id)
        if chat is not None:
            return chat
        if world.accept_any_chat and chat_id > 0:
            return world.open_private(
                world.add_user(f"any-{chat_id}", f"Person {chat_id}", chat_id, "en", None)
            )
        if chat_id in world.users:
            raise forbidden("bot can't initiate conversation with a user")
        raise bad_request("chat not found")

    def target(self) -> Chat:
        """The chat to write into. Raises 400 or 403."""
        chat = self.chat()
        if chat.bot_status not in {"member", "administrator"}:
            raise forbidden(_shut_out(chat))
        return chat

    def formatted(
        self, field: str, mode_field: str = "parse_mode", entities_field: str = "entities"
    ) -> JsonDict:
        """`{field: text}` and the entities of a text or caption, empty for no text. Raises 400."""
        return format_text(self.text(field), self.text(mode_field), self.value(entities_field), field)

    def caption(self) -> JsonDict:
        """The caption and its entities. Raises 400."""
        return self.formatted("caption", entities_field="caption_entities")

    def markup(self) -> JsonDict | None:
        """The checked reply markup. Raises 400."""
        return read_markup(self.params.get("reply_markup"))

    def post(self, content: JsonDict) -> JsonDict:
        """Write a message as the bot: everything is checked before anything is applied."""
        chat = self.target()
        markup = self.markup()
        extras = self.extras(chat)
        self.limiter.take(chat.id, 1)
        return self.put(chat, content | extras, markup)

    def put(self, chat: Chat, content: JsonDict, markup: JsonDict | None) -> JsonDict:
        """Write a message without any check."""
        if markup and "inline_keyboard" in markup:
            content["reply_markup"] = markup
        message = self.world.add_message(chat, self.world.bot, content, by_bot=True)
        if markup and ("keyboard" in markup or "remove_keyboard" in markup):
            self.world.set_keyboard(chat, markup if "keyboard" in markup else None)
        return message

    def extras(self, chat: Chat) -> JsonDict:
        """Protection, reply and preview fields of a message to be sent. Raises 400."""
        params = self.params
        extras: JsonDict = {}
        if "protect_content" in params and self.flag("protect_content"):
            extras["has_protected_content"] = True
        if "link_preview_options" in params:
            extras["link_preview_options"] = self.value("link_preview_options")
        if "reply_parameters" in params or "reply_to_message_id" in params:
            extras.update(self._reply(chat))
        return extras

    def _reply(self, chat: Chat) -> JsonDict:
        given = self.value("reply_parameters")
        reply = given if isinstance(given, dict) else {"message_id": self.number("reply_to_message_id")}
        known = chat.messages.get(int(reply.get("message_id") or 0))
        if known is not None:
            return {"reply_to_message": {k: v for k, v in known.items() if k != "reply_to_message"}}
        if reply.get("allow_sending_without_reply") or self.flag("allow_sending_without_reply"):
            return {}
        raise bad_request("message to be replied not found")

    def file(self, field: str, value: object = None) -> StoredFile:
        """The file a parameter means: an upload, `attach://name`, or a known file_id. Raises 400."""
        given = self.params.get(field) if value is None else value
        attached = str(given).removeprefix("attach://") if str(given).startswith("attach://") else field
        upload = self.uploads.get(attached)
        if upload is not None and (given is None or str(given).startswith("attach://")):
            return self.world.files.add(field, upload.data, upload.name, upload.mime)
        if not given:
            raise bad_request(f"there is no {field} in the request")
        if str(given).startswith(("http://", "https://")):
            raise bad_request("failed to get HTTP URL content")
        return self.world.files.get(str(given))


def format_text(raw: str, mode: str, entities: object, field: str) -> JsonDict:
    """Text trimmed and parsed into `{field: ..., entities_field: [...]}`. Raises 400."""
    name = "entities" if field == "text" else "caption_entities"
    mode = mode.lower()
    if mode not in {"", "html"}:
        raise bad_request("unsupported parse_mode")
    marks = entities if isinstance(entities, list) else []
    text = raw
    if mode == "html" and ("<" in raw or "&" in raw):
        text, marks = parse_html(raw)
    text, marks = _trimmed(text, marks)
    limit, refusal = (
        (TEXT_LIMIT, "message is too long")
        if field == "text"
        else (CAPTION_LIMIT, "message caption is too long")
    )
    if len(text) > limit:
        raise bad_request(refusal)
    if not text:
        return {}
    marks = _with_detected(marks, detect_entities(text))
    return {field: text, name: marks} if marks else {field: text}


def _with_detected(marks: list[JsonDict], detected: list[JsonDict]) -> list[JsonDict]:
    """The given marks and those found links and commands that touch none of them."""
    if not marks or not detected:
        return marks or detected

    def apart(one: JsonDict, other: JsonDict) -> bool:
        return bool(
            one["offset"] + one["length"] <= other["offset"]
            or other["offset"] + other["length"] <= one["offset"]
        )

    free = [found for found in detected if all(apart(found, mark) for mark in marks)]
    return sorted([*marks, *free], key=lambda mark: int(mark["offset"]))


def _trimmed(text: str, marks: list[JsonDict]) -> tuple[str, list[JsonDict]]:
    """Text without white space around it. Only what follows is cut when marks would move."""
    if not marks:
        return text.strip(), marks
    return text.rstrip(), marks


def _shut_out(chat: Chat) -> str:
    if chat.private:
        return "bot was blocked by the user"
    kind = chat.json["type"]
    return (
        f"bot was kicked from the {kind} chat"
        if chat.bot_status == "kicked"
        else f"bot is not a member of the {kind} chat"
    )
