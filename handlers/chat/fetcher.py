"""Fetch the files people sent: after the turn, checked by what they really are, then kept."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import Callable

import obstore
from obstore.exceptions import BaseError
from obstore.store import ObjectStore
from telegram import Bot
from telegram.error import BadRequest, TelegramError

from handlers.chat.sweeper import sweep
from handlers.imaging import UnusablePictureError, clean_copy, place_in
from store.actions import evidence
from store.domain.evidence import WhyRefused
from store.domain.evidence_file import (
    FETCH_TRIES,
    HEIF_TYPES,
    MAX_FILE_BYTES,
    PICTURE_TYPES,
    SNIFFED_BYTES,
    StoredFile,
    WaitingFile,
    copy_key,
    original_key,
    sniff,
)
from store.domain.evidence_place import PhotoPlace
from store.domain.place_index import PlaceIndex
from store.domain.working_days import london_date
from store.engine import Store

log = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 10.0
TOO_BIG = "file is too big"
"""What the Bot API says of a file that it does not give out."""


class Fetcher:
    """Fetches files until cancelled; `wake()` says that there are new ones, or some to delete.

    `places` gives the index of places in force now, for photos whose place is to be used.
    """

    def __init__(self, store: Store, bot: Bot, media: ObjectStore, places: Callable[[], PlaceIndex]) -> None:
        self._store = store
        self._bot = bot
        self._media = media
        self._places = places
        self._waiting = asyncio.Event()

    def wake(self) -> None:
        """Say that a report came with files, or that objects are to go."""
        self._waiting.set()

    async def run(self) -> None:
        """Fetch what waits and delete what is doomed, then look again when woken or after a while."""
        while True:
            files = await self._store.write(evidence.lease)
            for file in files:
                await self._fetch(file)
            await sweep(self._store, self._media)
            if not files:
                await self._rest()

    async def _rest(self) -> None:
        try:
            async with asyncio.timeout(LOOK_EVERY_SECONDS):
                await self._waiting.wait()
        except TimeoutError:
            pass
        self._waiting.clear()

    async def _fetch(self, file: WaitingFile) -> None:
        if file.tries > FETCH_TRIES:
            # It was leased so often and nothing came of it: perhaps it takes the process down.
            await self._failed(file, "the process stopped while fetching it")
            return
        try:
            await self._judge(file, await self._content(file))
        except UnusablePictureError as error:
            await self._refused(file, error.why)
        except (TelegramError, OSError, BaseError) as error:
            if isinstance(error, BadRequest) and TOO_BIG in error.message.lower():
                await self._refused(file, WhyRefused.TOO_LARGE)
            else:
                await self._failed(file, type(error).__name__)

    async def _failed(self, file: WaitingFile, reason: str) -> None:
        extra = {"action": "evidence.failed", "evidence_id": file.id}
        log.warning("A file could not be fetched.", extra=extra)
        await self._store.write(evidence.failed, file.id, reason)

    async def _refused(self, file: WaitingFile, why: WhyRefused) -> None:
        extra = {"action": "evidence.refused", "evidence_id": file.id, "why": why.value}
        log.info("A file is not kept.", extra=extra)
        await self._store.write(evidence.refused, file.id, why)

    async def _judge(self, file: WaitingFile, content: bytes) -> None:
        """Keep the file if it is of a kind and size that we keep."""
        media_type = sniff(content[:SNIFFED_BYTES])
        if media_type is None:
            await self._refused(file, WhyRefused.KIND)
        elif media_type in HEIF_TYPES:
            await self._refused(file, WhyRefused.HEIF)
        elif len(content) > MAX_FILE_BYTES:
            await self._refused(file, WhyRefused.TOO_LARGE)
        else:
            await self._keep(file, content, media_type)

    async def _content(self, file: WaitingFile) -> bytes:
        found = await self._bot.get_file(file.file_id)
        return bytes(await found.download_as_bytearray())

    async def _keep(self, file: WaitingFile, content: bytes, media_type: str) -> None:
        """Put the original and, of a picture, a clean copy into the store; then write it down.

        Both always lie under the same keys, so that dying in between and trying again doubles nothing.
        """
        copy = await asyncio.to_thread(clean_copy, content) if media_type in PICTURE_TYPES else None
        place = await self._place(content) if file.use_place else None
        key = original_key(file.id)
        await obstore.put_async(self._media, key, content)
        if copy is not None:
            await obstore.put_async(self._media, copy_key(file.id), copy)
        sha256 = (await asyncio.to_thread(hashlib.sha256, content)).hexdigest()
        copied = copy_key(file.id) if copy is not None else None
        stored = StoredFile(key, sha256, media_type, len(content), copied)
        await self._store.write(evidence.kept, file.id, stored, place)

    async def _place(self, content: bytes) -> PhotoPlace:
        """Return the place that a picture holds; only for somebody who asked for it."""
        point = await asyncio.to_thread(place_in, content)
        if point is None:
            return PhotoPlace()
        today, places = london_date(self._store.clock.now()), self._places()
        location = places.locate_point(*point, today)
        if location.ward is None:
            return PhotoPlace(location, location.neighbour)
        ward = places.nearest_wards(*point, today, count=1)[0]
        return PhotoPlace(location, ward.name)
