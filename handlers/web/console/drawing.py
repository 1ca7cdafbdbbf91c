"""The one drawer of maps: outlines or a plain grid, names, a scale bar, tiles; and what lies on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.web.console.filter_form import query_of
from handlers.web.site import Site
from handlers.web.visit import Visit
from store.domain.finding import Filter, Kind
from store.domain.map_view import WIDTH, Bar, MapView, Tile, box_around
from store.domain.outline import Box, box_of
from store.domain.place import Location, Point
from store.domain.reference import Profile, Ward
from store.domain.triage import RECENT_DAYS
from store.domain.working_days import london_date
from store.queries import finding

LETTER, LARGE_LETTER, LINE, EDGE, LIFT = 16, 24, 50, 20, 16
"""About how wide a letter of a label is (a small map's on a phone are larger), how tall its line, what
stays free at the edge, and how far above its point a name stands."""
CLOSE_METRES = 1_000
"""With a scale bar shorter than this a map is of streets: places have names, not areas."""
MARGIN_KM = 0.35
"""How far around its points a small map shows."""
Named = tuple[str, Point]


@dataclass(frozen=True, slots=True)
class Label:
    """A name on the map, centred on a point, in the map's units."""

    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Ground:
    """What lies under the points. `grid`: nothing else tells distances, so squares of the bar do."""

    view: MapView
    outlines: tuple[tuple[str, str], ...]
    labels: tuple[Label, ...]
    tiles: tuple[tuple[str, Tile], ...]
    bar: Bar
    grid: bool
    attribution: str


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


def ground_of(site: Site, day: date, box: Box | None = None, *, tiles: bool) -> Ground:
    """Draw the ground of a box, of the whole district without one; `tiles` where they are configured."""
    profile, config = site.profile(), site.config
    wards = wards_in_force(profile, day)
    view = MapView(box or _whole(profile, wards))
    seen = view.box(0, 0, WIDTH, view.height)
    bar = view.bar()
    close = bar.metres < CLOSE_METRES
    drawn = tuple((w.name, view.path(w.outline)) for w in wards if w.outline and _meet(seen, w.outline))
    laid = tuple(_laid(config.map_tile_url, tile) for tile in view.tiles()) if tiles else ()
    named = _places(profile) if close else _areas(profile, wards)
    letter = LARGE_LETTER if close else LETTER
    credit = (laid and config.map_attribution) or profile.district.attribution
    return Ground(
        view,
        drawn,
        () if laid else tuple(_labels(view, named, letter)),
        laid,
        bar,
        grid=not laid and (close or not drawn),
        attribution=credit if laid or drawn else "",
    )


async def small_map(visit: Visit, places: Iterable[tuple[str, Location]]) -> SmallMap | None:
    """Draw the points of a record, each with its name; None where no point is known."""
    points = [(name, (at.lat, at.lon)) for name, at in places if at.lat is not None and at.lon is not None]
    if not points:
        return None
    own = {point: name for name, point in reversed(points)}
    today = london_date(visit.store.clock.now())
    box = box_around(own, MARGIN_KM)
    ground = ground_of(visit.site, today, box, tiles=False)
    around = Filter(Kind.REPORTS, box=box, received_from=today - timedelta(days=RECENT_DAYS))
    found = await visit.store.read(finding.points, visit.staff, visit.site.profile(), around)
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


def wards_in_force(profile: Profile, day: date) -> list[Ward]:
    """Return the wards as they stand on this day."""
    return [w for w in profile.wards if w.valid_from <= day <= (w.valid_to or date.max)]


def _whole(profile: Profile, wards: list[Ward]) -> Box:
    """Return the box of the district: around its outlines where there are any."""
    boxes = [box_of(ward.outline) for ward in wards if ward.outline] or [profile.district.box]
    west, south, east, north = zip(*boxes, strict=True)
    return min(west), min(south), max(east), max(north)


def _meet(seen: Box, outline: Sequence[Sequence[Point]]) -> bool:
    west, south, east, north = box_of(tuple(map(tuple, outline)))
    return seen[0] <= east and west <= seen[2] and seen[1] <= north and south <= seen[3]


def _areas(profile: Profile, wards: list[Ward]) -> Iterator[Named]:
    """Name each engagement area in the middle of its wards."""
    for area in profile.areas:
        centres = [(ward.lat, ward.lon) for ward in wards if ward.area == area.code]
        if centres:
            lats, lons = zip(*centres, strict=True)
            yield area.name, (sum(lats) / len(lats), sum(lons) / len(lons))


def _places(profile: Profile) -> Iterator[Named]:
    for place in profile.places:
        if place.lat is not None and place.lon is not None:
            yield place.name, (place.lat, place.lon)


def _labels(view: MapView, named: Iterable[Named], letter: int) -> Iterator[Label]:
    """Place the names that are on the picture, those that would lie upon another left out."""
    taken: list[tuple[float, float, float]] = []
    for name, point in named:
        x, y = view.place(point)
        half = len(name) * letter / 2
        x = min(max(x, half + EDGE), WIDTH - half - EDGE)
        free = all(abs(x - other) >= half + width or abs(y - up) >= LINE for other, up, width in taken)
        if view.shows(point) and free:
            taken.append((x, y, half))
            yield Label(name, x, y - LIFT)


def _laid(url: str, tile: Tile) -> tuple[str, Tile]:
    for name, number in {"{z}": tile.zoom, "{x}": tile.column, "{y}": tile.row}.items():
        url = url.replace(name, str(number))
    return url, tile
