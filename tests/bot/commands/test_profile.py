"""`python -m bot profile`, as an administrator runs it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from store.actions import reference
from store.domain.reference import Profile
from store.engine import open_store
from store.profile.load import load
from store.queries import reference as kept_rows
from tests.store.profile.small import write_profile
from tests.support.command import command

RESTART = "A running bot reads this at its start: restart it."
Run = Callable[..., Awaitable[tuple[int, str]]]


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    (folder := tmp_path / "profile").mkdir()
    write_profile(folder)
    return folder


@pytest.fixture
def run(migrated_database_url: str, profile: Path) -> Run:
    async def run(*words: str, of: str = "profile") -> tuple[int, str]:
        return await command(of, *words, DATABASE_URL=migrated_database_url, PROFILE=profile)

    return run


@pytest.fixture
async def seeded(migrated_database_url: str, profile: Path) -> None:
    async with open_store(migrated_database_url) as store:
        await store.write(reference.seed, load(profile))
    file = profile / "neighbours.toml"
    text = await asyncio.to_thread(file.read_text)
    await asyncio.to_thread(file.write_text, text + 'towns = ["Bigtown"]\n')


async def kept(url: str) -> Profile:
    async with open_store(url) as store:
        return await store.read(kept_rows.load)


@pytest.mark.usefixtures("seeded")
async def test_a_later_profile_is_shown_field_by_field_and_nothing_is_written(
    migrated_database_url: str, run: Run
) -> None:
    before = await kept(migrated_database_url)
    assert await run() == (
        0,
        (
            "neighbours/Bigmouth Council: changed, version 1 -> version 2\n"
            "    towns: (nothing) -> Bigtown\n"
            "Nothing was written: `--accept` takes over what is new, changed or no longer in the file."
        ),
    )
    assert await kept(migrated_database_url) == before


@pytest.mark.usefixtures("seeded")
async def test_accepting_it_writes_it_and_then_there_is_no_more_to_say(
    migrated_database_url: str, profile: Path, run: Run
) -> None:
    status, said = await run("--accept")
    assert status == 0
    assert said.endswith(f"1 entries were taken over from the profile, by the shell.\n{RESTART}")
    assert await kept(migrated_database_url) == load(profile)
    assert await run() == (0, "The database has all that the profile has.")


@pytest.mark.usefixtures("seeded")
async def test_only_an_administrator_is_written_down_as_who_accepted_it(run: Run) -> None:
    await run("add", "ann", "--name", "Ann", "--role", "administrator", "--generate", of="staff")
    await run("add", "olu", "--name", "Olu", "--role", "officer", "--generate", of="staff")
    for username in ("olu", "nobody"):
        status, said = await run("--accept", "--by", username)
        assert (status, f"{username} is no administrator of this database" in said) == (1, True)
    status, said = await run("--accept", "--by", "ann")
    assert (status, "1 entries were taken over from the profile, by ann." in said) == (0, True)


@pytest.mark.usefixtures("seeded")
async def test_a_name_of_nothing_that_is_kept_ends_with_1(run: Run) -> None:
    status, said = await run("--accept", "contacts/none")
    assert (status, "nothing that is kept is called contacts/none" in said) == (1, True)


@pytest.mark.usefixtures("seeded")
async def test_check_says_that_the_profile_is_newer(run: Run) -> None:
    newer = "WARNING  profile: newer than the database in 1 entries"
    assert newer in (await run(of="check"))[1]
    await run("--accept")
    assert newer not in (await run(of="check"))[1]


@pytest.mark.usefixtures("seeded")
async def test_check_says_that_a_profile_cannot_be_read(run: Run, profile: Path) -> None:
    await asyncio.to_thread((profile / "neighbours.toml").write_text, "neighbours = 1")
    assert "WARNING  profile: neighbours.toml" in (await run(of="check"))[1]


async def test_a_database_without_reference_data_is_said_to_be_so(run: Run) -> None:
    status, said = await run()
    assert (status, "the database has no reference data yet" in said) == (1, True)


async def test_a_database_without_a_schema_is_said_to_be_so(profile: Path, tmp_path: Path) -> None:
    status, said = await command("profile", DATABASE_URL=f"sqlite:///{tmp_path / 'new.db'}", PROFILE=profile)
    assert (status, "the database has no schema, or an old one" in said) == (1, True)
