"""The emulator as a whole: a Bot API server with people in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Self

from bot.emulator.control import Control
from bot.emulator.server import Server
from bot.emulator.town import Options, Town


class Emulator(Town):
    """A local Bot API server with people in it. Use it with `async with`.

    >>> async with Emulator(limits=Limits.off()) as emulator:
    ...     ada = emulator.person("Ada")
    ...     ada.say("/start")
    ...     await ada.wait_for("Welcome")
    """

    def __init__(
        self,
        options: Options | None = None,
        *,
        persons: Mapping[str, str] | Iterable[str] = (),
        **settings: object,
    ) -> None:
        super().__init__(options or Options(**settings), persons)  # type: ignore[arg-type]  # Options checks
        self._server = Server(self.api, self.world, Control(self).handle)

    async def __aenter__(self) -> Self:
        await self._server.start(self.options.host, self.options.port)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.world.close()
        await self.webhook.stop()
        await self._server.stop()

    @property
    def url(self) -> str:
        """Where it answers, e.g. `http://127.0.0.1:8081`, without a slash at the end."""
        return self._server.url
