"""A photo's way from a phone to the desk: what comes along, what does not, and who sees it."""

from __future__ import annotations

import pytest

from bot.emulator import Person
from store.actions import evidence_desk
from store.domain.errors import NotAllowed
from store.domain.evidence import EvidenceState, EvidenceView, WhyRefused
from store.domain.place import Location
from tests.journeys.test_own_reports import see
from tests.support.evidence_factory import evidence_row
from tests.support.form import DONE, fill, start, tap
from tests.support.house import until
from tests.support.pictures import HARBOUR, MAKER, jpeg, opened
from tests.support.town import Town, reference_in

USE_ITS_PLACE = "~p"
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(200)


async def report_with(town: Town, photo: bytes, *, wish: bool = False, name: str = "IMG_1.jpg") -> str:
    """Send a report without a place, with a photo sent as a file; its reference."""
    await start(town.ada, "files", group="other", where="by the swings")
    town.ada.send_document(photo, name, "image/jpeg")
    await town.ada.wait_for("have your file")
    if wish:
        await tap(town.ada, USE_ITS_PLACE)
    await tap(town.ada, DONE)
    return reference_in(await fill(town.ada))


async def the_file(town: Town, reference: str) -> EvidenceView:
    """Wait until the only file of a report is dealt with."""
    for _ in range(100):
        [file] = (await town.page(reference)).evidence
        if file.state is not EvidenceState.WAITING:
            return file
        await town.settled()
    raise AssertionError("it still waits")


async def place_of(town: Town, reference: str) -> Location:
    return (await town.kept(reference)).place


async def add(person: Person, reference: str) -> None:
    await see(person, reference)
    person.tap("Add something")
    await person.wait_for("like to add")


def stored(town: Town, key: str) -> bytes:
    return (town.house.media / key).read_bytes()


async def test_a_photo_sent_as_a_file_opens_without_what_the_camera_wrote_into_it(town: Town) -> None:
    reference = await report_with(town, jpeg(HARBOUR))
    file = await the_file(town, reference)
    opened_file = await town.staff_does(evidence_desk.open_copy, file.id)
    copy = stored(town, opened_file.key)
    assert opened(copy).size == (64, 48)
    for left in (b"Exif", b"GPS", MAKER.encode()):
        assert left not in copy
    row = await town.house.read(evidence_row, file.id)
    assert stored(town, row["key"]) == jpeg(HARBOUR)
    assert (await place_of(town, reference)).lat is None


async def test_the_place_of_a_photo_is_used_where_the_person_asks_for_it(town: Town) -> None:
    reference = await report_with(town, jpeg(HARBOUR), wish=True)
    told = await town.ada.wait_for("says it was taken in")
    assert reference in told.text
    place = await place_of(town, reference)
    assert (place.lat, place.lon) == pytest.approx((51.3343, 1.4122))
    assert (place.words, place.area) == ("by the swings", "ramsgate")
    assert "Central Harbour" in told.text


async def test_a_photo_without_place_is_said_to_have_none(town: Town) -> None:
    reference = await report_with(town, jpeg(), wish=True)
    told = await town.ada.wait_for("does not say where")
    assert reference in told.text
    assert (await place_of(town, reference)).lat is None


async def test_a_broken_photo_is_told_to_both_sides(town: Town) -> None:
    reference = await report_with(town, jpeg()[:-200])
    assert (await the_file(town, reference)).state is EvidenceState.REFUSED
    assert reference in (await town.ada.wait_for("could not open a picture")).text
    words = f"The reporter of {reference} sent a file that we do not keep."
    await until(lambda: any(words in bubble.text for bubble in town.desk.messages))


async def test_a_picture_that_cannot_be_stripped_is_asked_for_as_a_photo(town: Town) -> None:
    await start(town.ada, "files", group="other")
    town.ada.send_document(HEIC, "IMG_1.heic", "image/heic")
    await town.ada.wait_for("send it as a photo")
    assert "evidence" not in (await town.open_draft(town.ada)).answers


async def test_a_picture_that_hides_that_it_cannot_be_stripped_is_told_to_both_sides(town: Town) -> None:
    reference = await report_with(town, HEIC)
    assert (await the_file(town, reference)).reason == WhyRefused.HEIF
    assert reference in (await town.ada.wait_for("as a photo, not as a file")).text
    words = f"The reporter of {reference} sent a file that we do not keep."
    await until(lambda: any(words in bubble.text for bubble in town.desk.messages))


async def test_the_place_is_offered_only_of_a_picture_that_can_be_opened(town: Town) -> None:
    await start(town.ada, "files", group="other")
    town.ada.send_document(b"II*\0" + bytes(50), "scan.tiff", "image/tiff")
    assert "Use the photo's place" not in (await town.ada.wait_for("have your file")).labels
    town.ada.send_document(jpeg(HARBOUR), "IMG_1.jpg", "image/jpeg")
    assert "Use the photo's place" in (await town.ada.wait_for("2 files")).labels


async def test_a_file_in_quarantine_is_gone_for_everybody_but_the_police(town: Town) -> None:
    reference = await report_with(town, jpeg())
    file = await the_file(town, reference)
    before = await town.house.read(evidence_row, file.id)
    await town.staff_does(evidence_desk.quarantine, file.id, "It shows a child")
    await until(lambda: not (town.house.media / before["copy_key"]).exists())
    with pytest.raises(NotAllowed):
        await town.staff_does(evidence_desk.open_copy, file.id)
    assert stored(town, before["key"]) == jpeg()


async def test_an_anonymous_report_keeps_no_name_of_its_file(town: Town) -> None:
    await start(town.ada, "files", group="other")
    town.ada.send_document(jpeg(), "ada-marsh.jpg", "image/jpeg")
    await town.ada.wait_for("have your file")
    await tap(town.ada, DONE)
    reference = reference_in(await fill(town.ada, identity="anonymous"))
    file = await the_file(town, reference)
    assert file.name is None
    assert (await town.house.read(evidence_row, file.id))["name"] is None
    await add(town.ada, reference)
    town.ada.send_document(jpeg(), "ada-again.jpg", "image/jpeg")
    await town.ada.wait_for("added the file")
    assert [one.name for one in (await town.page(reference)).evidence] == [None, None]


async def test_a_file_added_later_is_refused_where_pictures_could_do_harm(town: Town) -> None:
    reference = await town.report(town.ada, group="street", category="street.sexual")
    await add(town.ada, reference)
    town.ada.send_document(jpeg(), "IMG_1.jpg", "image/jpeg")
    await town.ada.wait_for("do not send pictures")
    assert (await town.page(reference)).evidence == ()
