"""The same list on a map that the server draws, with clusters that lead back to the list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from aiohttp import web

from handlers.web.console.filter_form import chips_of, fields_of, query_of
from handlers.web.console.lists import ONE, PATHS, how_many
from handlers.web.console.problem import BAD_FILTER, NO_PROBLEM, Problem, problem_of
from handlers.web.drawing import ground_of, wards_in_force
from handlers.web.errors import status_of
from handlers.web.guards import WORKERS, Route
from handlers.web.visit import Visit
from store.actions import search
from store.domain.errors import Refusal
from store.domain.finding import Filter, Kind, as_kind, parse
from store.domain.found import MAX_POINTS, MapPoint, counted
from store.domain.map_view import Cluster
from store.domain.place import Point, distance_km
from store.domain.reference import Ward
from store.domain.working_days import london_date
from store.queries import finding, saved_views

PATH = "/console/map"
OTHER = {Kind.REPORTS: Kind.CASES, Kind.CASES: Kind.REPORTS}


@dataclass(frozen=True, slots=True)
class Spot:
    """A cluster as it is drawn and told: where it is in words, and where it leads."""

    cluster: Cluster
    near: str
    listed: str
    closer: str


async def show(visit: Visit) -> web.Response:
    """Draw the newest of what the filter lets through, and tell the same in a table."""
    kind = Kind.CASES if visit.asked("kind") == Kind.CASES else Kind.REPORTS
    try:
        wanted = parse(kind, visit.request.query.items())
    except Refusal as refusal:
        if refusal.key != BAD_FILTER:
            raise
        return await _page(visit, Filter(kind), problem_of("filters", refusal, {}), status_of(refusal))
    if wanted.text:
        await visit.store.write(search.record, visit.by, wanted)
    profile, read = visit.site.profile(), visit.store.read
    points = await read(finding.points, visit.staff, profile, wanted)
    total, lost = await read(finding.count_and_nowhere, visit.staff, profile, wanted)
    picture = _picture(visit, wanted, points, total) | {"lost": lost, "lost_said": counted(lost)}
    return await _page(visit, wanted, NO_PROBLEM, picture=picture)


async def _page(
    visit: Visit,
    wanted: Filter,
    problem: Problem,
    status: int = 200,
    picture: dict[str, Any] | None = None,
) -> web.Response:
    kind = wanted.kind
    choices = await visit.store.read(saved_views.choices, visit.staff)
    fields = fields_of(wanted, visit.site.profile(), choices.colleagues)
    return visit.page(
        "console/map.html",
        status,
        wanted=wanted,
        kind=kind.value,
        one=ONE[kind],
        query=query_of(wanted),
        whole=query_of(replace(wanted, box=None)),
        nowhere=query_of(replace(wanted, no_point=True)),
        other=query_of(as_kind(wanted, OTHER[kind])),
        path=PATHS[kind],
        fields=fields,
        chips=chips_of(wanted, fields),
        problem=problem,
        picture=picture,
    )


def _picture(visit: Visit, wanted: Filter, points: list[MapPoint], total: int) -> dict[str, Any]:
    places = [(point.lat, point.lon) for point in points]
    day = london_date(visit.store.clock.now())
    wards = wards_in_force(visit.site.profile(), day)
    ground = ground_of(visit.site, day, wanted.box, tiles=bool(visit.site.config.map_tile_url))
    shown = sum(ground.view.shows(place) for place in places)
    return {
        "ground": ground,
        "spots": [_spot(cluster, wanted, wards) for cluster in ground.view.clusters(places)],
        "counted": how_many(wanted.kind, total),
        "most": len(points) >= MAX_POINTS,
        "shown": shown,
        "away": len(places) - shown,
    }


def _spot(cluster: Cluster, wanted: Filter, wards: list[Ward]) -> Spot:
    near = _nearest(cluster.middle, wards)
    query = query_of(replace(wanted, box=cluster.box))
    return Spot(cluster, near, f"{PATHS[wanted.kind]}?{query}", f"{PATH}?kind={wanted.kind.value}&{query}")


def _nearest(point: Point, wards: list[Ward]) -> str:
    """Return the name of the ward whose centre is nearest; empty where none is known."""
    away = [(distance_km(point, (ward.lat, ward.lon)), ward.name) for ward in wards]
    return min(away)[1] if away else ""


ROUTES = (Route("GET", PATH, WORKERS, show),)
