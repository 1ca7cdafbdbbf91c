"""`check`: can the bot work here? One line each; exit 1 on trouble, not for a warning."""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp

from bot.settings import Settings, SettingsError, check_for_run
from store.domain.clock import SystemClock
from store.domain.reference import Restriction
from store.domain.safety_text import unconfirmed

if TYPE_CHECKING:
    from store.engine import Session, Store

DISK_MIN_BYTES = 500 * 1024 * 1024
CLOCK_MAX_SECONDS = 5
SQLITE_MIN = (3, 35, 0)
ANSWER_SECONDS = 10


class TroubleError(Exception):
    """Something is not as it must be; the message says what to do."""


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """Add no arguments."""


async def run(_arguments: argparse.Namespace, settings: Settings) -> int:
    """Check everything, also after a trouble was found."""
    bad = 0
    async for name, good, words in results(settings):
        bad += not good
        print(f"{'ok     ' if good else 'TROUBLE'}  {name}: {words}")
    for name, words in await warnings(settings):
        print(f"WARNING  {name}: {words}")
    return 1 if bad else 0


async def results(settings: Settings) -> AsyncIterator[tuple[str, bool, str]]:
    """Give each check's name, whether it went well, and what was found."""
    checks: dict[str, Callable[[Settings], Awaitable[str]]] = {
        "settings": _settings,
        "database": _database,
        "messenger": _messenger,
        "disk": _disk,
        "SQLite": _sqlite,
    }
    for name, check in checks.items():
        try:
            yield name, True, await check(settings)
        except Exception as error:  # noqa: BLE001 - every trouble becomes a line
            yield name, False, str(error) or type(error).__name__


async def _settings(settings: Settings) -> str:
    try:
        check_for_run(settings)
    except SettingsError as error:
        raise TroubleError(str(error)) from None
    return "everything that `run` needs is set"


async def _database(settings: Settings) -> str:
    from store.engine import open_store
    from store.queries import reference

    async with open_store(settings.database_url) as store:
        try:
            profile = await store.read(reference.load)
        except Exception as error:
            raise TroubleError("no schema or no reference data yet: `run` makes both") from error
        return f"{store.dialect}, reference data of {profile.district.name}"


async def warnings(settings: Settings) -> Sequence[tuple[str, str]]:
    """Return what works but should not stay so; nothing where the database does not answer."""
    from store.engine import open_store

    try:
        async with open_store(settings.database_url) as store:
            return [*await store.read(_to_warn_of), *await _newer_profile(store, settings)]
    except Exception:  # noqa: BLE001 - the line about the database says it
        return ()


def _to_warn_of(session: Session) -> Sequence[tuple[str, str]]:
    from notifications import recipients
    from store.queries import reference

    unheard = [kind for kind in Restriction if not recipients.granted(session, kind)]
    drafted = unconfirmed(reference.load(session))
    return [
        *(("alerts", f"nobody who is granted {kind} has a linked chat: nobody is told") for kind in unheard),
        *(("safety texts", f"machine-drafted in {code}: {', '.join(texts)}") for code, texts in drafted),
    ]


async def _newer_profile(store: Store, settings: Settings) -> Sequence[tuple[str, str]]:
    """Say whether the profile has what the database has not; a profile that cannot be read is said too."""
    from store.domain.profile_change import accepted
    from store.profile.load import load
    from store.profile.spot import ProfileError
    from store.queries.profile_changes import compare

    try:
        profile = await asyncio.to_thread(load, settings.profile)
    except ProfileError as error:
        return [("profile", str(error))]
    found = await store.read(compare, profile)
    newer = len(accepted(found.changes, ()))
    if not newer and not found.reordered:
        return ()
    return [
        ("profile", f"newer than the database in {newer} entries: `profile` shows them and takes them over")
    ]


async def _messenger(settings: Settings) -> str:
    """Ask who the bot is; the answer's date shows whether our clock is right."""
    if not settings.telegram_bot_token:
        raise TroubleError("TELEGRAM_BOT_TOKEN is not set")
    found = await who_am_i(settings)
    off = abs(_seconds_off(found.date))
    if off > CLOCK_MAX_SECONDS:
        raise TroubleError(f"this machine's clock is {off:.0f} s off")
    return f"@{found.username}, clocks agree within {CLOCK_MAX_SECONDS} s"


@dataclass(frozen=True, slots=True)
class Identity:
    """The bot's name at the messenger, and the date of the answer that said so."""

    username: str
    date: str | None


async def who_am_i(settings: Settings) -> Identity:
    """Ask the messenger for the bot's name. `TroubleError` where it does not say."""
    url = f"{settings.telegram_api_url}/bot{settings.telegram_bot_token}/getMe"
    timeout = aiohttp.ClientTimeout(total=ANSWER_SECONDS)
    try:
        async with aiohttp.ClientSession(timeout=timeout) as session, session.get(url) as answer:
            body = await answer.json()
            date = answer.headers.get("Date")
    except (aiohttp.ClientError, TimeoutError) as error:
        raise TroubleError(f"no answer ({type(error).__name__})") from None
    if not body.get("ok"):
        raise TroubleError(f"it refuses the token: {body.get('description')}")
    return Identity(body["result"]["username"], date)


def _seconds_off(date: str | None) -> float:
    if not date:
        return 0.0
    theirs = parsedate_to_datetime(date).astimezone(UTC)
    ours: datetime = SystemClock().now()
    return (ours - theirs).total_seconds()


async def _disk(settings: Settings) -> str:
    from bot.app import data_folder

    folder = data_folder(settings) or Path()
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    if free < DISK_MIN_BYTES:
        raise TroubleError(f"only {free // 2**20} MB are free")
    return f"{free // 2**20} MB free"


async def _sqlite(_settings: Settings) -> str:
    if sqlite3.sqlite_version_info < SQLITE_MIN:
        raise TroubleError(f"{sqlite3.sqlite_version} is too old")
    return sqlite3.sqlite_version
