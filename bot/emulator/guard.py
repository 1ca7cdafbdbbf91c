"""Who may use the people API and the chat page: only this machine, only this address."""

from __future__ import annotations

import ipaddress
from urllib.parse import urlsplit

from aiohttp import web

_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})


def refusal(request: web.BaseRequest) -> str | None:
    """Why a request is refused, or None.

    There is no password, so another web page in the same browser must not get through: neither
    by a foreign name that points here (Host) nor by a cross-site request (Origin, Fetch metadata).
    """
    if not _loopback(request.remote):
        return "only this machine may use the emulator"
    host = request.headers.get("Host", "")
    if urlsplit(f"//{host}").hostname not in _NAMES:
        return "unknown host"
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{host}":
        return "foreign origin"
    if (
        request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}
        and request.method != "GET"
    ):
        return "cross-site request"
    return None


def _loopback(peer: str | None) -> bool:
    try:
        return ipaddress.ip_address(peer or "").is_loopback
    except ValueError:
        return False
