"""The Bot API behind HTTP: finds the method, meets the faults, keeps the log of calls."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.emulator import methods_chat, methods_edit, methods_send, methods_updates
from bot.emulator.call import Call, Upload
from bot.emulator.errors import ApiError, too_many_requests
from bot.emulator.faults import Fault, FaultKind, Faults
from bot.emulator.limits import Limiter
from bot.emulator.objects import JsonDict
from bot.emulator.webhook import WebhookSender
from bot.emulator.world import World

Plain = Callable[[Call], object]
Waiting = Callable[[Call, WebhookSender], Awaitable[object]]

PLAIN: dict[str, tuple[str, Plain]] = {
    name.lower(): (name, method)
    for methods in (methods_send.METHODS, methods_edit.METHODS, methods_chat.METHODS)
    for name, method in methods.items()
}
WAITING: dict[str, tuple[str, Waiting]] = {
    name.lower(): (name, method) for name, method in methods_updates.METHODS.items()
}
NOT_FOUND = ApiError(404, "Not Found")


@dataclass(frozen=True, slots=True)
class ApiCall:
    """One line of the call log. `at` is monotonic; `outcome` is "ok", an error or a fault."""

    at: float
    method: str
    params: JsonDict
    outcome: str
    result: Any = None

    @property
    def ok(self) -> bool:
        """Whether the call was applied."""
        return self.outcome in {"ok", FaultKind.DROP_REPLY, FaultKind.GARBLE}


class Dropped(Exception):
    """No answer at all."""


class Garbled(Exception):
    """An answer that is not JSON."""


class Api:
    """All methods of one bot."""

    def __init__(
        self, world: World, limiter: Limiter, faults: Faults, webhook: WebhookSender, keep_calls: int
    ) -> None:
        self._world = world
        self._limiter = limiter
        self._faults = faults
        self._webhook = webhook
        self.latency_seconds = 0.0
        self.calls: deque[ApiCall] = deque(maxlen=keep_calls)
        self._log = keep_calls > 0

    async def answer(self, method: str, params: JsonDict, uploads: dict[str, Upload]) -> object:
        """The result of a call. Raises ApiError, Dropped or Garbled."""
        at = self._world.clock.monotonic()
        key = method.lower()
        faults = self._faults.take(key, str(params.get("chat_id"))) if self._faults.rules else []
        try:
            await self._before(faults)
            result = await self._apply(key, Call(self._world, self._limiter, params, uploads))
            _after(faults)
        except ApiError as error:
            self._note(at, key, params, f"{error.code} {error.description}")
            raise
        except (Dropped, Garbled) as fault:
            self._note(at, key, params, str(fault))
            raise
        if self._log:
            self._note(at, key, params, "ok", result)
        return result

    async def _apply(self, key: str, call: Call) -> object:
        if known := PLAIN.get(key):
            return known[1](call)
        if waiting := WAITING.get(key):
            return await waiting[1](call, self._webhook)
        raise NOT_FOUND

    async def _before(self, faults: list[Fault]) -> None:
        if self.latency_seconds > 0:
            await asyncio.sleep(self.latency_seconds)
        for fault in faults:
            if fault.kind is FaultKind.DELAY:
                await asyncio.sleep(fault.seconds)
            elif fault.kind is FaultKind.FAIL:
                raise ApiError(fault.code, fault.description)
            elif fault.kind is FaultKind.TOO_MANY:
                raise too_many_requests(int(fault.seconds))
            elif fault.kind is FaultKind.DROP_REQUEST:
                raise Dropped(FaultKind.DROP_REQUEST)

    def _note(self, at: float, key: str, params: JsonDict, outcome: str, result: object = None) -> None:
        if self._log:
            name = (PLAIN.get(key) or WAITING.get(key) or (key,))[0]
            self.calls.append(ApiCall(at, name, params, outcome, result))


def _after(faults: list[Fault]) -> None:
    for fault in faults:
        if fault.kind is FaultKind.DROP_REPLY:
            raise Dropped(FaultKind.DROP_REPLY)
        if fault.kind is FaultKind.GARBLE:
            raise Garbled(FaultKind.GARBLE)
