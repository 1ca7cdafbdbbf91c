"""The chat page: static files, read once, under a strict policy."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from aiohttp import web

from bot.emulator.objects import PNG_MAGIC

FOLDER = Path(__file__).parent / "static"
PAGES = {
    "/": ("chat.html", "text/html"),
    "/chat.css": ("chat.css", "text/css"),
    "/chat.js": ("chat.js", "text/javascript"),
    "/phone.js": ("phone.js", "text/javascript"),
    "/bubble.js": ("bubble.js", "text/javascript"),
    "/composer.js": ("composer.js", "text/javascript"),
    "/people.js": ("people.js", "text/javascript"),
}
SAFE_MIMES = frozenset({"image/png", "image/jpeg", "image/webp", "image/gif", "audio/ogg", "video/mp4"})
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self'; "
    "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


@cache
def _read(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


def answer(request: web.BaseRequest, path: str) -> web.Response:
    """One of the page's files, or 404."""
    if request.method not in {"GET", "HEAD"} or path not in PAGES:
        return web.Response(status=404, text="Not Found", headers=HEADERS)
    name, kind = PAGES[path]
    return web.Response(body=_read(name), content_type=kind, charset="utf-8", headers=HEADERS)


def guess_picture(data: bytes) -> str:
    """The type of a picture by its first bytes; a download for anything else."""
    if data.startswith(PNG_MAGIC):
        return "image/png"
    if data.startswith(b"\xff\xd8"):
        return "image/jpeg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp"
    return "application/octet-stream"
