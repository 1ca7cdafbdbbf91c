"""The emulator's Bot API without sockets: the way there, the answer, the way back, in a loop's own time."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

from bot.emulator.api import Dropped, Garbled
from bot.emulator.call import Upload
from bot.emulator.errors import ApiError
from bot.emulator.town import Town
from notifications.api import NotSentError
from store.domain.clock import Clock

PAGE = b"<html>502 Bad Gateway</html>"
CERTAINLY_NOT = frozenset({400, 403, 429})
"""Errors after which it is known that nothing was done."""


@dataclass(slots=True)
class Asked:
    """One request: what it is about, when it began, whether the server did it, when its answer was back.

    `at` is when it began by the clock. `uploads`: the bytes of its file went with it; `names` is what it
    called a file instead. `denied`: the answer was that nothing was done.
    """

    chat_id: int
    text: str
    began: float
    at: datetime
    uploads: bool = False
    names: str | None = None
    applied: bool = False
    denied: bool = False
    answered: float | None = None
    answered_at: datetime | None = None


@dataclass(slots=True)
class Wire(BaseRequest):
    """Carries calls to a town's API. `there` and `back` are seconds; `refuse` is how many find no server.

    `moved` says which groups have another id by now.
    """

    town: Town
    clock: Clock
    there: float = 0.03
    back: float = 0.05
    refuse: int = 0
    moved: dict[int, int] = field(default_factory=dict)
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
        params, uploads = _read(request_data)
        one = self._noted(params, uploads)
        await asyncio.sleep(self.there)
        try:
            status, answer = await self._answer(url.rsplit("/", 1)[-1], (params, uploads), one)
        finally:
            one.answered, one.answered_at = asyncio.get_running_loop().time(), self.clock.now()
        return status, answer

    def _noted(self, params: Mapping[str, Any], uploads: Mapping[str, Upload]) -> Asked:
        one = Asked(
            int(params["chat_id"]),
            str(params.get("text") or params.get("caption") or ""),
            asyncio.get_running_loop().time(),
            self.clock.now(),
            uploads=bool(uploads),
            names=params.get("photo") or params.get("document"),
        )
        self.asked.append(one)
        return one

    async def _answer(
        self, method: str, said: tuple[dict[str, Any], dict[str, Upload]], one: Asked
    ) -> tuple[int, bytes]:
        try:
            self._check_moved(one.chat_id)
            result = await self.town.api.answer(method, *said)
        except ApiError as error:
            one.denied = error.code in CERTAINLY_NOT
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

    def _check_moved(self, chat_id: int) -> None:
        if chat_id in self.moved:
            upgraded = "Bad Request: group chat was upgraded to a supergroup chat"
            raise ApiError(400, upgraded, {"migrate_to_chat_id": self.moved[chat_id]})


def _read(data: RequestData) -> tuple[dict[str, Any], dict[str, Upload]]:
    """Return the parameters of a call and the files that come with it."""
    if not data.contains_files:
        return json.loads(data.json_payload), {}
    files = data.multipart_data or {}
    return dict(data.json_parameters), {
        name: Upload(file_name, media_type, content)
        for name, (file_name, content, media_type) in files.items()
        if isinstance(content, bytes)
    }
