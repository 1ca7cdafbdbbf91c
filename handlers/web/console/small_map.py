"""The small map of one record: its points, and what was reported around them lately."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from handlers.web.console.filter_form import query_of
from handlers.web.drawing import MARGIN_KM, Ground, Label, Named, ground_of
from handlers.web.visit import Visit
from store.domain.finding import Filter, Kind
from store.domain.map_view import box_around
from store.domain.place import Location
from store.domain.triage import RECENT_DAYS
from store.domain.working_days import london_date
from store.queries import finding


@dataclass(frozen=True, slots=True)
class SmallMap:
    """The points of one record and what was reported around them lately, with ways to see more.

    `others` are reports elsewhere, `here` how many others lie on a point of the record itself;
    `told` are the points in words, a line each: a name and coordinates.
    """

    ground: Ground
    dots: tuple[Label, ...]
    others: tuple[tuple[float, float], ...]
    here: int
    told: tuple[Named, ...]
    listed: str
    mapped: str
    has_tiles: bool


async def small_map(visit: Visit, places: Iterable[tuple[str, Location]]) -> SmallMap | None:
    """Draw the points of a record, each with its name; None where no point is known."""
    points = [(name, (at.lat, at.lon)) for name, at in places if at.lat is not None and at.lon is not None]
    if not points:
        return None
    own = {point: name for name, point in reversed(points)}
    today = london_date(visit.store.clock.now())
    box = box_around(own, MARGIN_KM)
    around = Filter(Kind.REPORTS, box=box, received_from=today - timedelta(days=RECENT_DAYS))
    found = await visit.store.read(finding.points, visit.staff, visit.site.profile(), around)
    ground = ground_of(visit.site, today, box, [*own, *((at.lat, at.lon) for at in found)], tiles=False)
    query = query_of(around)
    return SmallMap(
        ground,
        tuple(Label(name, *ground.view.place(point)) for point, name in own.items()),
        tuple(ground.view.place((at.lat, at.lon)) for at in found if (at.lat, at.lon) not in own),
        max(0, sum((at.lat, at.lon) in own for at in found) - len(points)),
        tuple((name, point) for name, point in points),
        f"/console/reports?{query}",
        f"/console/map?kind=reports&{query}",
        bool(visit.site.config.map_tile_url),
    )
