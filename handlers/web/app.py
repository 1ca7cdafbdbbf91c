"""Put the web together: routes behind their guards, headers, errors, numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from aiohttp import web
from obstore.store import MemoryStore, ObjectStore

from handlers.web import console, errors, feeds, files, guards, headers, health, pages, public, static_files
from handlers.web.guards import Route
from handlers.web.health import Check
from handlers.web.metrics import Metrics, Reading
from handlers.web.passwords import Passwords
from handlers.web.places import Places
from handlers.web.site import SITE, Site, WebConfig
from store.domain.reference import Profile
from store.engine import Store

MAX_BODY_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Extras:
    """What other parts bring: readiness checks, gauges, routes (the webhook), the store of files."""

    checks: Sequence[Check] = ()
    readings: Sequence[Reading] = ()
    routes: Sequence[Route] = ()
    passwords: Passwords | None = None
    media: ObjectStore | None = None


def create_app(
    store: Store, config: WebConfig, profile: Callable[[], Profile], extras: Extras | None = None
) -> web.Application:
    """Return the application, ready to be served; `profile` gives the reference data of the moment."""
    extras = extras or Extras()
    metrics = Metrics(extras.readings)
    app = web.Application(middlewares=[metrics.middleware(), errors.catch], client_max_size=MAX_BODY_BYTES)
    static = static_files.load()
    templates = pages.environment(static, profile, store.clock)
    passwords = extras.passwords or Passwords()
    media = extras.media or MemoryStore()
    app[SITE] = Site(store, config, profile, Places(profile).index, templates, static, passwords, media)
    app.on_response_prepare.append(headers.add)
    guards.install(app, all_routes(store, metrics, extras))

    async def close(_app: web.Application) -> None:
        passwords.close()

    app.on_cleanup.append(close)
    return app


def all_routes(store: Store, metrics: Metrics, extras: Extras) -> list[Route]:
    """Return every route of the site."""
    return [
        *health.routes([health.queue_age(store), *extras.checks]),
        *metrics.routes(),
        *files.ROUTES,
        *public.ROUTES,
        *feeds.ROUTES,
        *console.ROUTES,
        *extras.routes,
    ]
