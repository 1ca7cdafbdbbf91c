from __future__ import annotations

from dataclasses import replace

from store.actions import postcode, reference
from store.domain.actor import SYSTEM
from store.domain.event import Action
from store.profile.load import load
from store.queries import reference as kept
from tests.support.triage_factory import Town


async def test_postcodes_are_replaced_as_a_whole(town: Town) -> None:
    await town.write(reference.seed, replace(load("thanet"), postcodes={"CT9 1AA": (51.38, 1.38)}))
    points = {f"CT9 {number // 26 % 10}A{chr(65 + number % 26)}": (51.38, 1.38) for number in range(200)}
    assert await town.write(postcode.replace_all, SYSTEM, points) == 1
    assert (await town.read(kept.load)).postcodes == points
    assert await town.how_often(Action.REFERENCE_CHANGED) == 1
    assert await town.write(postcode.replace_all, SYSTEM, {"CT7 0BH": (51.36, 1.31)}) == len(points)
    assert (await town.read(kept.load)).postcodes == {"CT7 0BH": (51.36, 1.31)}
