"""The webhook: updates into the inbox, and only then "OK" to the messenger."""

from __future__ import annotations

import hmac
import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web

from handlers.web.guards import Keyed, Route
from handlers.web.visit import Visit

PATH = "/hook/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
MAX_UPDATE_BYTES = 256 * 1024
RETRY_AFTER_SECONDS = 2
MAX_WAITING = 5_000

TakeIn = Callable[[Mapping[str, Any]], Awaitable[None]]
"""Puts one update into the inbox; `ValueError` for something that is no update."""


def route(secret: str, take_in: TakeIn, waiting: Callable[[], Awaitable[int]]) -> Route:
    """Return the webhook's route. 403 for a wrong secret, 400 for what is no update, 503 when full."""

    async def hook(visit: Visit) -> web.Response:
        request = visit.request
        given = request.headers.get(SECRET_HEADER, "")
        if not secret or not hmac.compare_digest(given.encode(), secret.encode()):
            return web.Response(status=403, text="wrong secret\n")
        if await waiting() > MAX_WAITING:
            headers = {"Retry-After": str(RETRY_AFTER_SECONDS)}
            return web.Response(status=503, text="busy\n", headers=headers)
        try:
            await take_in(_parsed(await request.read()))
        except (ValueError, RecursionError):
            return web.Response(status=400, text="not an update\n")
        return web.Response(text="ok\n")

    return Route("POST", PATH, Keyed("the webhook secret"), hook)


def _parsed(body: bytes) -> Mapping[str, Any]:
    data = json.loads(body)
    if not isinstance(data, dict):
        raise ValueError("an update is an object")  # noqa: TRY004 - it is a wrong value in what was sent
    return data
