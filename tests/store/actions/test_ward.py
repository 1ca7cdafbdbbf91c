from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import reference, ward
from store.domain.actor import SYSTEM
from store.domain.event import Action
from store.domain.place_index import PlaceIndex
from store.domain.reference import Profile
from store.domain.ward_set import OutlinedWard, Plan, WardFile
from store.profile.load import load
from store.queries import reference as kept
from store.tables.reference import ReferenceRow
from tests.support.triage_factory import Town

CHANGE = date(2027, 5, 6)
DANE_VALLEY, VIKING = "E05005089", "E05005101"
HERE = (51.3800, 1.4034)
RING = ((51.37, 1.39), (51.37, 1.41), (51.39, 1.41), (51.39, 1.39))


@pytest.fixture(scope="module")
def thanet() -> Profile:
    return replace(load("thanet"), postcodes={"CT9 1AA": HERE})


@pytest.fixture
async def seeded(town: Town, thanet: Profile) -> Town:
    await town.write(reference.seed, thanet)
    return town


def a_file(*codes: str, first: date | None = None, name: str = "New name") -> WardFile:
    wards: Sequence[OutlinedWard] = [OutlinedWard(code, name, (RING,)) for code in codes]
    return WardFile(wards, {"E9": "margate"}, first)


async def put(town: Town, file: WardFile) -> Plan:
    return await town.write(ward.import_file, SYSTEM, file)


def versions(session: Session) -> list[tuple[str, int, bool]]:
    rows = session.scalars(
        select(ReferenceRow)
        .where(ReferenceRow.kind == "wards", ReferenceRow.code.startswith(DANE_VALLEY))
        .order_by(ReferenceRow.code, ReferenceRow.version)
    )
    return [(row.code, row.version, row.retired_at is None) for row in rows]


async def test_an_outline_is_a_new_version_of_the_ward_and_one_event(seeded: Town) -> None:
    made = await put(seeded, a_file(DANE_VALLEY, "E5"))
    assert made.count() == (0, 1, 0)
    assert len(made.refused) == 1
    assert await seeded.read(versions) == [(DANE_VALLEY, 1, False), (DANE_VALLEY, 2, True)]
    assert await seeded.how_often(Action.REFERENCE_CHANGED) == 1
    profile = await seeded.read(kept.load)
    fresh = next(one for one in profile.wards if one.code == DANE_VALLEY)
    assert (fresh.name, fresh.area, fresh.outline) == ("New name", "margate", (RING,))
    assert len(profile.wards) == 23


async def test_the_same_file_again_leaves_no_trace(seeded: Town) -> None:
    await put(seeded, a_file(DANE_VALLEY))
    assert (await put(seeded, a_file(DANE_VALLEY))).changed == ()
    assert await seeded.how_often(Action.REFERENCE_CHANGED) == 1


async def test_after_a_new_set_each_day_has_its_own_wards(seeded: Town) -> None:
    made = await put(seeded, a_file(DANE_VALLEY, "E9", first=CHANGE))
    assert made.count() == (2, 0, 0)  # the old wards end on that day anyway
    places = PlaceIndex(await seeded.read(kept.load))
    assert places.nearest_wards(*HERE, date(2027, 5, 5))[0].name == "Dane Valley"
    assert {one.name for one in places.nearest_wards(*HERE, CHANGE)} == {"New name"}
    assert await seeded.read(versions) == [
        (DANE_VALLEY, 1, True),
        (f"{DANE_VALLEY}@{CHANGE}", 1, True),
    ]


async def test_a_set_is_corrected_by_giving_it_again(seeded: Town) -> None:
    await put(seeded, a_file(DANE_VALLEY, "E9", first=CHANGE))
    made = await put(seeded, a_file(DANE_VALLEY, first=CHANGE, name="Better name"))
    assert made.count() == (0, 1, 1)
    wards = [one for one in (await seeded.read(kept.load)).wards if one.valid_from == CHANGE]
    assert [(one.code, one.name) for one in wards] == [(DANE_VALLEY, "Better name")]
    back = await put(seeded, a_file(DANE_VALLEY, "E9", first=CHANGE, name="Better name"))
    assert back.count() == (1, 0, 0)
    assert len((await seeded.read(kept.load)).wards) == 25


async def test_a_set_that_leaves_only_wards_out_retires_them(seeded: Town) -> None:
    await put(seeded, a_file(DANE_VALLEY, VIKING, first=CHANGE))
    assert (await put(seeded, a_file(VIKING, first=CHANGE))).count() == (0, 0, 1)
    assert await seeded.read(versions) == [
        (DANE_VALLEY, 1, True),
        (f"{DANE_VALLEY}@{CHANGE}", 1, False),
    ]
