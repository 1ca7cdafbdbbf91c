from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher

from handlers.web.passwords import WAITING_MAX, Passwords
from store.domain.errors import Refusal


@pytest.fixture
def passwords() -> Iterator[Passwords]:
    made = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    yield made
    made.close()


async def test_a_password_matches_itself_only(passwords: Passwords) -> None:
    kept = await passwords.hash("three random words")
    assert "three" not in kept
    assert await passwords.matches(kept, "three random words")
    assert not await passwords.matches(kept, "three random word")


async def test_nothing_matches_where_nothing_is_kept(passwords: Passwords) -> None:
    assert not await passwords.matches(None, "nobody has this password")
    assert not await passwords.matches("not a hash", "x")


async def test_a_book_is_not_hashed(passwords: Passwords) -> None:
    assert not await passwords.matches(await passwords.hash("x" * 300), "x" * 300)


async def test_a_flood_is_turned_away_and_then_things_go_on(passwords: Passwords) -> None:
    kept = await passwords.hash("three random words")
    many = (passwords.matches(kept, "guess") for _ in range(WAITING_MAX + 5))
    results = await asyncio.gather(*many, return_exceptions=True)
    refused = [result for result in results if isinstance(result, Refusal)]
    assert (len(refused), refused[0].key) == (5, "sign_in.busy")
    assert await passwords.matches(kept, "three random words")
