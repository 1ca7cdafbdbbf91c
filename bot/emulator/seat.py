"""A person in a chat: what they can do there."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from bot.emulator.bubble import Bubble
from bot.emulator.files import media_content
from bot.emulator.objects import JsonDict, detect_entities
from bot.emulator.view import WAIT_SECONDS, ChatView
from bot.emulator.world import Chat, User, World


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to be sent. `kind` is photo, document, video, voice or audio; `size` may be pretended."""

    data: bytes
    kind: str = "photo"
    name: str | None = None
    mime: str | None = None
    size: int | None = None


class Seat(ChatView):
    """One person in one chat; every action becomes an update for the bot."""

    def __init__(self, world: World, chat: Chat, user: User) -> None:
        super().__init__(world, chat)
        self._user = user

    @property
    def id(self) -> int:
        """The person's user id."""
        return self._user.id

    @property
    def key(self) -> str:
        """The person's short name."""
        return self._user.key

    @property
    def name(self) -> str:
        """The person's first name."""
        return str(self._user.json["first_name"])

    @property
    def callback_answers(self) -> list[JsonDict]:
        """The short answers to their taps, oldest first."""
        return list(self._user.answers)

    def say(self, text: str, reply_to: int | None = None) -> Bubble:
        """Write a message; commands, links and addresses are marked as the real server does."""
        entities = detect_entities(text)
        return self._send({"text": text} | ({"entities": entities} if entities else {}), reply_to)

    def send(self, content: JsonDict) -> Bubble:
        """Write a message with any content of the Bot API's `Message`."""
        return self._send(content)

    def send_photo(
        self, data: bytes, media_group_id: str | None = None, caption: str | None = None
    ) -> Bubble:
        """Send a photo."""
        return self._attach(Attachment(data), media_group_id, caption)

    def send_document(
        self,
        data: bytes,
        name: str,
        mime: str,
        media_group_id: str | None = None,
        *,
        caption: str | None = None,
        size: int | None = None,
    ) -> Bubble:
        """Send a file; `size` pretends another size in bytes."""
        return self._attach(Attachment(data, "document", name, mime, size), media_group_id, caption)

    def send_video(self, data: bytes = b"video", caption: str | None = None) -> Bubble:
        """Send a video."""
        return self._attach(Attachment(data, "video", "video.mp4", "video/mp4"), None, caption)

    def send_voice(self, data: bytes = b"OggS") -> Bubble:
        """Send a voice message."""
        return self._attach(Attachment(data, "voice"), None, None)

    def send_sticker(self) -> Bubble:
        """Send a sticker."""
        return self._attach(Attachment(b"RIFF", "sticker"), None, None)

    def send_album(self, items: Sequence[bytes | Attachment], caption: str | None = None) -> list[Bubble]:
        """Send several photos or files as one album: a message each, the caption on the first."""
        return self.send_files(
            [Attachment(item) if isinstance(item, bytes) else item for item in items], caption
        )

    def send_files(self, files: Sequence[Attachment], caption: str | None = None) -> list[Bubble]:
        """Send files as a client does: one alone, several as an album."""
        album = str(secrets.randbits(52)) if len(files) > 1 else None
        return [self._attach(file, album, None if index else caption) for index, file in enumerate(files)]

    def send_location(self, lat: float, lon: float, live_period: int | None = None) -> Bubble:
        """Send a point, as the "share location" key does; one that moves on for `live_period` seconds."""
        live = {"live_period": live_period} if live_period else {}
        return self._send({"location": _point(lat, lon) | live})

    def move(self, message_id: int, lat: float, lon: float) -> Bubble:
        """Let a live location move on, as a client does by itself."""
        known = self._own(message_id)
        live = {"live_period": known["location"]["live_period"]}
        return self._change(known, {"location": _point(lat, lon) | live})

    def send_venue(self, lat: float, lon: float, title: str, address: str) -> Bubble:
        """Send a place with its name."""
        point = _point(lat, lon)
        return self._send(
            {"venue": {"location": point, "title": title, "address": address}, "location": point}
        )

    def send_contact(self, phone_number: str = "+441632960001", first_name: str | None = None) -> Bubble:
        """Send a phone number; their own when no other name is given."""
        contact: JsonDict = {"phone_number": phone_number, "first_name": first_name or self.name}
        return self._send({"contact": contact if first_name else contact | {"user_id": self.id}})

    def send_poll(
        self, question: str = "Which day?", options: Sequence[str] = ("Monday", "Tuesday")
    ) -> Bubble:
        """Send a poll."""
        poll = {
            "id": str(secrets.randbits(60)),
            "question": question,
            "options": [
                {"persistent_id": str(i), "text": option, "voter_count": 0}
                for i, option in enumerate(options)
            ],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }
        return self._send({"poll": poll})

    def edit(self, message_id: int, new_text: str) -> Bubble:
        """Change the words of an own message."""
        known = self._own(message_id)
        edited = self._change(known, {"caption" if "caption" in known else "text": new_text})
        self.mark()
        return edited

    def tap(self, label_or_data: str, message: Bubble | int | None = None) -> str:
        """Tap the button with this label (or data that starts so) on the newest message that has it.

        Keys of the reply keyboard are written as text. The id of the callback query, or "" for a
        key. Raises AssertionError with the visible buttons when there is no such button.
        """
        wanted = message.id if isinstance(message, Bubble) else message
        shown = [b for b in reversed(self.messages) if wanted is None or b.id == wanted]
        for bubble in shown:
            button = bubble.button(label_or_data)
            if button is not None:
                return self._press(bubble, button)
        if wanted is None and self._press_key(label_or_data):
            return ""
        visible = [f"  message {b.id}: {b.buttons}" for b in shown if b.buttons]
        complaint = "\n".join(
            [f"{self.name} sees no button {label_or_data!r}; keyboard {self.keyboard}; buttons:", *visible]
        )
        raise AssertionError(complaint)

    def tap_data(self, data: str, message_id: int) -> str:
        """Send a callback query with any data, as a forged client can; the query's id."""
        callback_id = str(secrets.randbits(62))
        known = self._chat.messages.get(message_id)
        gone = {"chat": self._chat.json, "message_id": message_id, "date": 0}
        self._world.remember_callback(callback_id, self.id, self._chat.id)
        self.mark()
        query = {
            "id": callback_id,
            "from": self._user.json,
            "message": known or gone,
            "chat_instance": str(self._chat.id),
            "data": data,
        }
        self._world.updates.push("callback_query", query, ("callback", self.id))
        return callback_id

    def link(self, label: str) -> str:
        """The address behind the newest link button with this label."""
        for bubble in reversed(self.messages):
            button = bubble.button(label)
            if button and "url" in button:
                return str(button["url"])
        raise AssertionError(f"{self.name} sees no link {label!r}")

    async def wait_for_answer(self, callback_id: str, timeout: float = WAIT_SECONDS) -> JsonDict:  # noqa: ASYNC109 - a test reads better so
        """The bot's answer to a tap (`text`, `show_alert`, `url`)."""

        def answers() -> list[JsonDict]:
            return [a for a in self._user.answers if a["callback_query_id"] == callback_id]

        await self.wait_until(lambda: bool(answers()), timeout, "no answer to the tap")
        return answers()[0]

    def _own(self, message_id: int) -> JsonDict:
        known = self._chat.messages.get(message_id)
        if known is None or known["from"]["id"] != self.id:
            raise AssertionError(f"{self.name} has no message {message_id}")
        return known

    def _change(self, known: JsonDict, content: JsonDict) -> Bubble:
        edited = known | content | {"edit_date": self._world.clock.unix()}
        self._world.replace_message(self._chat, edited, by_bot=False)
        self._world.updates.push("edited_message", edited, ("chat", self._chat.id))
        return self._bubble(edited["message_id"])

    def _press(self, bubble: Bubble, button: JsonDict) -> str:
        if "callback_data" not in button:
            raise AssertionError(f"{button['text']!r} is a link, read it with link(): {button}")
        return self.tap_data(button["callback_data"], bubble.id)

    def _press_key(self, label: str) -> bool:
        rows = (self._chat.keyboard or {}).get("keyboard", [])
        key = next((key for row in rows for key in row if key["text"].strip() == label.strip()), None)
        if key is None:
            return False
        if key.get("request_location") or key.get("request_contact"):
            raise AssertionError(f"{label!r} asks for data: use send_location() or send_contact()")
        self.say(key["text"])
        return True

    def _attach(self, file: Attachment, album: str | None, caption: str | None) -> Bubble:
        stored = self._world.files.add(file.kind, file.data, file.name, file.mime, file.size)
        content = media_content(file.kind, stored)
        if caption:
            content["caption"] = caption
        if album:
            content["media_group_id"] = album
        return self._send(content)

    def _send(self, content: JsonDict, reply_to: int | None = None) -> Bubble:
        chat, world = self._chat, self._world
        self._check_may_write()
        if reply_to is not None and reply_to in chat.messages:
            content = content | {"reply_to_message": chat.messages[reply_to]}
        message = world.add_message(chat, self._user.json, content, by_bot=False)
        if (chat.keyboard or {}).get("one_time_keyboard"):
            world.set_keyboard(chat, None)
        self.mark()
        if self._bot_hears(message):
            world.updates.push("message", message, ("chat", chat.id))
        return Bubble(message, from_bot=False)

    def _check_may_write(self) -> None:
        if self._chat.private and self._chat.bot_status == "kicked":
            raise AssertionError(f"{self.name} has blocked the bot: unblock() first")
        if self._chat.members.get(self.id, "left") == "left":
            raise AssertionError(f"{self.name} is not in this chat")

    def _bot_hears(self, message: JsonDict) -> bool:
        """Privacy mode: a bot that is no administrator gets commands, mentions and replies to it only."""
        chat, bot = self._chat, self._world.bot
        if chat.private or chat.bot_status == "administrator":
            return True
        if chat.bot_status != "member":
            return False
        text = str(message.get("text") or message.get("caption") or "")
        replied = message.get("reply_to_message", {}).get("from", {}).get("id")
        addressed = text.startswith("/") or f"@{bot['username']}" in text or replied == bot["id"]
        return self._world.reads_all_group_messages or addressed


def _point(lat: float, lon: float) -> JsonDict:
    return {"latitude": lat, "longitude": lon}
