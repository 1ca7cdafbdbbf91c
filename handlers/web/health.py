"""Is it alive (`/healthz`), and can it work (`/readyz`)? For supervisors and load balancers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import web

from handlers.web.guards import Anyone, Route
from handlers.web.visit import Visit
from store.engine import Store
from store.queries import inbox

CHECK_SECONDS = 5.0
INBOX_MAX_AGE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Check:
    """Something that must be so. `trouble()` returns None, or what is wrong (never personal)."""

    name: str
    trouble: Callable[[], Awaitable[str | None]]


def queue_age(store: Store, longest: timedelta = INBOX_MAX_AGE) -> Check:
    """Return the check that the database answers and that updates are handled in time."""

    async def trouble() -> str | None:
        oldest = await store.read(inbox.oldest_waiting)
        if oldest is None or store.clock.now() - oldest <= longest:
            return None
        return f"the oldest waiting update is older than {int(longest.total_seconds())} s"

    return Check("database and queue", trouble)


async def _result(check: Check) -> tuple[str, str | None]:
    try:
        return check.name, await asyncio.wait_for(check.trouble(), CHECK_SECONDS)
    except Exception as error:  # noqa: BLE001 - whatever it is, we are not ready
        return check.name, type(error).__name__


def routes(checks: Sequence[Check]) -> list[Route]:
    """Return both addresses; readiness asks every check."""

    async def ready(_visit: Visit) -> web.Response:
        results = await asyncio.gather(*map(_result, checks))
        good = all(trouble is None for _name, trouble in results)
        told = {name: trouble or "ok" for name, trouble in results}
        return web.json_response({"ready": good, "checks": told}, status=200 if good else 503)

    return [
        Route("GET", "/healthz", Anyone(), _alive),
        Route("GET", "/readyz", Anyone(), ready),
    ]


async def _alive(_visit: Visit) -> web.Response:
    return web.Response(text="alive\n")
