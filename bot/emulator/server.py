"""HTTP for the Bot API, straight on aiohttp's low-level server: no router on the hot path."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from functools import partial
from urllib.parse import parse_qsl, unquote

from aiohttp import web
from aiohttp.web_request import FileField

from bot.emulator.api import Api, Dropped, Garbled
from bot.emulator.call import Upload
from bot.emulator.errors import ApiError, bad_request
from bot.emulator.objects import JsonDict
from bot.emulator.world import World

# What answers anything that is not the Bot API.
Other = Callable[[web.BaseRequest, str], Awaitable[web.StreamResponse]]

MAX_BODY_BYTES = 64 * 1024 * 1024
UNAUTHORIZED = ApiError(401, "Unauthorized")
NOT_FOUND = ApiError(404, "Not Found")
_dumps = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Server:
    """Listens, reads calls, writes answers."""

    def __init__(self, api: Api, world: World, other: Other) -> None:
        self._api = api
        self._world = world
        self._other = other
        self._prefix = f"/bot{world.token}/"
        self._runner: web.ServerRunner | None = None
        self._port = 0
        self._host = ""

    @property
    def url(self) -> str:
        """The address, without a slash at the end."""
        return f"http://{self._host}:{self._port}"

    async def start(self, host: str, port: int) -> None:
        """Listen; port 0 takes a free one."""
        make = partial(web.BaseRequest, client_max_size=MAX_BODY_BYTES)

        def request_factory(*args: object) -> web.BaseRequest:
            message, payload, protocol, writer, task = args
            loop = asyncio.get_running_loop()
            return make(message, payload, protocol, writer, task, loop)  # type: ignore[arg-type]

        server = web.Server(
            self._handle, request_factory=request_factory, handler_cancellation=True, access_log=None
        )
        self._runner = web.ServerRunner(server, shutdown_timeout=0.2)
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        self._host, self._port = self._runner.addresses[0][:2]

    async def stop(self) -> None:
        """Close every connection."""
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        path, _, query = request.raw_path.partition("?")
        if path.startswith(self._prefix):
            return await self._call(request, path[len(self._prefix) :], query)
        path = unquote(path)
        if path.startswith("/bot"):
            token, _, method = path[4:].partition("/")
            if token != self._world.token:
                return _answer(UNAUTHORIZED.body(), UNAUTHORIZED.code)
            return await self._call(request, method, query)
        if path.startswith("/file/bot"):
            return self._file(path.removeprefix("/file/bot"))
        return await self._other(request, path)

    async def _call(self, request: web.BaseRequest, method: str, query: str) -> web.StreamResponse:
        try:
            params, uploads = await _read(request, query)
            result = await self._api.answer(method, params, uploads)
        except ApiError as error:
            return _answer(error.body(), error.code)
        except Dropped:
            if request.transport is not None:
                request.transport.close()
            return web.Response()
        except Garbled:
            return web.Response(
                status=502, text="<html><h1>502 Bad Gateway</h1></html>", content_type="text/html"
            )
        return _answer({"ok": True, "result": result}, 200)

    def _file(self, rest: str) -> web.StreamResponse:
        token, _, path = rest.partition("/")
        if token != self._world.token:
            return _answer(UNAUTHORIZED.body(), UNAUTHORIZED.code)
        stored = self._world.files.at(path)
        if stored is None:
            return _answer(NOT_FOUND.body(), NOT_FOUND.code)
        return web.Response(body=stored.data, content_type="application/octet-stream")


def _answer(body: JsonDict | dict[str, object], status: int) -> web.Response:
    return web.Response(body=_dumps(body).encode(), status=status, content_type="application/json")


async def _read(request: web.BaseRequest, query: str) -> tuple[JsonDict, dict[str, Upload]]:
    params: JsonDict = dict(parse_qsl(query, keep_blank_values=True)) if query else {}
    if request.method != "POST":
        return params, {}
    kind = request.headers.get("Content-Type", "")
    if kind.startswith("multipart/"):
        return await _read_multipart(request, params)
    body = await request.read()
    if not body:
        return params, {}
    if kind.startswith("application/json"):
        return params | _read_json(body), {}
    return params | dict(parse_qsl(body.decode(), keep_blank_values=True)), {}


def _read_json(body: bytes) -> JsonDict:
    try:
        value = json.loads(body)
    except ValueError:
        value = None
    if isinstance(value, dict):
        return value
    raise bad_request("can't parse JSON object")


async def _read_multipart(request: web.BaseRequest, params: JsonDict) -> tuple[JsonDict, dict[str, Upload]]:
    uploads: dict[str, Upload] = {}
    for name, value in (await request.post()).items():
        if isinstance(value, FileField):
            uploads[name] = Upload(value.filename, value.content_type, value.file.read())
        else:
            params[name] = value if isinstance(value, str) else value.decode()
    return params, uploads
