"""What both sides hear of files: that one is not there, and what a photo said of its place."""

from __future__ import annotations

from typing import Any

import pytest

from store.actions import evidence, triage
from store.domain.evidence import WhyRefused
from store.domain.evidence_file import FETCH_TRIES, StoredFile
from store.domain.evidence_place import PhotoPlace
from store.domain.place import Location
from store.domain.reference import Restriction
from store.domain.staff import Role
from tests.notifications.conftest import STAFF_GROUP
from tests.support.deliveries import letters, link_chat
from tests.support.evidence_factory import waiting_file
from tests.support.triage_factory import Town

STORED = StoredFile("originals/ab/abc", "5e", "image/jpeg", 9, "copies/ab/abc.jpg")
VIKING = PhotoPlace(Location(lat=51.3, lon=1.4, ward="viking", area="broadstairs"), "Viking")
NO_WARD = PhotoPlace(Location(lat=51.35, lon=1.4))
AWAY = PhotoPlace(Location(lat=51.2, lon=1.0, outside=True, neighbour="Canterbury"), "Canterbury")
FAR = PhotoPlace(Location(lat=40.0, lon=1.0, outside=True))


async def news(town: Town) -> list[str]:
    return [letter.text for letter in await letters(town.store, "news.files.")]


async def refuse(town: Town, reference: str, why: WhyRefused = WhyRefused.KIND) -> None:
    await town.write(evidence.refused, await waiting_file(town, reference), why)


async def fail(town: Town, reference: str) -> None:
    file_id = await waiting_file(town, reference)
    for _ in range(FETCH_TRIES):
        await town.write(evidence.failed, file_id, "TimedOut")
        town.pass_time(hours=1)
        await town.write(evidence.lease)


@pytest.mark.parametrize(
    ("why", "words"),
    [
        (WhyRefused.KIND, "not a photo, video, sound or PDF"),
        (WhyRefused.TOO_LARGE, "up to 20 MB"),
        (WhyRefused.TOO_MANY_PIXELS, "could not open a picture"),
        (WhyRefused.BROKEN_PICTURE, "could not open a picture"),
        (WhyRefused.HEIF, "send it again as a photo"),
    ],
)
async def test_the_reporter_hears_why_a_file_is_not_kept(town: Town, why: WhyRefused, words: str) -> None:
    reference = await town.report()
    await refuse(town, reference, why)
    [told] = await news(town)
    assert reference in told
    assert words in told


async def test_the_desk_hears_of_a_lost_file_while_nobody_has_the_report(town: Town) -> None:
    reference = await town.report()
    await refuse(town, reference)
    await fail(town, reference)
    refused, failed = await letters(town.store, "staff.alert", STAFF_GROUP)
    assert refused.text == f"The reporter of {reference} sent a file that we do not keep."
    assert failed.text == f"The reporter of {reference} sent a file that could not be fetched."
    assert refused.buttons == {"Open the report": f"s:open:{reference}:"}


async def test_whoever_has_the_report_hears_of_a_lost_file_and_an_album_is_told_once(town: Town) -> None:
    cleo, reference = await town.staff("Cleo"), await town.report()
    await town.write(link_chat, cleo.staff.id, 900)
    await town.write(triage.take, cleo, reference)
    for _file in range(3):
        await refuse(town, reference)
    told = [letter.text for letter in await letters(town.store, "staff.alert", 900)]
    assert [text for text in told if "do not keep" in text] == [
        f"The reporter of {reference} sent a file that we do not keep."
    ]
    assert await letters(town.store, "staff.alert", STAFF_GROUP) == []


async def test_of_a_restricted_report_only_the_people_granted_its_kind_hear(town: Town) -> None:
    cleo, dee = await town.staff("Cleo"), await town.staff("Dee", Role.OFFICER, Restriction.HATE)
    await town.write(link_chat, cleo.staff.id, 900)
    await town.write(link_chat, dee.staff.id, 901)
    reference = await town.report(category="street.hate")
    await refuse(town, reference)
    told = (await letters(town.store, "staff.alert", 901))[-1]
    assert told.text.startswith(f"The reporter of {reference} sent a file that we do not keep.")
    assert "console only" in told.text
    assert not told.buttons
    for chat_id in (900, STAFF_GROUP):
        assert await letters(town.store, "staff.alert", chat_id) == []


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (VIKING, "taken in Viking"),
        (AWAY, "outside our area, near Canterbury"),
        (FAR, "taken outside our area. We put"),
        (NO_WARD, "put the place of your photo"),
        (PhotoPlace(), "does not say where it was taken"),
    ],
)
async def test_the_reporter_hears_what_came_of_the_photos_place(
    town: Town, place: PhotoPlace, words: str
) -> None:
    reference = await town.report(where=None)
    for _file in range(2):
        await keep(town, reference, place)
    [told] = await news(town)
    assert reference in told
    assert words in told


async def test_a_person_at_risk_hears_of_no_place(town: Town) -> None:
    reference = await town.report(category="street.safeguarding", where=None)
    await keep(town, reference, VIKING)
    [told] = await news(town)
    assert reference not in told
    assert "Viking" not in told


async def test_the_groups_card_gets_the_area_of_the_photo(town: Town) -> None:
    reference = await town.report(where=None)
    [card] = await letters(town.store, "staff.card", STAFF_GROUP)
    assert "broadstairs" not in card.text
    await keep(town, reference, VIKING)
    assert "broadstairs" in (await letters(town.store, "staff.card", STAFF_GROUP))[-1].text


async def keep(town: Town, reference: str, place: PhotoPlace) -> Any:
    file_id = await waiting_file(town, reference, use_place=True)
    await town.write(evidence.kept, file_id, STORED, place)
