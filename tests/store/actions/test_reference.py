from __future__ import annotations

from dataclasses import replace

import pytest

from store.actions import reference
from store.domain.event import Action
from store.domain.reference import Profile
from store.profile.load import load
from store.queries import reference as kept
from tests.support.triage_factory import Town


@pytest.fixture(scope="module")
def thanet() -> Profile:
    return load("thanet")


async def test_what_is_read_from_the_rows_equals_the_profile(town: Town, thanet: Profile) -> None:
    assert await town.write(reference.seed, thanet)
    assert await town.read(kept.load) == thanet
    assert await town.how_often(Action.REFERENCE_SEEDED) == 1


async def test_a_second_seed_changes_nothing(town: Town, thanet: Profile) -> None:
    await town.write(reference.seed, thanet)
    other = replace(thanet, categories=thanet.categories[:1])
    assert not await town.write(reference.seed, other)
    assert await town.read(kept.load) == thanet
    assert await town.how_often(Action.REFERENCE_SEEDED) == 1


async def test_a_profile_without_postcodes_is_taken_as_it_is(town: Town, thanet: Profile) -> None:
    bare = replace(thanet, postcodes={})
    assert await town.write(reference.seed, bare)
    assert await town.read(kept.load) == bare
