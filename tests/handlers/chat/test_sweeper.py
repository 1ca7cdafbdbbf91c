from __future__ import annotations

from typing import Any

import obstore
import pytest
from obstore.exceptions import BaseError
from obstore.store import LocalStore, MemoryStore
from sqlalchemy.orm import Session

from handlers.chat.sweeper import sweep
from store.actions import evidence_files
from tests.support.triage_factory import Town


def doom(session: Session, *keys: str) -> None:
    evidence_files.doom(session, keys)


def left(media: Any) -> list[str]:
    return sorted(str(meta["path"]) for batch in obstore.list(media) for meta in batch)


@pytest.mark.parametrize("kind", ["memory", "folder"])
async def test_what_is_doomed_is_deleted_and_what_is_not_there_does_not_matter(
    town: Town, kind: str, tmp_path: Any
) -> None:
    media = MemoryStore() if kind == "memory" else LocalStore(tmp_path)
    for key in ("copies/ab/abc.jpg", "originals/ab/abc"):
        await obstore.put_async(media, key, b"x")
    await town.write(doom, "copies/ab/abc.jpg", "copies/cd/never-there.jpg")
    await sweep(town.store, media)
    assert left(media) == ["originals/ab/abc"]
    assert await town.read(evidence_files.doomed) == []


async def test_what_cannot_be_deleted_now_is_deleted_later(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    media = MemoryStore()
    await obstore.put_async(media, "a", b"x")
    await town.write(doom, "a")

    async def broken(*_: Any) -> None:
        raise BaseError("out of order")

    with monkeypatch.context() as patch:
        patch.setattr(obstore, "delete_async", broken)
        await sweep(town.store, media)
    assert left(media) == ["a"]
    await sweep(town.store, media)
    assert left(media) == []


async def test_dying_between_deleting_and_writing_down_only_deletes_once_more(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    media = MemoryStore()
    await obstore.put_async(media, "a", b"x")
    await town.write(doom, "a")

    class KilledError(RuntimeError):
        pass

    def die(*_: Any) -> None:
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(evidence_files, "deleted", die)
        with pytest.raises(KilledError):
            await sweep(town.store, media)
    assert len(await town.read(evidence_files.doomed)) == 1
    await sweep(town.store, media)
    assert await town.read(evidence_files.doomed) == []
