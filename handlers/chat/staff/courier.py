"""Fetch the file that the form of a campaign or a recurring one asked for, before the turn that hears of it.

Nothing of that happens inside a turn. Until the turn is over its update waits in the inbox, so that dying in
between costs one more fetching; what was put and never taken goes by itself.
"""

from __future__ import annotations

import asyncio
import logging

import obstore
from obstore.exceptions import BaseError
from obstore.store import ObjectStore
from telegram import Bot, Message, Update
from telegram.error import BadRequest, TelegramError

from handlers.campaign_file import made
from handlers.chat.fetcher import TOO_BIG
from handlers.chat.turn import Fetched
from store.actions import campaign_file, campaign_pattern_file
from store.domain.actor import Channel
from store.domain.aside import parted
from store.domain.campaign_file import MAX_FILE_BYTES
from store.domain.campaign_file_form import ALBUM, CAMPAIGN_FILE
from store.domain.campaign_form import REFERENCE
from store.domain.campaign_pattern_form import PATTERN_FILE
from store.domain.errors import Refusal
from store.domain.evidence_file import BYTES_PER_MB
from store.domain.meeting_document import PUT_WITHIN
from store.domain.staff import By, may_work_reports
from store.engine import Session, Store
from store.queries import chat

log = logging.getLogger(__name__)

FETCH_SECONDS = 60.0
RESERVES = {CAMPAIGN_FILE.code: campaign_file.reserve, PATTERN_FILE.code: campaign_pattern_file.reserve}
"""The forms that ask for a file, and what each reserves its place with."""


class Courier:
    """Brings files from the messenger into the store of files, for members of staff who are asked for one."""

    def __init__(self, store: Store, media: ObjectStore) -> None:
        self._store = store
        self._media = media

    async def fetch(self, update: Update, bot: Bot) -> Fetched:
        """Return the file of a message as the answer of the form that is open, or why it is not kept.

        None where no form asks for a file: then nothing is fetched.
        """
        message, user = update.message, update.effective_user
        if message is None or user is None:
            return None
        asked = await self._store.read(_asked, user.id, message.media_group_id)
        if asked is None:
            return None
        by, form, reference = asked
        try:
            body = await _downloaded(message, bot)
            content, body = await asyncio.to_thread(made, body)
            key = await self._store.write(RESERVES[form], by, reference)
            await self._put(key, body)
        except Refusal as refusal:
            return refusal
        return {
            "key": key,
            "media_type": content.media_type,
            "size": content.size,
            "sha256": content.sha256,
        }

    async def _put(self, key: str, body: bytes) -> None:
        try:
            async with asyncio.timeout(PUT_WITHIN.total_seconds()):
                await obstore.put_async(self._media, key, body)
        except (OSError, BaseError) as error:
            log.exception("A file could not be kept.", extra={"action": "file.not_kept"})
            raise Refusal("campaign_file.not_kept") from error


def _asked(session: Session, user_id: int, album: str | None) -> tuple[By, str, str] | None:
    """Return who is asked for a file by which form, and of what; of an album it is the first."""
    who = chat.who(session, user_id)
    form, _ = parted(who.draft)
    if who.staff is None or not may_work_reports(who.staff) or form is None or form.form not in RESERVES:
        return None
    if album is not None and form.answers.get(ALBUM) == album:
        return None
    return By(who.staff, Channel.CHAT), form.form, form.answers[REFERENCE]


async def _downloaded(message: Message, bot: Bot) -> bytes:
    """Return the bytes of the picture or document of a message.

    Refusals: `campaign_file.too_large`, `campaign_file.not_fetched`.
    """
    file = message.photo[-1] if message.photo else message.document
    if file is None:
        raise Refusal("campaign_file.wrong_kind")
    too_large = Refusal("campaign_file.too_large", limit=MAX_FILE_BYTES // BYTES_PER_MB)
    if (file.file_size or 0) > MAX_FILE_BYTES:
        raise too_large
    try:
        async with asyncio.timeout(FETCH_SECONDS):
            found = await bot.get_file(file.file_id)
            return bytes(await found.download_as_bytearray())
    except (TelegramError, OSError) as error:
        if isinstance(error, BadRequest) and TOO_BIG in error.message.lower():
            raise too_large from error
        log.warning("A file could not be fetched.", extra={"action": "file.not_fetched"})
        raise Refusal("campaign_file.not_fetched") from error
