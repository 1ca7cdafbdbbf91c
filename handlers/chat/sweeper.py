"""Delete from the store what nothing points to any more."""

from __future__ import annotations

import logging

import obstore
from obstore.exceptions import BaseError
from obstore.store import ObjectStore

from store.actions import evidence_files
from store.engine import Store

log = logging.getLogger(__name__)


async def sweep(store: Store, media: ObjectStore) -> None:
    """Delete every doomed object; one that is gone already counts as deleted.

    What cannot be deleted now stays marked, for the next round.
    """
    for file in await store.read(evidence_files.doomed):
        try:
            await obstore.delete_async(media, file.key)
        except FileNotFoundError:
            pass
        except (OSError, BaseError):
            log.warning("A file could not be deleted.", extra={"action": "evidence.not_deleted"})
            return
        await store.write(evidence_files.deleted, file)
