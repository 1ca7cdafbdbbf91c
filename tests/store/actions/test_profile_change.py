from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import profile_change, reference, ward
from store.domain.actor import SYSTEM
from store.domain.contact import Contact
from store.domain.event import Action
from store.domain.profile_change import Step
from store.domain.reference import Profile
from store.domain.ward_set import OutlinedWard, WardFile
from store.profile.load import load
from store.profile.spot import ProfileError
from store.queries import profile_changes
from store.queries import reference as kept
from store.tables.event import EventDetailRow, EventRow
from store.tables.reference import ReferenceRow
from tests.support.triage_factory import Town

DANE_VALLEY = "E05005089"
RING = ((51.37, 1.39), (51.37, 1.41), (51.39, 1.41), (51.39, 1.39))


@pytest.fixture(scope="module")
def thanet() -> Profile:
    return replace(load("thanet"), postcodes={})


@pytest.fixture
async def seeded(town: Town, thanet: Profile) -> Town:
    await town.write(reference.seed, thanet)
    return town


def later(profile: Profile, **more: Any) -> Profile:
    """The profile with Hyde's number changed, a new helpline first, and Porchlight left out."""
    contacts = [
        replace(one, phone="01843 000000") if one.code == "hyde" else one
        for one in profile.contacts
        if one.code != "porchlight"
    ]
    return replace(profile, contacts=(Contact("helpline", "Helpline", "0800"), *contacts), **more)


def versions(session: Session, code: str) -> list[tuple[int, bool]]:
    rows = session.scalars(
        select(ReferenceRow)
        .where(ReferenceRow.kind == "contacts", ReferenceRow.code == code)
        .order_by(ReferenceRow.version)
    )
    return [(row.version, row.retired_at is None) for row in rows]


def said_of_it(session: Session) -> tuple[str, Any]:
    row = session.execute(
        select(EventRow.actor_id, EventDetailRow.body)
        .join(EventDetailRow, EventDetailRow.event_id == EventRow.id)
        .where(EventRow.action == Action.REFERENCE_CHANGED, EventRow.subject_id == "profile")
    ).one()
    return row.actor_id, row.body


async def outlined(town: Town) -> None:
    file = WardFile([OutlinedWard(DANE_VALLEY, "Dane Valley", (RING,))], {}, None)
    await town.write(ward.import_file, SYSTEM, file)


async def test_the_same_profile_changes_nothing_and_leaves_no_trace(seeded: Town, thanet: Profile) -> None:
    assert await seeded.write(profile_change.accept, SYSTEM, thanet) == ()
    assert await seeded.how_often(Action.REFERENCE_CHANGED) == 0


async def test_looking_writes_nothing(seeded: Town, thanet: Profile) -> None:
    found = await seeded.read(profile_changes.compare, later(thanet))
    assert [(c.code, c.step) for c in found.changes] == [
        ("helpline", Step.NEW),
        ("hyde", Step.CHANGED),
        ("porchlight", Step.GONE),
    ]
    assert await seeded.read(kept.load) == thanet


async def test_a_later_profile_is_taken_over_as_new_versions_in_its_order(
    seeded: Town, thanet: Profile
) -> None:
    wanted = later(thanet)
    await seeded.write(profile_change.accept, SYSTEM, wanted)
    assert await seeded.read(kept.load) == wanted
    assert await seeded.read(versions, "hyde") == [(1, False), (2, True)]
    assert await seeded.read(versions, "porchlight") == [(1, False)]
    assert await seeded.read(said_of_it) == (
        "system",
        {
            "new": ["contacts/helpline"],
            "changed": ["contacts/hyde"],
            "gone": ["contacts/porchlight"],
            "kept": [],
            "stays": [],
            "reordered": [],
        },
    )
    assert await seeded.write(profile_change.accept, SYSTEM, wanted) == ()
    assert await seeded.how_often(Action.REFERENCE_CHANGED) == 1


async def test_what_went_can_come_back(seeded: Town, thanet: Profile) -> None:
    await seeded.write(profile_change.accept, SYSTEM, later(thanet))
    await seeded.write(profile_change.accept, SYSTEM, thanet)
    assert await seeded.read(kept.load) == thanet
    assert await seeded.read(versions, "porchlight") == [(1, False), (2, True)]


async def test_another_order_alone_is_taken_over(seeded: Town, thanet: Profile) -> None:
    wanted = replace(thanet, contacts=tuple(reversed(thanet.contacts)))
    assert (await seeded.read(profile_changes.compare, wanted)).reordered == ("contacts",)
    await seeded.write(profile_change.accept, SYSTEM, wanted)
    assert await seeded.read(kept.load) == wanted


async def test_holidays_and_the_district_itself_are_part_of_it(seeded: Town, thanet: Profile) -> None:
    district = replace(thanet.district, email="new@example.org")
    wanted = replace(thanet, bank_holidays=thanet.bank_holidays[:-1], district=district)
    await seeded.write(profile_change.accept, SYSTEM, wanted)
    assert await seeded.read(kept.load) == wanted


async def test_an_imported_ward_is_kept_unless_it_is_named(seeded: Town, thanet: Profile) -> None:
    await outlined(seeded)
    assert (await seeded.read(profile_changes.compare, thanet)).changes == ()
    wards = tuple(replace(w, name="Dane") if w.code == DANE_VALLEY else w for w in thanet.wards)
    wanted = replace(thanet, wards=wards)
    assert await seeded.write(profile_change.accept, SYSTEM, wanted) == ()
    ours = next(w for w in (await seeded.read(kept.load)).wards if w.code == DANE_VALLEY)
    assert (ours.name, ours.outline) == ("Dane Valley", (RING,))
    (taken,) = await seeded.write(profile_change.accept, SYSTEM, wanted, [f"wards/{DANE_VALLEY}"])
    assert (taken.step, taken.version) == (Step.KEPT, 2)
    assert await seeded.read(kept.load) == wanted


async def test_a_category_that_is_no_longer_in_the_file_stays(seeded: Town, thanet: Profile) -> None:
    wanted = replace(thanet, categories=thanet.categories[1:])
    (change,) = (await seeded.read(profile_changes.compare, wanted)).changes
    assert change.step is Step.STAYS
    assert await seeded.write(profile_change.accept, SYSTEM, wanted) == ()
    assert (await seeded.read(kept.load)).categories == thanet.categories


async def test_a_row_from_before_a_field_was_there_is_not_taken_for_changed(
    seeded: Town, thanet: Profile
) -> None:
    def forget(session: Session) -> None:
        for row in session.scalars(select(ReferenceRow).where(ReferenceRow.kind == "contacts")):
            row.body = {name: value for name, value in row.body.items() if name != "national"}

    await seeded.write(forget)
    codes = {c.code for c in (await seeded.read(profile_changes.compare, thanet)).changes}
    assert codes == {contact.code for contact in thanet.contacts if contact.national}


@pytest.mark.parametrize("names", [["contacts/hyde"], ["wards"]])
async def test_a_name_of_nothing_that_is_kept_is_refused(
    seeded: Town, thanet: Profile, names: list[str]
) -> None:
    with pytest.raises(ProfileError, match="nothing that is kept is called"):
        await seeded.write(profile_change.accept, SYSTEM, later(thanet), names)
    assert await seeded.read(kept.load) == thanet


async def test_the_profile_of_another_district_is_refused(seeded: Town, thanet: Profile) -> None:
    other = replace(thanet, district=replace(thanet.district, code="E1"))
    with pytest.raises(ProfileError, match="is that of district E07000114, not E1"):
        await seeded.write(profile_change.accept, SYSTEM, other)
