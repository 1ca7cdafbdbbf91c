from __future__ import annotations

from typing import Any

import pytest

from store.actions import evidence, triage
from store.domain.event import Action
from store.domain.evidence_file import StoredFile
from store.domain.evidence_place import PhotoPlace
from store.domain.place import Location
from store.domain.report import ClosedReason, ReportView
from store.domain.staff import By
from tests.support.evidence_factory import waiting_file
from tests.support.triage_factory import HARBOUR, Town

STORED = StoredFile("originals/ab/abc", "5e", "image/jpeg", 9, "copies/ab/abc.jpg")
FOUND = PhotoPlace(Location(lat=51.3, lon=1.4, ward="viking", area="broadstairs"), "Viking")
OUTSIDE = PhotoPlace(Location(lat=51.2, lon=1.0, outside=True, neighbour="Canterbury"), "Canterbury")
NOWHERE: dict[str, Any] = {"words": "by the swings"}


async def photo(town: Town, reference: str, place: PhotoPlace | None, *, wish: bool = True) -> None:
    file_id = await waiting_file(town, reference, use_place=wish)
    await town.write(evidence.kept, file_id, STORED, place)


async def seen(town: Town, cleo: By, reference: str) -> ReportView:
    return (await town.write(triage.open_report, cleo, reference)).report


async def test_the_place_of_a_photo_becomes_the_reports(town: Town) -> None:
    cleo, reference = await town.staff("Cleo"), await town.report(where=NOWHERE)
    before = await seen(town, cleo, reference)
    await photo(town, reference, FOUND)
    after = await seen(town, cleo, reference)
    assert after.place == Location("by the swings", 51.3, 1.4, "viking", "broadstairs")
    assert after.version == before.version + 1
    told = town.last(Action.REPORT_PLACED)
    assert (told["reference"], told["place"], told["outside"]) == (reference, "Viking", False)
    page = await town.write(triage.open_report, cleo, reference)
    assert page.timeline[-1].label == "Place taken from a photo, as the reporter asked"


async def test_a_place_outside_the_district_is_taken_with_its_council(town: Town) -> None:
    cleo, reference = await town.staff("Cleo"), await town.report(where=None)
    await photo(town, reference, OUTSIDE)
    place = (await seen(town, cleo, reference)).place
    assert (place.outside, place.neighbour, place.ward) == (True, "Canterbury", None)


async def test_only_the_first_photo_with_a_place_counts(town: Town) -> None:
    cleo, reference = await town.staff("Cleo"), await town.report(where=None)
    await photo(town, reference, PhotoPlace())
    await photo(town, reference, FOUND)
    await photo(town, reference, OUTSIDE)
    await photo(town, reference, PhotoPlace())
    assert (await seen(town, cleo, reference)).place.ward == "viking"
    assert await town.how_often(Action.EVIDENCE_WITHOUT_PLACE) == 1
    assert await town.how_often(Action.REPORT_PLACED) == 1


@pytest.mark.parametrize("place", [FOUND, PhotoPlace()])
async def test_a_report_that_has_a_point_keeps_it_without_a_word(town: Town, place: PhotoPlace) -> None:
    cleo, reference = await town.staff("Cleo"), await town.report()
    await photo(town, reference, place)
    assert (await seen(town, cleo, reference)).place.ward == HARBOUR["ward"]
    assert await town.how_often(Action.REPORT_PLACED) == 0
    assert await town.how_often(Action.EVIDENCE_WITHOUT_PLACE) == 0


async def test_without_the_wish_no_place_is_taken(town: Town) -> None:
    cleo, reference = await town.staff("Cleo"), await town.report(where=None)
    await photo(town, reference, FOUND, wish=False)
    await photo(town, reference, None)
    assert (await seen(town, cleo, reference)).place.lat is None


async def test_a_report_that_is_over_stays_as_it_is(town: Town) -> None:
    cleo, reference = await town.staff("Cleo"), await town.report(where=None)
    file_id = await waiting_file(town, reference, use_place=True)
    await town.write(triage.reject, cleo, reference, ClosedReason.NOT_ASB, "")
    await town.write(evidence.kept, file_id, STORED, FOUND)
    assert (await seen(town, cleo, reference)).place.lat is None
