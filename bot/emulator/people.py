"""People and groups, as tests use them."""

from __future__ import annotations

from bot.emulator.bubble import Bubble
from bot.emulator.objects import JsonDict
from bot.emulator.seat import Seat
from bot.emulator.view import ChatView
from bot.emulator.world import Chat, User, World


class Person(Seat):
    """A person in their private chat with the bot."""

    def __init__(self, world: World, user: User, *, started: bool = True) -> None:
        chat = world.open_private(user) if started else world.chats.get(user.id)
        if chat is None:
            chat = world.open_private(user)
            # Until they write first the bot does not know the chat.
            del world.chats[user.id]
        super().__init__(world, chat, user)

    @property
    def blocked(self) -> bool:
        """Whether they do not want to hear from the bot."""
        return self._chat.bot_status == "kicked"

    def block(self) -> None:
        """Stop the bot: it gets a my_chat_member update and 403 from now on."""
        self._turn("kicked")

    def unblock(self) -> None:
        """Let the bot write again."""
        self._turn("member")

    def at(self, group: Group) -> Seat:
        """The same person in a group: say, tap and so on happen there."""
        return Seat(self._world, group.chat, self._user)

    def _send(self, content: JsonDict, reply_to: int | None = None) -> Bubble:
        self._world.chats.setdefault(self._user.id, self._chat)
        return super()._send(content, reply_to)

    def _turn(self, status: str) -> None:
        if self._chat.bot_status != status:
            change_bot_status(self._world, self._chat, self._user, status)
        self.mark()


class Group(ChatView):
    """A group with the bot in it."""

    @property
    def chat(self) -> Chat:
        """The chat behind it."""
        return self._chat

    @property
    def title(self) -> str:
        """The group's name."""
        return str(self._chat.json["title"])

    def add(self, person: Person, status: str = "member") -> Seat:
        """Let a person in (status member, administrator or creator)."""
        self._chat.members[person.id] = status
        self._world.emit("member", self._chat, {"user_id": person.id, "status": status})
        return person.at(self)

    def remove(self, person: Person) -> None:
        """A person goes."""
        self._chat.members[person.id] = "left"
        self._world.emit("member", self._chat, {"user_id": person.id, "status": "left"})

    def say(self, person: Person, text: str, reply_to: int | None = None) -> Bubble:
        """A member writes."""
        self.mark()
        return person.at(self).say(text, reply_to)

    def tap(self, person: Person, label_or_data: str, message: Bubble | int | None = None) -> str:
        """A member taps a button; the callback query's id."""
        self.mark()
        return person.at(self).tap(label_or_data, message)

    def kick_bot(self, by: Person) -> None:
        """Throw the bot out: my_chat_member, and 403 from now on."""
        self._turn(by, "kicked")

    def add_bot(self, by: Person, *, administrator: bool = False) -> None:
        """Let the bot in (again), as a member or an administrator."""
        self._turn(by, "administrator" if administrator else "member")

    def _turn(self, by: Person, status: str) -> None:
        if self._chat.bot_status != status:
            change_bot_status(self._world, self._chat, self._world.users[by.id], status)
        self.mark()


def change_bot_status(world: World, chat: Chat, by: User, status: str) -> None:
    """Change how the bot stands in a chat and tell it so."""
    change = {
        "chat": chat.json,
        "from": by.json,
        "date": world.clock.unix(),
        "old_chat_member": _bot_member(world.bot, chat.bot_status),
        "new_chat_member": _bot_member(world.bot, status),
    }
    chat.bot_status = status
    world.emit("member", chat, {"bot_status": status})
    world.updates.push("my_chat_member", change, ("member", by.id))


def _bot_member(bot: JsonDict, status: str) -> JsonDict:
    member: JsonDict = {"user": bot, "status": status}
    if status == "kicked":
        return member | {"until_date": 0}
    if status != "administrator":
        return member
    allowed = (
        "manage_chat",
        "delete_messages",
        "restrict_members",
        "promote_members",
        "change_info",
        "invite_users",
    )
    rights = {
        f"can_{name}": False
        for name in (*allowed, "manage_video_chats", "post_stories", "edit_stories", "delete_stories")
    }
    return (
        member
        | rights
        | {
            "can_be_edited": False,
            "is_anonymous": False,
            "can_manage_chat": True,
            "can_delete_messages": True,
        }
    )
