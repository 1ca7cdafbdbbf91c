"""Bytes in the store of files: put there, and given out."""

from __future__ import annotations

import asyncio
import logging

import obstore
from obstore.exceptions import BaseError

from handlers.web.visit import Visit
from store.domain.errors import NotFound, Refusal
from store.domain.meeting_document import PUT_WITHIN

log = logging.getLogger(__name__)

ALONE = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}
"""Bytes that came from outside: a browser may show or keep them, and run nothing."""


async def put(visit: Visit, key: str, body: bytes, otherwise: Refusal) -> None:
    """Put bytes under this key. Refusal: `otherwise`, where they could not be put in time."""
    try:
        async with asyncio.timeout(PUT_WITHIN.total_seconds()):
            await obstore.put_async(visit.site.media, key, body)
    except (OSError, BaseError) as error:
        log.exception("A file could not be kept.", extra={"action": "file.not_kept"})
        raise otherwise from error


async def content(visit: Visit, key: str, otherwise: NotFound) -> bytes:
    """Return what lies under this key. Refusal: `otherwise`, where nothing does."""
    try:
        found = await obstore.get_async(visit.site.media, key)
        return bytes(await found.bytes_async())
    except FileNotFoundError as error:
        log.exception("A file is not where it should be.", extra={"action": "file.lost"})
        raise otherwise from error
