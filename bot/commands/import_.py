"""`import`: wards, postcodes and meetings from files, with a line for each row that is refused."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from bot.commands.import_meetings import LOOK
from bot.settings import Settings

if TYPE_CHECKING:
    from store.domain.reference import District, Profile
    from store.domain.ward_set import Plan
    from store.engine import Store

RESTART = "A running bot reads this at its start: restart it."
DRY = "Dry run: nothing was written."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    kinds = parser.add_subparsers(dest="kind", required=True, metavar="KIND")
    wards = _kind(kinds, "wards", "outlines and names of wards, from GeoJSON (WGS84)")
    wards.add_argument("--code", default="", help="the property that holds a ward's code, if not guessed")
    wards.add_argument("--name", default="", help="the property that holds a ward's name, if not guessed")
    wards.add_argument("--areas", type=Path, help="CSV file with the columns code,area: who lies in which")
    wards.add_argument(
        "--valid-from",
        type=date.fromisoformat,
        metavar="YYYY-MM-DD",
        help="first day of a new set of wards; the set before it ends the day before",
    )
    _kind(kinds, "postcodes", "postcodes and their points, from CSV; they replace those there are")
    _kind(kinds, "meetings", "meetings from CSV or a calendar file (.ics), as drafts")


def _kind(
    kinds: argparse._SubParsersAction[argparse.ArgumentParser], name: str, what: str
) -> argparse.ArgumentParser:
    parser = kinds.add_parser(name, help=what, description=what)
    parser.add_argument("file", type=Path)
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    return parser


async def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Import the good rows and list the others; exit 1 where a row was refused."""
    from store.engine import migrate, open_store

    if not arguments.dry_run:
        await migrate(settings.database_url)
    async with open_store(settings.database_url) as store:
        profile = await _profile(store, settings, dry_run=arguments.dry_run)
        refused = await _KINDS[arguments.kind](store, profile, arguments)
    print(DRY if arguments.dry_run else _AFTERWARDS[arguments.kind])
    return 1 if refused else 0


async def _profile(store: Store, settings: Settings, *, dry_run: bool) -> Profile:
    """Return the reference data in force; that of a new database comes from the profile."""
    from store.actions import reference as seeding
    from store.profile.load import load
    from store.queries import reference

    if not dry_run:
        await store.write(seeding.seed, await asyncio.to_thread(load, settings.profile))
        return await store.read(reference.load)
    try:
        return await store.read(reference.load)
    except Exception:  # noqa: BLE001 - no schema or no rows yet: they would come from the profile
        return await asyncio.to_thread(load, settings.profile)


async def _wards(store: Store, profile: Profile, arguments: argparse.Namespace) -> int:
    from bot.commands.staff import SHELL
    from store.actions import ward
    from store.domain.ward_set import WardFile, plan
    from store.domain.working_days import london_date
    from store.profile.ward_file import Fields, read_areas, read_wards

    district = profile.district
    fields = Fields(arguments.code, arguments.name)
    found = await asyncio.to_thread(read_wards, arguments.file, fields, district.code, district.box)
    areas = read_areas(arguments.areas) if arguments.areas else {}
    file = WardFile(found.wards, areas, arguments.valid_from)
    if arguments.dry_run:
        known = [area.code for area in profile.areas]
        made = plan(profile.wards, known, file, london_date(store.clock.now()))
    else:
        made = await store.write(ward.import_file, SHELL, file)
    refused = [*found.refused, *made.refused]
    _list(refused)
    if found.elsewhere:
        print(f"{found.elsewhere} wards of other districts were left out.")
    if found.outside or (found.elsewhere and not found.wards):
        print(_whose(district))
    print(_said(made, len(refused)))
    return len(refused)


def _said(made: Plan, refused: int) -> str:
    new, changed, gone = made.count()
    return f"Wards: {new} new, {changed} changed, {gone} gone; {refused} refused."


async def _postcodes(store: Store, profile: Profile, arguments: argparse.Namespace) -> int:
    from bot.commands.staff import SHELL
    from store.actions import postcode
    from store.profile.postcode_file import read_postcodes

    found = await asyncio.to_thread(read_postcodes, arguments.file, profile.district.box, _progress)
    _list(found.refused)
    if found.outside:
        print(_whose(profile.district))
    good, bad = len(found.points), len(found.refused)
    if not good:
        print("No line could be used: the postcodes stay as they are.")
        return max(bad, 1)
    if not arguments.dry_run:
        await store.write(postcode.replace_all, SHELL, found.points)
    print(f"Postcodes: {good} instead of {len(profile.postcodes)}; {bad} refused.")
    return bad


async def _meetings(store: Store, profile: Profile, arguments: argparse.Namespace) -> int:
    from bot.commands.import_meetings import import_meetings, said

    made = await import_meetings(store, profile, arguments.file, dry_run=arguments.dry_run)
    _list(made.refused)
    print(said(made))
    return len(made.refused)


def _whose(district: District) -> str:
    """Say whose places this database takes, and what another district needs."""
    west, south, east, north = district.box
    return (
        f"This database is that of {district.name} ({district.code}), "
        f"longitude {west} to {east}, latitude {south} to {north}.\n"
        "Another district needs a profile of its own and a new database: set PROFILE to a folder whose "
        "district.toml has its code and box, and DATABASE_URL to where nothing is kept yet."
    )


def _progress(lines: int) -> None:
    print(f"... {lines} lines read", flush=True)


def _list(refused: Sequence[str]) -> None:
    for sentence in refused:
        print(f"refused: {sentence}")


_KINDS = {"wards": _wards, "postcodes": _postcodes, "meetings": _meetings}
_AFTERWARDS = {"wards": RESTART, "postcodes": RESTART, "meetings": LOOK}
