"""Headers on every response: what a browser may do with our pages, which is little."""

from __future__ import annotations

from aiohttp import web

from handlers.web.site import SITE

_ALLOWED = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self'",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
}


def policy(tile_origin: str = "") -> str:
    """Return what pages may load: our own files, and map tiles from where they were set to come."""
    images = {"img-src": f"'self' {tile_origin}".rstrip()}
    return "; ".join(f"{what} {whom}" for what, whom in {**_ALLOWED, **images}.items())


CONTENT_SECURITY_POLICY = policy()
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    # Not "no-referrer": with that a browser sends `Origin: null` and no form could be told apart.
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
HTTPS_ONLY = "max-age=31536000"


async def add(request: web.Request, response: web.StreamResponse) -> None:
    """Put them on; what a handler set itself (how long to keep a file) stays."""
    tiles = request.app[SITE].config.tile_origin
    if tiles:
        response.headers.setdefault("Content-Security-Policy", policy(tiles))
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["Server"] = "foreland"  # the library has put its name and version there
    if request.app[SITE].config.secure:
        response.headers.setdefault("Strict-Transport-Security", HTTPS_ONLY)
