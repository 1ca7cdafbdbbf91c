from __future__ import annotations

from datetime import timedelta
from typing import Any, cast

import obstore
import pytest
from obstore.exceptions import BaseError
from obstore.store import MemoryStore
from sqlalchemy import select
from sqlalchemy.orm import Session
from telegram.error import BadRequest

from handlers.chat import fetcher as fetching
from handlers.chat.fetcher import Fetcher
from store.actions import evidence, triage
from store.domain.event import Action
from store.domain.evidence_file import FETCH_TRIES, MAX_FILE_BYTES, copy_key, original_key
from store.domain.place import Location
from store.domain.place_index import PlaceIndex
from store.tables.evidence import EvidenceRow
from store.tables.report import ReportRow
from tests.store.domain.small_profile import SMALL
from tests.support.pictures import HARBOUR, declared_png, jpeg, opened
from tests.support.triage_factory import Town

PHOTO = {"kind": "photo", "file_id": "f1", "unique_id": "u1", "size": 5, "media_type": "image/jpeg"}
HEIC = b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic" + bytes(50)
AVIF = b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf" + bytes(50)
VIDEO = b"\0\0\0\x18ftypisom" + bytes(50)


class Files:
    """What the fetcher asks the bot for."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.asked = 0

    async def get_file(self, _file_id: str) -> Files:
        self.asked += 1
        return self

    async def download_as_bytearray(self) -> bytearray:
        return bytearray(self.content)


class Desk:
    """A fetcher with a store of its own, which is told what the messenger has."""

    def __init__(self, town: Town, content: bytes) -> None:
        self.town = town
        self.media = MemoryStore()
        self.files = Files(content)
        bot = cast("Any", self.files)
        self.fetcher = Fetcher(town.store, bot, self.media, lambda: PlaceIndex(SMALL))

    async def looks(self, times: int = 1) -> None:
        for _ in range(times):
            for file in await self.town.write(evidence.lease):
                await self.fetcher._fetch(file)
            self.town.clock.advance(timedelta(hours=1))

    async def row(self) -> dict[str, Any]:
        return await self.town.read(_row)

    def keys(self) -> set[str]:
        return {str(meta["path"]) for batch in obstore.list(self.media) for meta in batch}

    async def bytes_at(self, key: str) -> bytes:
        return bytes(await (await obstore.get_async(self.media, key)).bytes_async())


def _row(session: Session) -> dict[str, Any]:
    return dict(session.execute(select(EvidenceRow.__table__)).mappings().one())


def _add(session: Session, reference: str, file: dict[str, Any]) -> None:
    report = session.scalars(select(ReportRow).where(ReportRow.reference == reference)).one()
    evidence.add(session, report, [file])


async def desk_with(town: Town, content: bytes, *, where: Any = None, use_place: bool = False) -> Desk:
    """A report with one file in it, which the messenger has."""
    reference = await town.report(where=where)
    await town.write(_add, reference, PHOTO | {"use_place": use_place})
    return Desk(town, content)


async def place_of(town: Town) -> Location:
    cleo = await town.staff("Cleo")
    [reference] = await town.read(lambda session: list(session.scalars(select(ReportRow.reference))))
    return (await town.write(triage.open_report, cleo, reference)).report.place


async def test_a_picture_is_kept_sealed_and_as_a_copy_without_metadata(town: Town) -> None:
    desk = await desk_with(town, jpeg(HARBOUR))
    await desk.looks()
    row = await desk.row()
    assert (row["state"], row["media_type"], row["size"]) == ("kept", "image/jpeg", len(jpeg(HARBOUR)))
    assert (row["key"], row["copy_key"]) == (original_key(row["id"]), copy_key(row["id"]))
    assert await desk.bytes_at(row["key"]) == jpeg(HARBOUR)
    copy = await desk.bytes_at(row["copy_key"])
    assert b"Exif" not in copy
    assert opened(copy).size == (64, 48)


@pytest.mark.parametrize(
    ("content", "media_type"),
    [(VIDEO, "video/mp4"), (b"%PDF-1.7", "application/pdf"), (b"OggS", "audio/ogg")],
)
async def test_what_cannot_be_opened_is_kept_as_it_came(town: Town, content: bytes, media_type: str) -> None:
    desk = await desk_with(town, content, use_place=True)
    await desk.looks()
    row = await desk.row()
    assert (row["state"], row["media_type"], row["copy_key"]) == ("kept", media_type, None)
    assert desk.keys() == {row["key"]}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"PK\x03\x04", "kind"),
        (HEIC, "heif"),
        (AVIF, "heif"),
        (b"%PDF-" + bytes(MAX_FILE_BYTES), "too_large"),
        (declared_png(60_000, 60_000), "too_many_pixels"),
        (jpeg()[:-200], "broken_picture"),
    ],
)
async def test_what_we_do_not_keep_is_refused_with_its_reason_and_not_stored(
    town: Town, content: bytes, why: str
) -> None:
    desk = await desk_with(town, content)
    await desk.looks(2)
    row = await desk.row()
    assert (row["state"], row["reason"], desk.files.asked) == ("refused", why, 1)
    assert desk.keys() == set()
    assert town.last(Action.EVIDENCE_REFUSED)["reason"] == why


async def test_a_file_that_the_messenger_says_is_too_big_is_not_asked_for_again(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = await desk_with(town, b"")

    async def refuse(_file_id: str) -> None:
        raise BadRequest("File is too big")

    monkeypatch.setattr(desk.files, "get_file", refuse)
    await desk.looks(2)
    row = await desk.row()
    assert (row["state"], row["reason"], row["tries"]) == ("refused", "too_large", 1)


async def test_the_place_is_taken_from_the_photo_where_the_person_wants_it(town: Town) -> None:
    desk = await desk_with(town, jpeg(HARBOUR), use_place=True)
    await desk.looks()
    place = await place_of(town)
    assert (place.lat, place.lon) == pytest.approx((51.3343, 1.4122))
    index = PlaceIndex(SMALL)
    assert place.ward == index.locate_point(51.3343, 1.4122, town.clock.now().date()).ward
    told = town.last(Action.REPORT_PLACED)
    assert told["place"] == next(ward.name for ward in SMALL.wards if ward.code == place.ward)


async def test_a_place_far_away_is_told_by_the_council_there(town: Town) -> None:
    desk = await desk_with(town, jpeg(HARBOUR | {2: (52.0, 0.0, 0.0)}), use_place=True)
    await desk.looks()
    assert (await place_of(town)).outside
    assert town.last(Action.REPORT_PLACED)["outside"] is True


async def test_a_photo_without_place_leaves_the_report_as_it_is(town: Town) -> None:
    desk = await desk_with(town, jpeg(), use_place=True)
    await desk.looks()
    assert (await place_of(town)).lat is None
    assert await town.how_often(Action.EVIDENCE_WITHOUT_PLACE) == 1


async def test_without_the_wish_nobody_looks_for_a_place(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[bytes] = []
    monkeypatch.setattr(fetching, "place_in", looked.append)
    desk = await desk_with(town, jpeg(HARBOUR))
    await desk.looks()
    assert (await desk.row())["state"] == "kept"
    assert looked == []
    assert (await place_of(town)).lat is None


async def test_a_place_for_files_that_is_out_of_order_is_tried_again_then_told(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = await desk_with(town, jpeg())

    async def broken(*_: Any) -> None:
        raise BaseError("no place")

    monkeypatch.setattr(obstore, "put_async", broken)
    await desk.looks(FETCH_TRIES - 1)
    assert (await desk.row())["state"] == "waiting"
    await desk.looks(3)
    assert (await desk.row())["state"] == "failed"
    assert desk.files.asked == FETCH_TRIES


async def test_a_file_that_takes_the_process_down_does_not_come_back_for_ever(town: Town) -> None:
    desk = await desk_with(town, jpeg())
    for _ in range(FETCH_TRIES):
        assert await town.write(evidence.lease)
        town.clock.advance(timedelta(hours=1))
    await desk.looks(3)
    assert (await desk.row())["state"] == "failed"
    assert desk.files.asked == 0


async def test_dying_between_storing_and_writing_down_loses_nothing_and_doubles_nothing(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = await desk_with(town, jpeg(HARBOUR), use_place=True)

    class KilledError(RuntimeError):
        pass

    def die(*_: Any) -> None:
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(evidence, "kept", die)
        with pytest.raises(KilledError):
            await desk.looks()
    assert (await desk.row())["state"] == "waiting"
    town.clock.advance(timedelta(hours=1))
    await desk.looks()
    row = await desk.row()
    assert (row["state"], row["tries"]) == ("kept", 2)
    assert desk.keys() == {row["key"], row["copy_key"]}
    assert await town.how_often(Action.EVIDENCE_FETCHED) == 1
    assert await town.how_often(Action.REPORT_PLACED) == 1
