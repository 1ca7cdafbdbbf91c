"""The emulator's Bot API without sockets: the way there, the answer, the way back, in a loop's own time."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field
from typing import Any

from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

from bot.emulator.api import Dropped, Garbled
from bot.emulator.errors import ApiError
from bot.emulator.town import Town
from notifications.api import NotSentError

PAGE = b"<html>502 Bad Gateway</html>"


@dataclass(slots=True)
class Asked:
    """One request: what it is about, when it began, whether the server did it, when its answer was back."""

    chat_id: int
    text: str
    began: float
    applied: bool = False
    answered: float | None = None


@dataclass(slots=True)
class Wire(BaseRequest):
    """Carries calls to a town's API. `there` and `back` are seconds; `refuse` is how many find no server."""

    town: Town
    there: float = 0.03
    back: float = 0.05
    refuse: int = 0
    asked: list[Asked] = field(default_factory=list)

    @property
    def read_timeout(self) -> float:
        return 20.0

    async def initialize(self) -> None: ...

    async def shutdown(self) -> None: ...

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_times: Any, **_more: Any
    ) -> tuple[int, bytes]:
        """Carry one call; the server may do it although nobody hears of that."""
        if self.refuse > 0:
            self.refuse -= 1
            raise NotSentError(method)
        assert request_data is not None
        params = json.loads(request_data.json_payload)
        one = Asked(params["chat_id"], params["text"], asyncio.get_running_loop().time())
        self.asked.append(one)
        await asyncio.sleep(self.there)
        try:
            status, answer = await self._answer(url.rsplit("/", 1)[-1], params, one)
        finally:
            one.answered = asyncio.get_running_loop().time()
        return status, answer

    async def _answer(self, method: str, params: dict[str, Any], one: Asked) -> tuple[int, bytes]:
        try:
            result = await self.town.api.answer(method, params, {})
        except ApiError as error:
            await asyncio.sleep(self.back)
            return error.code, json.dumps(error.body()).encode()
        except Dropped:
            one.applied = self.town.api.calls[-1].ok
            raise NetworkError("dropped") from None
        except Garbled:
            one.applied = True
            return 502, PAGE
        one.applied = True
        await asyncio.sleep(self.back)
        return 200, json.dumps({"ok": True, "result": result}).encode()
