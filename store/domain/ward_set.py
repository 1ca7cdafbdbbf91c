"""A file of wards against those that are known: what changes, what ends, what is refused."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from store.domain.outline import Outline, box_of, centre_of
from store.domain.reference import Ward


@dataclass(frozen=True, slots=True)
class OutlinedWard:
    """A ward as a file of outlines gives it."""

    code: str
    name: str
    outline: Outline


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do. `changed` holds a ward before and after; None stands for no ward."""

    changed: tuple[tuple[Ward | None, Ward | None], ...] = ()
    refused: tuple[str, ...] = ()

    def count(self) -> tuple[int, int, int]:
        """Return how many wards are new, stay with other facts, and go."""
        new = sum(old is None for old, _ in self.changed)
        gone = sum(fresh is None for _, fresh in self.changed)
        return new, len(self.changed) - new - gone, gone


@dataclass(frozen=True, slots=True)
class WardFile:
    """The wards of a file, the areas given with it by ward code, and the first day of a new set.

    Without `valid_from` the file is about the wards of today.
    """

    wards: Sequence[OutlinedWard]
    areas: Mapping[str, str]
    valid_from: date | None = None


def plan(known: Sequence[Ward], areas: Collection[str], file: WardFile, today: date) -> Plan:
    """Return what an import of this file would do to the wards that are known.

    A ward keeps the area of its code where the file gives none. A new set ends the one before it
    the day before; the same set given again replaces itself. A set between others is refused.
    """
    if file.valid_from is None:
        now_in_force = [
            w for w in known if w.valid_from <= today and (w.valid_to is None or today <= w.valid_to)
        ]
        return _same_set(now_in_force, areas, file)
    later = [ward.valid_from for ward in known if ward.valid_from > file.valid_from]
    if later:
        return Plan(refused=(f"the whole file: wards that begin on {min(later)} are known already",))
    return _new_set(known, areas, file, file.valid_from)


def _same_set(current: Sequence[Ward], areas: Collection[str], file: WardFile) -> Plan:
    by_code = {ward.code: ward for ward in current}
    changed: list[tuple[Ward | None, Ward | None]] = []
    refused: list[str] = []
    for given in file.wards:
        old = by_code.get(given.code)
        if old is None:
            refused.append(
                f"{given.code} {given.name}: is no ward of today; give --valid-from if a new set begins"
            )
            continue
        area = file.areas.get(given.code, old.area)
        if area in areas:
            changed.append((old, _outlined(given, area, old.valid_from, old.valid_to)))
        else:
            refused.append(_no_area(given, area))
    return _plan(changed, refused)


def _new_set(known: Sequence[Ward], areas: Collection[str], file: WardFile, first_day: date) -> Plan:
    replaced = {ward.code: ward for ward in known if ward.valid_from == first_day}
    area_of = {ward.code: ward.area for ward in known} | dict(file.areas)
    changed: list[tuple[Ward | None, Ward | None]] = []
    refused: list[str] = []
    for given in file.wards:
        area = area_of.get(given.code, "")
        if area in areas:
            changed.append((replaced.get(given.code), _outlined(given, area, first_day, None)))
        else:
            refused.append(_no_area(given, area))
    if changed:
        named = {given.code for given in file.wards}
        changed += [(ward, None) for code, ward in replaced.items() if code not in named]
        changed += _ended([ward for ward in known if ward.valid_from < first_day], first_day)
    return _plan(changed, refused)


def _ended(earlier: Sequence[Ward], first_day: date) -> Iterable[tuple[Ward, Ward]]:
    """The set before the new one ends the day before it, neither later nor sooner."""
    last_known = max((ward.valid_to or date.max for ward in earlier), default=date.max)
    last_day = first_day - timedelta(days=1)
    for ward in earlier:
        if (ward.valid_to or date.max) >= min(last_known, first_day):
            yield ward, replace(ward, valid_to=last_day)


def _outlined(given: OutlinedWard, area: str, first_day: date, last_day: date | None) -> Ward:
    lat, lon = (round(degrees, 6) for degrees in centre_of(given.outline))
    box = box_of(given.outline)
    return Ward(given.code, given.name, area, lat, lon, box, first_day, last_day, given.outline)


def _no_area(given: OutlinedWard, area: str) -> str:
    problem = f"there is no engagement area {area!r}" if area else "has no engagement area: give --areas"
    return f"{given.code} {given.name}: {problem}"


def _plan(changed: Iterable[tuple[Ward | None, Ward | None]], refused: Sequence[str]) -> Plan:
    return Plan(tuple(pair for pair in changed if pair[0] != pair[1]), tuple(refused))
