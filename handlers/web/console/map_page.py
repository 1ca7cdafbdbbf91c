"""The same list on a map that the server draws: ward outlines, and clusters that lead back to the list."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from aiohttp import web

from handlers.web.console.filter_form import chips_of, fields_of, query_of
from handlers.web.console.lists import ONE, OTHER, PATHS, how_many
from handlers.web.console.problem import NO_PROBLEM
from handlers.web.guards import WORKERS, Route
from handlers.web.visit import Visit
from store.actions import search
from store.domain.finding import Filter, Kind, as_kind, parse
from store.domain.found import MAX_POINTS
from store.domain.map_view import WIDTH, Cluster, MapView, Tile
from store.domain.outline import Box, box_of
from store.domain.place import Point, distance_km
from store.domain.reference import Profile, Ward
from store.domain.working_days import london_date
from store.queries import finding, saved_views

PATH = "/console/map"


@dataclass(frozen=True, slots=True)
class Spot:
    """A cluster as it is drawn and told: where it is in words, and where it leads."""

    cluster: Cluster
    near: str
    listed: str
    closer: str


LETTER, EDGE = 16, 20
"""About how wide a letter of a label is, and what stays free at the edge, in the map's units."""


@dataclass(frozen=True, slots=True)
class Label:
    """A name on the map."""

    text: str
    x: float
    y: float


async def show(visit: Visit) -> web.Response:
    """Draw the newest of what the filter lets through, and tell the same in a table."""
    kind = Kind.CASES if visit.asked("kind") == Kind.CASES else Kind.REPORTS
    wanted = parse(kind, visit.request.query.items())
    profile, read = visit.site.profile(), visit.store.read
    if wanted.text:
        await visit.store.write(search.record, visit.by, wanted)
    points = await read(finding.points, visit.staff, profile, wanted)
    total = await read(finding.count, visit.staff, profile, wanted)
    choices = await read(saved_views.choices, visit.staff)
    fields = fields_of(wanted, profile, choices.colleagues)
    return visit.page(
        "console/map.html",
        wanted=wanted,
        kind=kind.value,
        one=ONE[kind],
        query=query_of(wanted),
        whole=query_of(replace(wanted, box=None)),
        other=query_of(as_kind(wanted, OTHER[kind])),
        path=PATHS[kind],
        fields=fields,
        chips=chips_of(wanted, fields),
        problem=NO_PROBLEM,
        most=len(points) >= MAX_POINTS,
        counted=how_many(kind, total),
        **_picture(visit, wanted, profile, [(point.lat, point.lon) for point in points]),
    )


def _picture(visit: Visit, wanted: Filter, profile: Profile, places: list[Point]) -> dict[str, Any]:
    wards = _in_force(profile, london_date(visit.store.clock.now()))
    view = MapView(wanted.box or _whole(profile, wards))
    shown = sum(view.shows(place) for place in places)
    config = visit.site.config
    return {
        "view": view,
        "width": WIDTH,
        "outlines": [(ward.name, view.path(ward.outline)) for ward in wards if ward.outline],
        "labels": _labels(view, profile, wards),
        "spots": [_spot(cluster, wanted, wards) for cluster in view.clusters(places)],
        "shown": shown,
        "away": len(places) - shown,
        "tiles": [_drawn(config.map_tile_url, tile) for tile in view.tiles()] if config.map_tile_url else [],
        "attribution": config.map_attribution or profile.district.attribution,
    }


def _in_force(profile: Profile, day: date) -> list[Ward]:
    return [w for w in profile.wards if w.valid_from <= day <= (w.valid_to or date.max)]


def _whole(profile: Profile, wards: list[Ward]) -> Box:
    """Return the box of the district: around its outlines where there are any."""
    boxes = [box_of(ward.outline) for ward in wards if ward.outline] or [profile.district.box]
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def _labels(view: MapView, profile: Profile, wards: list[Ward]) -> list[Label]:
    """Name each engagement area in the middle of its wards."""
    found = []
    for area in profile.areas:
        centres = [(ward.lat, ward.lon) for ward in wards if ward.area == area.code]
        if centres:
            middle = (
                sum(lat for lat, _ in centres) / len(centres),
                sum(lon for _, lon in centres) / len(centres),
            )
            if view.shows(middle):
                x, y = view.place(middle)
                half = len(area.name) * LETTER / 2 + EDGE
                found.append(Label(area.name, min(max(x, half), WIDTH - half), y))
    return found


def _spot(cluster: Cluster, wanted: Filter, wards: list[Ward]) -> Spot:
    near = _nearest(cluster.middle, wards)
    query = query_of(replace(wanted, box=cluster.box))
    return Spot(cluster, near, f"{PATHS[wanted.kind]}?{query}", f"{PATH}?kind={wanted.kind.value}&{query}")


def _nearest(point: Point, wards: list[Ward]) -> str:
    """Return the name of the ward whose centre is nearest; empty where none is known."""
    away = [(distance_km(point, (ward.lat, ward.lon)), ward.name) for ward in wards]
    return min(away)[1] if away else ""


def _drawn(url: str, tile: Tile) -> tuple[str, Tile]:
    for name, number in {"{z}": tile.zoom, "{x}": tile.column, "{y}": tile.row}.items():
        url = url.replace(name, str(number))
    return url, tile


ROUTES = (Route("GET", PATH, WORKERS, show),)
