"""Reading and writing JSON of the people API."""

from __future__ import annotations

import json

from aiohttp import web

from bot.emulator.objects import JsonDict


class ControlError(Exception):
    """A request of the people API that cannot be done: status and reason."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason


def reply(value: object, status: int = 200) -> web.Response:
    """A JSON answer."""
    text = json.dumps(value, ensure_ascii=False)
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return web.Response(text=text, status=status, content_type="application/json", headers=headers)


async def read_json(request: web.BaseRequest) -> JsonDict:
    """The object in the body, empty without a body. Raises ControlError."""
    raw = await request.read()
    if not raw:
        return {}
    try:
        value = json.loads(raw)
    except ValueError as error:
        raise ControlError(400, "the body is not JSON") from error
    if not isinstance(value, dict):
        raise ControlError(400, "the body must be an object")
    return value
