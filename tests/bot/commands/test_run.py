"""`run`, `check` and `migrate`, as they answer on the shell."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from bot.commands import check
from bot.emulator import Emulator
from bot.settings import Settings
from store.actions import reference, staff
from store.domain.actor import SYSTEM
from store.domain.reference import Restriction
from store.domain.staff import Role
from store.engine import Session, migrate, open_store
from store.profile.load import load

ROOT = Path(__file__).parents[3]
SECRET = "s" * 32


def run(*arguments: str, **settings: str) -> subprocess.CompletedProcess[str]:
    bare = {name: value for name, value in os.environ.items() if name != "TELEGRAM_BOT_TOKEN"}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=ROOT,
        env=bare | settings,
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_a_token_run_ends_with_one_clear_line() -> None:
    done = run("run")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "TELEGRAM_BOT_TOKEN is not set" in done.stderr


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY needs at least 32 characters"),
        ({"SECRET_KEY": SECRET, "UPDATES": "webhook"}, "UPDATES=webhook needs PUBLIC_URL"),
        ({"SECRET_KEY": SECRET, "UPDATES": "pigeon"}, "UPDATES must be polling or webhook"),
        ({"SECRET_KEY": SECRET, "SEND_RATE": "0"}, "SEND_RATE must be from 1 to 1000"),
        ({"SECRET_KEY": SECRET, "WEB_PORT": "eighty"}, "WEB_PORT must be a whole number"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(settings: dict[str, str], words: str) -> None:
    done = run("run", TELEGRAM_BOT_TOKEN="1:x", **settings)
    assert done.returncode == 1
    assert words in done.stderr


def test_an_unknown_role_is_named(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/f.db"
    done = run("run", "--roles", "juggler", TELEGRAM_BOT_TOKEN="1:x", SECRET_KEY=SECRET, DATABASE_URL=url)
    assert done.returncode == 1
    assert "no such role: juggler" in done.stderr


def test_migrate_makes_the_schema_and_may_be_run_again(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/new/f.db"
    for _ in range(2):
        done = run("migrate", DATABASE_URL=url)
        assert (done.returncode, done.stdout) == (0, "The schema is up to date.\n")
    assert (tmp_path / "new/f.db").exists()


async def results(settings: Settings) -> dict[str, tuple[bool, str]]:
    return {name: (good, words) async for name, good, words in check.results(settings)}


async def test_check_finds_nothing_wrong_with_a_bot_that_can_work(migrated_database_url: str) -> None:
    async with open_store(migrated_database_url) as store:
        await store.write(reference.seed, load("thanet"))
    async with Emulator() as emulator:
        settings = Settings(
            telegram_bot_token=emulator.token,
            telegram_api_url=emulator.url,
            database_url=migrated_database_url,
            secret_key=SECRET,
        )
        found = await results(settings)
    assert {name: words for name, (good, words) in found.items() if not good} == {}
    assert "Thanet" in found["database"][1]


async def test_check_warns_of_who_would_not_be_told_and_of_unchecked_texts(
    migrated_database_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    import argparse

    async with open_store(migrated_database_url) as store:
        await store.write(reference.seed, load("thanet"))
        await store.write(guardian, Restriction.SAFEGUARDING, 77)
        await store.write(guardian, Restriction.HATE, None)
    async with Emulator() as emulator:
        settings = Settings(
            telegram_bot_token=emulator.token,
            telegram_api_url=emulator.url,
            database_url=migrated_database_url,
            secret_key=SECRET,
        )
        assert await check.run(argparse.Namespace(), settings) == 0
    said = [line for line in capsys.readouterr().out.splitlines() if line.startswith("WARNING")]
    alerts = [line for line in said if "alerts:" in line]
    assert len(alerts) == len(Restriction) - 1
    assert all("granted safeguarding" not in line for line in alerts)
    drafted = [line for line in said if "safety texts: machine-drafted in" in line]
    assert [line.split(":")[1].split()[-1] for line in drafted] == ["pl", "ro", "cs", "sk", "uk"]
    assert "emergency" in drafted[0]


def guardian(session: Session, kind: Restriction, chat_id: int | None) -> None:
    member = staff.add(session, SYSTEM, kind.value, "Guardian", Role.OFFICER)
    if chat_id is not None:
        staff.link(session, staff.start_link(session, member.id), chat_id)
    staff.grant(session, SYSTEM, member.id, kind)


async def test_check_names_each_trouble(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/f.db"
    await migrate(url)
    async with Emulator() as emulator:
        settings = Settings(telegram_bot_token="9:wrong", telegram_api_url=emulator.url, database_url=url)
        found = await results(settings)
    troubles = {name for name, (good, _) in found.items() if not good}
    assert troubles == {"settings", "database", "messenger"}
    assert "Unauthorized" in found["messenger"][1]


async def test_check_says_when_the_messenger_does_not_answer(tmp_path: Path) -> None:
    settings = Settings(
        telegram_bot_token="1:x",
        telegram_api_url="http://127.0.0.1:9",
        database_url=f"sqlite:///{tmp_path}/f.db",
    )
    found = await results(settings)
    assert found["messenger"] == (False, "no answer (ClientConnectorError)")


async def test_check_ends_with_1_where_something_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import argparse

    settings = Settings(database_url=f"sqlite:///{tmp_path}/f.db")
    assert await check.run(argparse.Namespace(), settings) == 1
    assert "TROUBLE  settings: TELEGRAM_BOT_TOKEN is not set" in capsys.readouterr().out
