"""The people API over HTTP, for other processes and the chat page (`/emulator/…`)."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from dataclasses import asdict

from aiohttp import web

from bot.emulator import control_acts, page
from bot.emulator.body import ControlError, read_json, reply
from bot.emulator.errors import ApiError
from bot.emulator.faults import Fault, FaultKind
from bot.emulator.guard import refusal
from bot.emulator.limits import Limits
from bot.emulator.stream import stream_changes, wait_for_changes
from bot.emulator.town import Town

Route = Callable[[web.BaseRequest], Awaitable[web.StreamResponse]]
_CHAT = re.compile(r"/emulator/chats/(-?\d+)(?:/(\w+))?")


class Control:
    """Routes and the reading side; what people do is in `control_acts`."""

    def __init__(self, emulator: Town) -> None:
        self._emulator = emulator
        self._routes: dict[tuple[str, str], Route] = {
            ("GET", "/emulator/state"): self._state,
            ("GET", "/emulator/changes"): self._changes,
            ("GET", "/emulator/stream"): self._stream,
            ("GET", "/emulator/calls"): self._calls,
            ("POST", "/emulator/persons"): self._person,
            ("POST", "/emulator/groups"): self._group,
            ("GET", "/emulator/limits"): self._limits,
            ("POST", "/emulator/limits"): self._set_limits,
            ("GET", "/emulator/faults"): self._faults,
            ("POST", "/emulator/faults"): self._add_fault,
            ("DELETE", "/emulator/faults"): self._clear_faults,
            ("POST", "/emulator/advance"): self._advance,
            ("POST", "/emulator/updates"): self._push_update,
        }

    async def handle(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        """Answer anything that is not the Bot API."""
        if reason := refusal(request):
            return reply({"error": reason}, 403)
        try:
            return await self._find(request, path)
        except ControlError as error:
            return reply({"error": error.reason}, error.status)
        except ApiError as error:
            return reply({"error": error.description}, error.code)
        except (AssertionError, KeyError, TypeError, ValueError) as error:
            return reply({"error": str(error)}, 400)

    async def _find(self, request: web.BaseRequest, path: str) -> web.StreamResponse:
        if route := self._routes.get((request.method, path)):
            return await route(request)
        if found := _CHAT.fullmatch(path):
            return await self._chat(request, int(found[1]), found[2] or "")
        if path.startswith("/emulator/files/") and request.method == "GET":
            return self._file(path.removeprefix("/emulator/files/"))
        return page.answer(request, path)

    async def _state(self, _request: web.BaseRequest) -> web.Response:
        emulator = self._emulator
        world = emulator.world
        return reply(
            {
                "seq": world.seq,
                "bot": world.bot,
                "commands": [{"scope": key, "commands": found} for key, found in world.commands.items()],
                "profile": world.profile,
                "pending": emulator.pending,
                "places": [asdict(place) for place in emulator.options.places],
                "persons": [control_acts.describe_person(p, world) for p in emulator.persons.values()],
                "groups": [control_acts.describe_group(k, g) for k, g in emulator.groups.items()],
            },
        )

    async def _changes(self, request: web.BaseRequest) -> web.Response:
        return reply(await wait_for_changes(self._emulator.world, dict(request.query)))

    async def _stream(self, request: web.BaseRequest) -> web.StreamResponse:
        since = int(request.headers.get("Last-Event-ID") or request.query.get("since") or 0)
        return await stream_changes(self._emulator.world, request, since)

    async def _calls(self, request: web.BaseRequest) -> web.Response:
        newest = self._emulator.calls[-int(request.query.get("newest", 100)) :]
        return reply(
            [{"at": c.at, "method": c.method, "params": c.params, "outcome": c.outcome} for c in newest]
        )

    async def _person(self, request: web.BaseRequest) -> web.Response:
        body = await read_json(request)
        person = self._emulator.person(
            body["name"],
            body.get("id"),
            body.get("language_code", "en"),
            key=body.get("key"),
            username=body.get("username"),
        )
        return reply(control_acts.describe_person(person, self._emulator.world), 201)

    async def _group(self, request: web.BaseRequest) -> web.Response:
        body = await read_json(request)
        members = [control_acts.person_of(self._emulator, who) for who in body.get("members", [])]
        administrator = bool(body.get("administrator"))
        key = str(body.get("key") or body["title"]).lower()
        group = self._emulator.group(
            body["title"], body.get("id"), members, key=key, administrator=administrator
        )
        return reply(control_acts.describe_group(key, group), 201)

    async def _limits(self, _request: web.BaseRequest) -> web.Response:
        return reply(asdict(self._emulator.limits))

    async def _set_limits(self, request: web.BaseRequest) -> web.Response:
        self._emulator.limits = Limits(**await read_json(request))
        return await self._limits(request)

    async def _faults(self, _request: web.BaseRequest) -> web.Response:
        return reply([asdict(rule) for rule in self._emulator.faults.rules])

    async def _add_fault(self, request: web.BaseRequest) -> web.Response:
        body = await read_json(request)
        self._emulator.faults.add(Fault(**body | {"kind": FaultKind(body["kind"])}))
        return await self._faults(request)

    async def _clear_faults(self, request: web.BaseRequest) -> web.Response:
        self._emulator.faults.clear()
        return await self._faults(request)

    async def _advance(self, request: web.BaseRequest) -> web.Response:
        self._emulator.advance(float((await read_json(request))["seconds"]))
        return reply({})

    async def _push_update(self, request: web.BaseRequest) -> web.Response:
        return reply({"update_id": self._emulator.push_update(await read_json(request))}, 201)

    async def _chat(self, request: web.BaseRequest, chat_id: int, verb: str) -> web.Response:
        if request.method == "GET" and verb in {"", "messages"}:
            return reply(control_acts.describe_chat(self._emulator, chat_id))
        act = control_acts.ACTS.get(verb)
        if act is None or request.method != "POST":
            raise ControlError(404, "there is no such thing")
        body, files = await control_acts.read_act(request)
        seat = control_acts.seat_of(self._emulator, chat_id, body.get("as", chat_id))
        return reply(act(seat, body, files), 201)

    def _file(self, file_id: str) -> web.Response:
        stored = self._emulator.world.files.get(file_id)
        headers = {
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "private, max-age=3600",
        }
        kind = stored.mime if stored.mime in page.SAFE_MIMES else page.guess_picture(stored.data)
        return web.Response(body=stored.data, content_type=kind, headers=headers)
