"""The people, the groups and the knobs of an emulator, without HTTP."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.emulator.api import Api, ApiCall
from bot.emulator.faults import Faults
from bot.emulator.limits import Limiter, Limits
from bot.emulator.objects import JsonDict
from bot.emulator.people import Group, Person
from bot.emulator.updates import FIRST_UPDATE_ID
from bot.emulator.webhook import WebhookSender
from bot.emulator.world import World

DEFAULT_TOKEN = "123456:TEST"  # noqa: S105 - opens nothing but this emulator
KEPT_CALLS = 10_000


@dataclass(frozen=True, slots=True)
class Place:
    """A point that the chat page offers when it is asked for a location."""

    name: str
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Options:
    """How an emulator is made; `port` 0 takes a free one, `keep_calls` 0 keeps no log.

    A bot that lived with an emulator before needs a higher `first_update_id`: it drops what it has heard.
    """

    token: str = DEFAULT_TOKEN
    host: str = "127.0.0.1"
    port: int = 0
    limits: Limits = Limits()  # noqa: RUF009 - frozen
    bot_name: str = "Community bot"
    bot_username: str = "emulated_bot"
    keep_calls: int = KEPT_CALLS
    webhook_backoff: tuple[float, float] = (1.0, 60.0)
    places: Sequence[Place] = ()
    accept_any_chat: bool = False
    first_update_id: int = FIRST_UPDATE_ID


class Town:
    """Everything of an emulator that does not listen."""

    def __init__(self, options: Options, persons: Mapping[str, str] | Iterable[str] = ()) -> None:
        self.options = options
        self.world = World(options.token, options.bot_name, options.bot_username, options.first_update_id)
        self.world.accept_any_chat = options.accept_any_chat
        self.faults = Faults()
        self.persons: dict[str, Person] = {}
        self.groups: dict[str, Group] = {}
        self._limiter = Limiter(options.limits, self.world.clock)
        self.webhook = WebhookSender(self.world.updates, self.world.clock, options.webhook_backoff)
        self.api = Api(self.world, self._limiter, self.faults, self.webhook, options.keep_calls)
        named = persons if isinstance(persons, Mapping) else {name.lower(): name for name in persons}
        for key, name in named.items():
            self.person(name, key=key)

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.world.token

    @property
    def bot_id(self) -> int:
        """The bot's user id."""
        return int(self.world.bot["id"])

    @property
    def bot_username(self) -> str:
        """The bot's user name, without @."""
        return str(self.world.bot["username"])

    def person(
        self,
        name: str,
        user_id: int | None = None,
        language_code: str = "en",
        *,
        key: str | None = None,
        username: str | None = None,
        started: bool = True,
    ) -> Person:
        """A new person. `started=False`: the bot may not write to them before they do.

        Raises ValueError when the id or the key is taken.
        """
        short = key or self._free_key(name)
        user = self.world.add_user(short, name, user_id, language_code, username)
        person = self.persons[short] = Person(self.world, user, started=started)
        return person

    def group(
        self,
        title: str,
        chat_id: int | None = None,
        members: Iterable[Person] = (),
        *,
        key: str | None = None,
        administrator: bool = False,
    ) -> Group:
        """A new group with the bot as a member (or an administrator, who hears every message)."""
        chat = self.world.add_group(title, chat_id)
        chat.bot_status = "administrator" if administrator else "member"
        group = Group(self.world, chat)
        for member in members:
            group.add(member)
        self.groups[key or f"group{-chat.id}"] = group
        return group

    @property
    def limits(self) -> Limits:
        """The sending limits in force; setting them forgets what was sent before."""
        return self._limiter.limits

    @limits.setter
    def limits(self, limits: Limits) -> None:
        self._limiter.limits = limits

    @property
    def latency_seconds(self) -> float:
        """How long each call waits before it is applied."""
        return self.api.latency_seconds

    @latency_seconds.setter
    def latency_seconds(self, seconds: float) -> None:
        self.api.latency_seconds = seconds

    @property
    def calls(self) -> list[ApiCall]:
        """The newest calls of the bot, oldest first."""
        return list(self.api.calls)

    def calls_of(self, method: str) -> list[ApiCall]:
        """The newest calls of one method (as in `sendMessage`)."""
        return [call for call in self.api.calls if call.method == method]

    @property
    def pending(self) -> int:
        """How many updates the bot has not confirmed."""
        return len(self.world.updates)

    def push_update(self, update: JsonDict) -> int:
        """Queue any update, even a malformed one; its own update_id is kept. The update_id."""
        return self.world.updates.inject(update)

    def advance(self, seconds: float) -> None:
        """Let time pass at once for limits, callback queries, updates and dates."""
        self.world.clock.advance(seconds)

    def _free_key(self, name: str) -> str:
        stem = "".join(letter for letter in name.lower() if letter.isalnum()) or "person"
        number = 1
        while (key := stem if number == 1 else f"{stem}{number}") in self.persons:
            number += 1
        return key
