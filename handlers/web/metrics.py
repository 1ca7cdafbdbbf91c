"""Numbers for Prometheus (`/metrics`): ours about the web, and gauges that the wiring brings."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from aiohttp import web
from aiohttp.typedefs import Middleware
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from handlers.web.errors import Next, pattern
from handlers.web.guards import Machine, Route
from handlers.web.visit import Visit


@dataclass(frozen=True, slots=True)
class Reading:
    """A gauge that is read when somebody looks. `name` ends in its unit."""

    name: str
    help: str
    read: Callable[[], Awaitable[float]]


class Metrics:
    """A registry of its own: two applications in one process do not mix."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.registry = CollectorRegistry()
        self._readings = [
            (reading, Gauge(reading.name, reading.help, registry=self.registry)) for reading in readings
        ]
        self._responses = Counter(
            "foreland_http_responses",
            "Responses by route pattern and status.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "foreland_http_seconds",
            "Seconds from request to response.",
            ("route",),
            registry=self.registry,
        )

    async def show(self, _visit: Visit) -> web.Response:
        """Answer with every number, in Prometheus's text format."""
        for reading, gauge in self._readings:
            gauge.set(await reading.read())
        return web.Response(
            body=generate_latest(self.registry), headers={"Content-Type": CONTENT_TYPE_LATEST}
        )

    def routes(self) -> list[Route]:
        """Return the address, for programs on this machine only."""
        return [Route("GET", "/metrics", Machine(), self.show)]

    def middleware(self) -> Middleware:
        """Return what counts every response."""

        @web.middleware
        async def count(request: web.Request, handler: Next) -> web.StreamResponse:
            began, route = time.perf_counter(), pattern(request)
            response = await handler(request)
            self._responses.labels(request.method, route, response.status).inc()
            self._seconds.labels(route).observe(time.perf_counter() - began)
            return response

        return count
