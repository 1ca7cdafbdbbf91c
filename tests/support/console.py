"""A console with people at it: the real application on a loopback port, visited by browsers."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import pyotp
from aiohttp import ClientResponse, CookieJar
from aiohttp.test_utils import TestClient, TestServer
from argon2 import PasswordHasher

from handlers.web.app import Extras, create_app
from handlers.web.passwords import Passwords
from handlers.web.site import WebConfig
from store.actions import staff
from store.domain.actor import SYSTEM
from store.domain.reference import Profile, Restriction
from store.domain.staff import Role, Staff
from store.queries.staff import by_id
from tests.support.triage_factory import PROFILE, Town

PASSWORD = "correct horse battery"
_TOKEN = re.compile(r'name="token" value="([^"]+)"')


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, without following redirects."""

    status: int
    text: str
    location: str
    headers: Any

    @property
    def token(self) -> str:
        found = _TOKEN.search(self.text)
        return found.group(1) if found else ""


class Visitor:
    """A browser: it keeps cookies, sends its origin, and the hidden token of the page it saw last."""

    def __init__(self, client: TestClient[Any, Any], desk: Console) -> None:
        self.client = client
        self.desk = desk
        self.token = ""

    async def get(self, path: str, **headers: str) -> Answer:
        async with self.client.get(path, headers=headers, allow_redirects=False) as response:
            return await self._seen(response)

    async def post(self, path: str, headers: dict[str, str] | None = None, **form: Any) -> Answer:
        sent = {"token": self.token} | form
        given = {"Origin": str(self.client.make_url("")).rstrip("/")} | (headers or {})
        async with self.client.post(path, data=sent, headers=given, allow_redirects=False) as response:
            return await self._seen(response)

    async def password(self, username: str, password: str = PASSWORD) -> Answer:
        await self.get("/console/sign-in")
        return await self.post("/console/sign-in", username=username, password=password)

    async def code(self, member: Staff) -> Answer:
        await self.get("/console/sign-in/code")
        return await self.post("/console/sign-in/code", code=await self.desk.code_of(member))

    async def sign_in(self, member: Staff) -> None:
        username = (await self.desk.town.read(by_id, member.id)).username
        await self.password(username)
        assert (await self.code(member)).location == "/console"
        await self.get("/console")

    async def _seen(self, response: ClientResponse) -> Answer:
        text = await response.text()
        seen = Answer(response.status, text, response.headers.get("Location", ""), response.headers)
        self.token = seen.token or self.token
        return seen


class Console:
    """The application over a town; any number of browsers may visit."""

    def __init__(self, town: Town, server: TestServer, passwords: Passwords) -> None:
        self.town = town
        self.server = server
        self._passwords = passwords
        self._clients: list[TestClient[Any, Any]] = []

    async def staff(self, name: str, role: Role = Role.OFFICER, *grants: Restriction) -> Staff:
        hashed = await self._passwords.hash(PASSWORD)
        member = await self.town.write(staff.add, SYSTEM, name, name.title(), role, hashed)
        for kind in grants:
            await self.town.write(staff.grant, SYSTEM, member.id, kind)
        return replace(member, grants=frozenset(grants))

    async def code_of(self, member: Staff) -> str:
        """Return a code not used before: time moves on by a step."""
        self.town.pass_time(seconds=30)
        account = await self.town.read(by_id, member.id)
        return pyotp.TOTP(account.totp_secret or "").at(self.town.clock.now())

    def visitor(self) -> Visitor:
        client: TestClient[Any, Any] = TestClient(self.server, cookie_jar=CookieJar(unsafe=True))
        self._clients.append(client)
        return Visitor(client, self)

    async def close(self) -> None:
        for client in self._clients:
            await client.session.close()


@asynccontextmanager
async def running_console(
    town: Town,
    *,
    public_url: str = "http://127.0.0.1",
    profile: Profile | None = None,
    extras: Extras | None = None,
    bot: str = "",
) -> AsyncIterator[Console]:
    """Serve the console of a town until the end of the block."""
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    reference = profile or PROFILE
    given = replace(extras or Extras(), passwords=passwords)
    app = create_app(town.store, WebConfig(public_url, "k" * 32, bot_username=bot), lambda: reference, given)
    server: TestServer = TestServer(app, host="127.0.0.1")
    await server.start_server()
    console = Console(town, server, passwords)
    try:
        yield console
    finally:
        await console.close()
        await server.close()
