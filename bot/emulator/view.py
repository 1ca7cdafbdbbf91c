"""Reading a chat: its messages, a transcript, and waiting for what comes."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable

from bot.emulator.bubble import Bubble
from bot.emulator.world import Chat, World

Wanted = str | re.Pattern[str] | Callable[[Bubble], bool] | None
WAIT_SECONDS = 15.0


def matches(bubble: Bubble, wanted: Wanted) -> bool:
    """Whether a message holds the text, fits the pattern or the predicate (None: any)."""
    if wanted is None:
        return True
    if isinstance(wanted, str):
        return wanted in bubble.text
    if isinstance(wanted, re.Pattern):
        return wanted.search(bubble.text) is not None
    return wanted(bubble)


class ChatView:
    """What is visible in one chat.

    Waiting looks at what the bot wrote or edited after a mark; each action of a person sets the
    mark, `mark()` sets it by hand. Finding a message does not use it up.
    """

    def __init__(self, world: World, chat: Chat) -> None:
        self._world = world
        self._chat = chat
        self._since = world.seq

    @property
    def chat_id(self) -> int:
        """The chat's id."""
        return self._chat.id

    @property
    def messages(self) -> list[Bubble]:
        """Everything to be seen, oldest first: edits applied, deleted ones gone."""
        return [self._bubble(number) for number in self._chat.messages]

    @property
    def last(self) -> Bubble:
        """The bot's newest message. Raises AssertionError when there is none."""
        for number in reversed(self._chat.messages):
            if (bubble := self._bubble(number)).from_bot:
                return bubble
        raise AssertionError("the bot has written nothing here")

    @property
    def keyboard(self) -> list[list[str]]:
        """The labels of the keyboard under the text field, row by row."""
        rows = (self._chat.keyboard or {}).get("keyboard", [])
        return [[key["text"] for key in row] for row in rows]

    @property
    def news(self) -> list[Bubble]:
        """What the bot wrote or edited since the mark, oldest first."""
        return [self._bubble(n) for n, seq in list(self._chat.heard.items()) if seq > self._since]

    def transcript(self, newest: int = 50) -> str:
        """The newest messages as plain lines."""
        shown = self.messages[-newest:]
        return "\n".join(line for bubble in shown for line in bubble.lines())

    def mark(self) -> None:
        """From now on waiting looks only at what comes later."""
        self._since = self._world.seq

    async def wait_for(self, wanted: Wanted = None, timeout: float = WAIT_SECONDS) -> Bubble:  # noqa: ASYNC109 - a test reads better so
        """The bot's first message since the mark that has the text (or fits), once it is there.

        Raises AssertionError with the transcript after `timeout` seconds.
        """
        found: list[Bubble] = []

        def there() -> bool:
            found[:] = [bubble for bubble in self.news if matches(bubble, wanted)][:1]
            return bool(found)

        await self.wait_until(there, timeout, f"no message with {_name(wanted)}")
        return found[0]

    async def wait_until(
        self,
        condition: Callable[[], bool],
        timeout: float = WAIT_SECONDS,  # noqa: ASYNC109 - a test reads better so
        complaint: str = "it did not happen",
    ) -> None:
        """Wait until the condition holds, looked at after each change in this chat."""
        loop = asyncio.get_running_loop()
        until = loop.time() + timeout
        while not condition():
            left = until - loop.time()
            if left <= 0 or not await self._chat.signal.wait(left):
                if condition():
                    return
                raise AssertionError(
                    f"{complaint} within {timeout:g} s; the chat:\n{self.transcript() or '(empty)'}"
                )

    async def stays_silent(self, seconds: float = 0.3) -> None:
        """Make sure that the bot writes nothing here for a while since the mark."""
        try:
            bubble = await self.wait_for(None, seconds)
        except AssertionError:
            return
        raise AssertionError(f"the bot was to be silent but wrote: {bubble.text}")

    def _bubble(self, number: int) -> Bubble:
        raw = self._chat.messages[number]
        return Bubble(raw, raw["from"]["id"] == self._world.bot["id"])


def _name(wanted: Wanted) -> str:
    if isinstance(wanted, re.Pattern):
        return f"/{wanted.pattern}/"
    return repr(wanted) if isinstance(wanted, str) else "what was waited for"
