"""Fetch the files people sent: after the turn, checked by what they really are, then kept."""

from __future__ import annotations

import asyncio
import hashlib
import logging

import obstore
from obstore.exceptions import BaseError
from obstore.store import ObjectStore
from telegram import Bot
from telegram.error import TelegramError

from store.actions import evidence
from store.domain.evidence_file import FETCH_TRIES, MAX_FILE_BYTES, WaitingFile, sniff
from store.engine import Store

log = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 10.0


class Fetcher:
    """Fetches files until cancelled; `wake()` says that there are new ones."""

    def __init__(self, store: Store, bot: Bot, media: ObjectStore) -> None:
        self._store = store
        self._bot = bot
        self._media = media
        self._waiting = asyncio.Event()

    def wake(self) -> None:
        """Say that a report came with files."""
        self._waiting.set()

    async def run(self) -> None:
        """Fetch what waits, then look again when woken or after a while."""
        while True:
            files = await self._store.write(evidence.lease)
            for file in files:
                await self._fetch(file)
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
            content = await self._content(file)
            await self._judge(file, content)
        except (TelegramError, OSError, BaseError) as error:
            await self._failed(file, type(error).__name__)

    async def _failed(self, file: WaitingFile, reason: str) -> None:
        extra = {"action": "evidence.failed", "evidence_id": file.id}
        log.warning("A file could not be fetched.", extra=extra)
        await self._store.write(evidence.failed, file.id, reason)

    async def _judge(self, file: WaitingFile, content: bytes) -> None:
        """Keep the file if it is of a kind and size that we keep."""
        media_type = sniff(content[:32])
        if media_type is None:
            await self._store.write(evidence.refused, file.id, "not a kind of file we keep")
        elif len(content) > MAX_FILE_BYTES:
            await self._store.write(evidence.refused, file.id, "too large")
        else:
            await self._keep(file, content, media_type)

    async def _content(self, file: WaitingFile) -> bytes:
        found = await self._bot.get_file(file.file_id)
        return bytes(await found.download_as_bytearray())

    async def _keep(self, file: WaitingFile, content: bytes, media_type: str) -> None:
        key = f"originals/{file.id[:2]}/{file.id}"
        await obstore.put_async(self._media, key, content)
        sha256 = hashlib.sha256(content).hexdigest()
        await self._store.write(evidence.kept, file.id, key, sha256, media_type, len(content))
