"""One request of a browser: who it is, what it sent, and how an answer is made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from aiohttp import web

from handlers.web.site import SITE, Site
from store.domain.actor import Channel
from store.domain.sign_in import SignedIn
from store.domain.staff import By, Staff
from store.engine import Store

BACKGROUND = "X-Background"
"""A page that refreshes itself says so in this header: that is no sign of life of its reader."""


@dataclass(slots=True)
class Visit:
    """A request with what the guard found out about it. `csrf` goes into every form.

    `files` are those that a form came with; they are closed once the page is answered.
    """

    request: web.Request
    signed: SignedIn | None = None
    csrf: str = ""
    form: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, web.FileField] = field(default_factory=dict)
    new_door: str | None = None

    @property
    def site(self) -> Site:
        """The application's wiring."""
        return self.request.app[SITE]

    @property
    def store(self) -> Store:
        """The store, reached through units of work."""
        return self.site.store

    @property
    def session(self) -> SignedIn:
        """The session of whoever is signed in; only behind a guard that asked for one."""
        if self.signed is None:
            raise RuntimeError("this route's guard lets people in who are not signed in")
        return self.signed

    @property
    def staff(self) -> Staff:
        """Who is signed in."""
        return self.session.staff

    @property
    def by(self) -> By:
        """The same person as the actions want them."""
        return By(self.staff, Channel.WEB)

    def part(self, name: str) -> str:
        """Return a part of the path."""
        return self.request.match_info[name]

    def asked(self, name: str) -> str:
        """Return a value of the query, empty when it is not there."""
        return self.request.query.get(name, "")

    @property
    def version(self) -> int | None:
        """The version of the record that the form was about, if it says so."""
        sent = self.form.get("version", "")
        return int(sent) if sent.isascii() and sent.isdigit() else None

    def page(self, template: str, status: int = 200, **values: Any) -> web.Response:
        """Render a template for this visitor."""
        text = self.site.templates.get_template(template).render(visit=self, status=status, **values)
        return web.Response(text=text, status=status, content_type="text/html")


VISIT = web.RequestKey("visit", Visit)


def see(path: str, **query: str) -> web.Response:
    """Answer a POST: go and look there (303), so that a reload does nothing twice."""
    mark = "&" if "?" in path else "?"
    where = f"{path}{mark}{urlencode(query)}" if query else path
    return web.Response(status=303, headers={"Location": where})
