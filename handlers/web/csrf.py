"""Forms come from our own pages: cookies are SameSite, the origin is compared, a token is hidden."""

from __future__ import annotations

import hashlib
import hmac
from urllib.parse import urlsplit

from aiohttp import web

from handlers.web.site import SITE, Site
from store.domain.errors import NotAllowed
from store.domain.sign_in import same

FIELD = "token"


def door_token(site: Site, cookie: str) -> str:
    """Return the hidden token of a form before sign-in; only we can make it from the cookie."""
    key = hashlib.sha256(b"door:" + site.config.secret_key.encode()).digest()
    return hmac.new(key, cookie.encode(), hashlib.sha256).hexdigest()


def check_origin(request: web.Request) -> None:
    """Refuse a form sent from another site (`form.foreign`). Every browser of today sends one."""
    origin = request.headers.get("Origin") or _origin_of(request.headers.get("Referer", ""))
    site = request.app[SITE]
    own = {site.config.origin, f"{urlsplit(site.config.origin).scheme}://{request.host}".lower()}
    fetched = request.headers.get("Sec-Fetch-Site", "same-origin")
    if origin.lower() not in own or fetched not in {"same-origin", "none"}:
        raise NotAllowed("form.foreign")


def check_token(expected: str, typed: str) -> None:
    """Refuse a form without the token that its page carried (`form.stale`)."""
    if not expected or not same(expected, typed):
        raise NotAllowed("form.stale")


def _origin_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
