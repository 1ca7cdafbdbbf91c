"""Files go up once; everybody else gets them by what the messenger calls them, also after a move."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import obstore
import pytest
from obstore.exceptions import GenericError
from obstore.store import MemoryStore

from bot.emulator import Emulator
from bot.emulator.faults import Fault, FaultKind
from notifications.api import kept_file
from notifications.limits import Window
from store.actions import campaign_file, reference
from store.domain.delivery import DeliveryState, Lane, Outgoing
from store.domain.staff import By
from store.engine import Store
from store.queries import campaign_files
from tests.notifications.post_office import PostOffice, open_post_office
from tests.support.campaign_files import lying
from tests.support.campaigns import a_draft
from tests.support.papers import PAPER
from tests.support.triage_factory import PROFILE, Town

SENT, FAILED, BLOCKED = DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.BLOCKED
MANY = 40


@dataclass(frozen=True, slots=True)
class Files:
    """A post office with a store of files behind it."""

    town: Town
    office: PostOffice
    media: MemoryStore
    sam: By

    @property
    def emulator(self) -> Emulator:
        return self.office.emulator

    async def put(self, body: bytes | None = None) -> str:
        return await lying(self.town, self.media, self.sam, await a_draft(self.town, self.sam), body)

    async def send(self, key: str, count: int, lane: Lane = Lane.CASE, paper: str = "") -> None:
        people = [self.emulator.person(f"Ada {n}") for n in range(count)]
        await self.office.send(*(picture(key, one.id, lane, paper) for one in people))

    def uploaded(self, method: str = "sendPhoto") -> int:
        """Return how often the bytes themselves were sent."""
        field = {"sendPhoto": "photo", "sendDocument": "document"}[method]
        return sum(field not in call.params for call in self.emulator.calls_of(method))

    def names(self) -> set[str]:
        return {str(c.params["photo"]) for c in self.emulator.calls_of("sendPhoto") if "photo" in c.params}


def picture(key: str, chat_id: int, lane: Lane = Lane.CASE, paper: str = "") -> Outgoing:
    """Somebody's message with a picture, or with a document of this name."""
    method, field = ("sendDocument", "document") if paper else ("sendPhoto", "photo")
    params: dict[str, Any] = {
        "chat_id": chat_id,
        field: kept_file(key, paper or "shed.jpg", "image/jpeg"),
        "caption": "Look",
    }
    return Outgoing(lane, chat_id, "picture", method, params, key=f"{key}:{chat_id}")


@pytest.fixture
async def files(store: Store, emulator: Emulator, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Files]:
    monkeypatch.setattr(Window, "fill", lambda _window, _now: None)
    town, media = Town(store, store.clock), MemoryStore()  # type: ignore[arg-type]  # it moves by itself
    await town.write(reference.seed, PROFILE)
    sam = await town.staff("Sam")
    async with open_post_office(store, emulator, media=media) as office:
        yield Files(town, office, media, sam)


@pytest.mark.parametrize("lane", [Lane.CASE, Lane.CAMPAIGN])
async def test_a_picture_goes_up_once_however_many_get_it(files: Files, lane: Lane) -> None:
    key = await files.put()
    files.emulator.latency_seconds = 0.2  # so that many come while it goes up
    await files.send(key, MANY, lane)
    assert await files.office.finished() == [SENT] * MANY
    assert files.uploaded() == 1
    assert files.names() == {await files.town.read(campaign_files.sent_as, key, "")}
    assert files.office.refused() == 0


async def test_a_document_goes_up_once_for_each_name_under_which_it_is_seen(files: Files) -> None:
    key = await files.put(PAPER)
    for number, name in enumerate(("shed.pdf", "bike.pdf", "shed.pdf"), 1):
        await files.send(key, 3, paper=name)
        assert await files.office.finished() == [SENT] * 3 * number
        assert files.uploaded("sendDocument") == min(number, 2)
    got = [one.raw for person in files.emulator.persons.values() for one in person.messages]
    assert sorted(raw["document"]["file_name"] for raw in got) == ["bike.pdf"] * 3 + ["shed.pdf"] * 6


async def test_a_restart_knows_the_name_and_a_move_to_another_bot_uploads_anew(
    files: Files, store: Store, emulator: Emulator
) -> None:
    key = await files.put()
    kept = "PH00000009of-another-bot"
    await files.town.write(campaign_file.keep_sent_as, key, "", kept)
    await files.send(key, MANY)
    assert await files.office.finished() == [SENT] * MANY
    assert files.uploaded() == 1
    named = await files.town.read(campaign_files.sent_as, key, "")
    assert named not in {None, kept}
    assert files.names() == {kept, named}


async def test_who_blocked_us_leaves_the_upload_to_the_next(files: Files) -> None:
    key = await files.put()
    fault = Fault(
        FaultKind.FAIL, "sendPhoto", 1, code=403, description="Forbidden: bot was blocked by the user"
    )
    files.emulator.faults.add(fault)
    await files.send(key, 5)
    assert sorted(await files.office.finished()) == sorted([BLOCKED, *[SENT] * 4])
    assert files.uploaded() == 2


async def test_a_file_that_the_messenger_does_not_take_is_not_uploaded_for_each(files: Files) -> None:
    key = await files.put()
    files.emulator.faults.add(
        Fault(
            FaultKind.FAIL, "sendPhoto", None, code=400, description="Bad Request: PHOTO_INVALID_DIMENSIONS"
        )
    )
    await files.send(key, MANY)
    assert await files.office.finished() == [FAILED] * MANY
    assert files.uploaded() == 1


async def test_a_file_that_is_not_there_fails_and_holds_nobody_up(files: Files) -> None:
    await files.office.send(picture("campaigns/ab/gone", files.emulator.person("Ada").id))
    await files.send(await files.put(), 2)
    assert await files.office.finished() == [FAILED, SENT, SENT]


async def test_a_store_of_files_that_does_not_answer_is_asked_again(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, asked = await files.put(), []
    get = obstore.get_async

    async def bad_get(media: Any, path: str) -> Any:
        asked.append(path)
        if len(asked) == 1:
            raise GenericError("no answer")
        return await get(media, path)

    monkeypatch.setattr(obstore, "get_async", bad_get)
    await files.send(key, 2, Lane.CAMPAIGN)
    assert await files.office.finished() == [SENT, SENT]
    assert (files.uploaded(), asked) == (1, [key, key])


async def test_a_name_that_cannot_be_kept_just_now_loses_no_message(
    files: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    key, write = await files.put(), files.town.store.write

    async def bad_write(fn: Any, *rest: Any, **more: Any) -> Any:
        if fn is campaign_file.keep_sent_as:
            raise OSError("the disk is full")
        return await write(fn, *rest, **more)

    monkeypatch.setattr(files.town.store, "write", bad_write)
    await files.send(key, 3)
    assert await files.office.finished() == [SENT] * 3
    assert files.uploaded() == 1
