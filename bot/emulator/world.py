"""Everything the emulator knows: people, chats, messages, files, and what changed in which order."""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass, field

from bot.emulator.clock import Clock
from bot.emulator.files import FileStore
from bot.emulator.objects import JsonDict, group_chat_object, private_chat_object, user_object
from bot.emulator.signal import Signal
from bot.emulator.updates import FIRST_UPDATE_ID, UpdateQueue

KEPT_MESSAGES = 500
KEPT_CHANGES = 5_000
KEPT_ANSWERS = 500
KEPT_CALLBACKS = 10_000
FIRST_PERSON_ID = 100_001
FIRST_GROUP_ID = -500_001


@dataclass(slots=True)
class Change:
    """Something visible that happened: number, kind, chat and what is needed to show it."""

    seq: int
    kind: str
    chat_id: int
    content: JsonDict


@dataclass(slots=True)
class User:
    """A person. `key` is the short name used by tests, the chat page and the command line."""

    key: str
    json: JsonDict
    answers: deque[JsonDict] = field(default_factory=lambda: deque(maxlen=KEPT_ANSWERS))

    @property
    def id(self) -> int:
        """The user id, which is also the id of the private chat."""
        return int(self.json["id"])


@dataclass(slots=True)
class Chat:
    """A private chat or a group, with its newest messages by id."""

    id: int
    json: JsonDict
    bot_status: str = "member"
    members: dict[int, str] = field(default_factory=dict)
    messages: dict[int, JsonDict] = field(default_factory=dict)
    heard: dict[int, int] = field(default_factory=dict)
    keyboard: JsonDict | None = None
    next_id: int = 1
    signal: Signal = field(default_factory=Signal)

    @property
    def private(self) -> bool:
        """Whether this is a chat of one person with the bot."""
        return self.id > 0


@dataclass(slots=True)
class Callback:
    """A tapped button that the bot may still answer."""

    user_id: int
    chat_id: int
    tapped: float


class World:
    """The state behind the Bot API and the people. Every change goes through here."""

    def __init__(
        self, token: str, bot_name: str, bot_username: str, first_update_id: int = FIRST_UPDATE_ID
    ) -> None:
        self.clock = Clock()
        self.token = token
        self.bot: JsonDict = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": bot_name,
            "username": bot_username,
        }
        self.users: dict[int, User] = {}
        self.chats: dict[int, Chat] = {}
        self.files = FileStore()
        self.updates = UpdateQueue(self.clock, first_update_id)
        self.updates.on_taken = self.delivered
        self.callbacks: OrderedDict[str, Callback] = OrderedDict()
        self.commands: dict[str, list[JsonDict]] = {}
        self.profile: dict[str, str] = {}
        self.changes: deque[Change] = deque(maxlen=KEPT_CHANGES)
        self.signal = Signal()
        self.seq = 0
        self.closed = False
        self.reads_all_group_messages = False
        # For load tests: an unknown positive chat id becomes a person who has started the bot.
        self.accept_any_chat = False

    def add_user(
        self, key: str, name: str, user_id: int | None, language_code: str, username: str | None
    ) -> User:
        """A new person. Raises ValueError when the key or the id is taken."""
        number = user_id or max([FIRST_PERSON_ID - 1, *self.users]) + 1
        if number in self.users or any(user.key == key for user in self.users.values()):
            raise ValueError(f"there is already a person {key!r} or {number}")
        user = self.users[number] = User(key, user_object(number, name, username, language_code))
        return user

    def open_private(self, user: User) -> Chat:
        """The private chat of a person with the bot, made when it is not there yet."""
        chat = self.chats.get(user.id)
        if chat is None:
            chat = self.chats[user.id] = Chat(user.id, private_chat_object(user.json))
            chat.members[user.id] = "member"
            self.emit("chat", chat, {})
        return chat

    def add_group(self, title: str, chat_id: int | None) -> Chat:
        """A new group with the bot in it."""
        number = chat_id or min([FIRST_GROUP_ID + 1, *(c for c in self.chats if c > -(10**12))]) - 1
        if number in self.chats or number > 0:
            raise ValueError(f"{number} cannot be the id of a new group")
        chat = self.chats[number] = Chat(number, group_chat_object(number, title))
        self.emit("chat", chat, {})
        return chat

    def announce(self, kind: str) -> None:
        """Number a change that is about no chat, such as a new command menu."""
        self.seq += 1
        self.changes.append(Change(self.seq, kind, 0, {}))
        self.signal.fire()

    def delivered(self, update: JsonDict) -> None:
        """The bot has taken an update: show it under the person's message."""
        message = update.get("message")
        if not isinstance(message, dict) or not isinstance(message.get("chat"), dict):
            return
        if chat := self.chats.get(message["chat"].get("id", 0)):
            self.emit("delivered", chat, {"message_id": message.get("message_id")})

    def waiting_messages(self, chat: Chat) -> list[int]:
        """The ids of messages in a chat that the bot has not taken yet."""
        lane = [pending for pending in self.updates.items() if pending.key == ("chat", chat.id)]
        waiting = (pending.body.get("message") for pending in lane)
        return [message["message_id"] for message in waiting if isinstance(message, dict)]

    def emit(self, kind: str, chat: Chat, content: JsonDict) -> int:
        """Number a change and wake those who watch."""
        self.seq += 1
        self.changes.append(Change(self.seq, kind, chat.id, content))
        chat.signal.fire()
        self.signal.fire()
        return self.seq

    def add_message(self, chat: Chat, sender: JsonDict, content: JsonDict, *, by_bot: bool) -> JsonDict:
        """Put a new message into a chat; the oldest falls out when there are too many."""
        number = chat.next_id
        chat.next_id = number + 1
        message: JsonDict = {
            "message_id": number,
            "from": sender,
            "chat": chat.json,
            "date": self.clock.unix(),
            **content,
        }
        messages = chat.messages
        messages[number] = message
        seq = self.emit("message", chat, message)
        if by_bot:
            chat.heard[number] = seq
        if len(messages) > KEPT_MESSAGES:
            oldest = next(iter(messages))
            del messages[oldest]
            chat.heard.pop(oldest, None)
        return message

    def replace_message(self, chat: Chat, message: JsonDict, *, by_bot: bool) -> None:
        """Put an edited message in place of the old one."""
        number = message["message_id"]
        chat.messages[number] = message
        seq = self.emit("edit", chat, message)
        if by_bot:
            chat.heard[number] = seq

    def delete_message(self, chat: Chat, message_id: int) -> None:
        """Take a message away for everybody."""
        del chat.messages[message_id]
        chat.heard.pop(message_id, None)
        self.emit("delete", chat, {"message_id": message_id})

    def set_keyboard(self, chat: Chat, keyboard: JsonDict | None) -> None:
        """Show or remove the keyboard under the text field."""
        if chat.keyboard != keyboard:
            chat.keyboard = keyboard
            self.emit("keyboard", chat, keyboard or {})

    def remember_callback(self, callback_id: str, user_id: int, chat_id: int) -> None:
        """A button was tapped: its query can be answered for 150 s."""
        self.callbacks[callback_id] = Callback(user_id, chat_id, self.clock.monotonic())
        if len(self.callbacks) > KEPT_CALLBACKS:
            self.callbacks.popitem(last=False)

    def close(self) -> None:
        """Let go of everybody who waits: the emulator ends."""
        self.closed = True
        self.updates.interrupt("")
        self.signal.fire()
