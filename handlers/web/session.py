"""Cookies: the session of somebody signed in, the half-way token, and the token of the door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from aiohttp import web

from handlers.web.site import SITE, Site
from handlers.web.visit import BACKGROUND
from store.actions import sign_in
from store.domain.sign_in import LIFETIMES, LONGEST, TOUCH_EVERY, Purpose, SignedIn
from store.queries import sign_ins


@dataclass(frozen=True, slots=True)
class Cookie:
    """One of our cookies: only this site's, unseen by scripts, gone after `lasts`."""

    name: str
    lasts: timedelta

    def full_name(self, site: Site) -> str:
        """Return its name: `__Host-` ties it to this very host where there is https."""
        return f"__Host-{self.name}" if site.config.secure else self.name

    def read(self, request: web.Request) -> str | None:
        """Return its value."""
        return request.cookies.get(self.full_name(request.app[SITE])) or None

    def write(self, request: web.Request, response: web.StreamResponse, value: str) -> None:
        """Give it to the browser."""
        site = request.app[SITE]
        response.set_cookie(
            self.full_name(site),
            value,
            max_age=int(self.lasts.total_seconds()),
            path="/",
            secure=site.config.secure,
            httponly=True,
            samesite="Lax",
        )

    def drop(self, request: web.Request, response: web.StreamResponse) -> None:
        """Take it back."""
        site = request.app[SITE]
        response.del_cookie(
            self.full_name(site), path="/", secure=site.config.secure, httponly=True, samesite="Lax"
        )


SESSION = Cookie("session", LONGEST)
HALF_WAY = Cookie("half-way", LIFETIMES[Purpose.SECOND_FACTOR])
DOOR = Cookie("door", timedelta(hours=1))


async def find(request: web.Request) -> SignedIn | None:
    """Return who is signed in; a look every minute keeps the session alive."""
    token = SESSION.read(request)
    if token is None:
        return None
    store = request.app[SITE].store
    signed = await store.read(sign_ins.session_of, token)
    if signed is None:
        return None
    if BACKGROUND not in request.headers and store.clock.now() - signed.seen_at >= TOUCH_EVERY:
        await store.write(sign_in.touch, signed)
    return signed
