"""The one drawer of maps: outlines or a plain grid, names, a scale bar, tiles; and what lies on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from handlers.web.site import Site
from store.domain.map_view import WIDTH, Bar, MapView, Tile, box_around
from store.domain.outline import Box, box_of
from store.domain.place import Point
from store.domain.reference import Profile, Ward
from store.domain.working_days import london_date

LETTER, LARGE_LETTER, LINE, EDGE, LIFT = 16, 24, 50, 20, 16
"""About how wide a letter of a label is (a small map's on a phone are larger), how tall its line, what
stays free at the edge, and how far above its point a name stands."""
MARK, TALL, HIGHER, DROP = 28, 30, 40, 62
"""How far a mark reaches around its point on a phone, how tall letters are there, and how far above or
beneath its point a name stands that a mark would lie upon otherwise."""
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


def ground_of(
    site: Site, day: date, box: Box | None = None, marks: Iterable[Point] = (), *, tiles: bool
) -> Ground:
    """Draw the ground of a box, of the whole district without one; `tiles` where they are configured.

    Names keep clear of `marks`, which will be drawn upon it.
    """
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
        () if laid else tuple(_labels(view, named, letter, [view.place(mark) for mark in marks])),
        laid,
        bar,
        grid=not laid and (close or not drawn),
        attribution=credit if laid or drawn else "",
    )


def around(site: Site, name: str, point: Point, km: float) -> tuple[Ground, Label]:
    """Draw the ground so far around one point, and say where it lies on it under this name."""
    today = london_date(site.store.clock.now())
    ground = ground_of(site, today, box_around([point], km), [point], tiles=False)
    return ground, Label(name, *ground.view.place(point))


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


def _labels(view: MapView, named: Iterable[Named], letter: int, marks: Sequence[Point]) -> Iterator[Label]:
    """Place the names that are on the picture, those that would lie upon another left out."""
    taken = [_of_bar(view, letter)]
    for name, point in named:
        x, y = view.place(point)
        half = len(name) * letter / 2
        x = min(max(x, half + EDGE), WIDTH - half - EDGE)
        line = next((one for one in _lines(x, y, half, marks) if _is_free(x, one, half, taken)), None)
        if view.shows(point) and line is not None:
            taken.append((x, line, half))
            yield Label(name, x, line)


def _of_bar(view: MapView, letter: int) -> tuple[float, float, float]:
    """Return what the scale bar and its text take, in the corner."""
    bar = view.bar()
    half = (36 + bar.length + len(bar.text) * letter) / 2
    return half, view.height - EDGE, half


def _lines(x: float, y: float, half: float, marks: Sequence[Point]) -> Sequence[float]:
    """Return where a name may stand: above its point, as far as it must to be clear of marks, or beneath."""

    def is_clear(line: float) -> bool:
        above, beneath = line - TALL - MARK, line + MARK
        return not any(abs(x - at) < half + MARK and above < up < beneath for at, up in marks)

    return [*filter(is_clear, (y - LIFT, y - HIGHER, y + DROP))] or [y - LIFT]


def _is_free(x: float, line: float, half: float, taken: Iterable[tuple[float, float, float]]) -> bool:
    """Tell whether a name can stand there beside those that are placed."""
    return all(abs(x - other) >= half + width or abs(line - its) >= LINE for other, its, width in taken)


def _laid(url: str, tile: Tile) -> tuple[str, Tile]:
    for name, number in {"{z}": tile.zoom, "{x}": tile.column, "{y}": tile.row}.items():
        url = url.replace(name, str(number))
    return url, tile
