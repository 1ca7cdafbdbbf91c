"""`profile`: what a later version of the profile changes, and taking it over."""

from __future__ import annotations

import argparse
import asyncio
import textwrap
from typing import TYPE_CHECKING

from bot.settings import Settings
from store.domain.errors import ForelandError
from store.domain.profile_change import Change, Step

if TYPE_CHECKING:
    from store.domain.actor import Actor
    from store.domain.reference import Profile
    from store.engine import Store
    from store.queries.profile_changes import Compared

WIDTH = 100
"""Longer words are cut where they are shown, not where they are written."""
DRY = "Nothing was written: `--accept` takes over what is new, changed or no longer in the file."
SAME = "The database has all that the profile has."
RESTART = "A running bot reads this at its start: restart it."


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of this command."""
    parser.add_argument(
        "--accept",
        nargs="*",
        metavar="KIND/CODE",
        help="take the profile over; of what was changed in the database since, only what is named here",
    )
    parser.add_argument("--by", metavar="USERNAME", help="the administrator who accepts it (else: the shell)")


async def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Show how the database differs from the profile; with `--accept` take the profile over."""
    from store.engine import migrate, open_store
    from store.profile.load import load

    profile = await asyncio.to_thread(load, settings.profile)
    if arguments.accept is not None:
        await migrate(settings.database_url)
    async with open_store(settings.database_url) as store:
        found = await _compared(store, profile)
        for line in _lines(found):
            print(line)
        if arguments.accept is None:
            print(DRY if found.changes or found.reordered else SAME)
        else:
            await _accept(store, profile, arguments)
    return 0


async def _compared(store: Store, profile: Profile) -> Compared:
    from store.queries.profile_changes import compare

    try:
        found = await store.read(compare, profile)
    except Exception as error:
        raise ForelandError(
            "the database has no schema, or an old one: `migrate` brings it up to date"
        ) from error
    if not found.district:
        raise ForelandError("the database has no reference data yet: `run` takes it from the profile")
    return found


async def _accept(store: Store, profile: Profile, arguments: argparse.Namespace) -> None:
    from store.actions import profile_change

    by = await _by(store, arguments.by)
    written = await store.write(profile_change.accept, by, profile, arguments.accept)
    print(f"{len(written)} entries were taken over from the profile, by {arguments.by or 'the shell'}.")
    print(RESTART)


async def _by(store: Store, username: str | None) -> Actor:
    """Return who accepts it: an administrator, or the shell where nobody is named."""
    from bot.commands.staff import SHELL
    from store.domain.actor import Actor, ActorKind, Channel
    from store.domain.staff import Role
    from store.queries import staff

    if username is None:
        return SHELL
    account = await store.read(staff.find, username)
    if account is None or account.staff.disabled or account.staff.role is not Role.ADMINISTRATOR:
        raise ForelandError(f"{username} is no administrator of this database")
    return Actor(ActorKind.STAFF, account.staff.id, Channel.CLI)


def _lines(found: Compared) -> list[str]:
    lines = [f"{kind}: the entries stand in another order" for kind in found.reordered]
    for change in found.changes:
        lines.append(f"{change.name}: {_what(change)}")
        if change.after is not None:
            lines += [f"    {name}: {_short(old)} -> {_short(new)}" for name, old, new in change.fields()]
    return lines


def _what(change: Change) -> str:
    old, new = f"version {change.version}", f"version {change.version + 1}"
    match change.step:
        case Step.NEW:
            return f"new, {new}"
        case Step.CHANGED:
            return f"changed, {old} -> {new}"
        case Step.GONE:
            return f"no longer in the file, {old} ends"
        case Step.KEPT:
            return f"kept, {old}: changed in the database since; `--accept {change.name}` takes the file's"
        case Step.STAYS:
            return f"no longer in the file, {old} stays: reports and cases may name it"


def _short(words: str) -> str:
    return textwrap.shorten(words, WIDTH, placeholder=" ...") or "(nothing)"
