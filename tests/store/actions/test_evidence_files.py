from __future__ import annotations

from sqlalchemy.orm import Session

from store.actions import evidence_desk, evidence_files, retention
from store.domain.event import Action
from store.domain.evidence_file import copy_key, original_key
from tests.support.evidence_factory import VIDEO, evidence_row, kept_file
from tests.support.triage_factory import Town


def doom(session: Session, *keys: str | None) -> None:
    evidence_files.doom(session, keys)


async def keys(town: Town) -> list[str]:
    return [file.key for file in await town.read(evidence_files.doomed)]


async def test_an_object_is_doomed_once_and_forgotten_when_it_is_gone(town: Town) -> None:
    await town.write(doom, "b", "a", None)
    await town.write(doom, "a")
    assert await keys(town) == ["a", "b"]
    first = (await town.read(evidence_files.doomed))[0]
    await town.write(evidence_files.deleted, first)
    assert await keys(town) == ["b"]
    await town.write(evidence_files.deleted, first)
    assert await keys(town) == ["b"]


async def test_an_object_that_is_doomed_again_while_it_is_deleted_is_deleted_again(town: Town) -> None:
    await town.write(doom, "a")
    [seen] = await town.read(evidence_files.doomed)
    town.pass_time(seconds=1)
    await town.write(doom, "a")
    await town.write(evidence_files.deleted, seen)
    assert await keys(town) == ["a"]


async def test_the_original_of_a_picture_goes_after_thirty_days_and_its_copy_stays(town: Town) -> None:
    file_id = await kept_file(town, await town.report())
    town.pass_time(days=29)
    assert (await town.write(retention.forget))["originals"] == 0
    town.pass_time(days=2)
    assert (await town.write(retention.forget))["originals"] == 1
    assert await keys(town) == [original_key(file_id)]
    row = await town.read(evidence_row, file_id)
    assert (row["key"], row["copy_key"], row["sha256"]) == (None, copy_key(file_id), "5e" * 32)
    assert town.last(Action.EVIDENCE_ORIGINAL_DELETED)["sha256"] == "5e" * 32
    assert (await town.write(retention.forget))["originals"] == 0


async def test_what_is_evidence_in_quarantine_or_has_no_copy_is_kept_longer(town: Town) -> None:
    cleo, reference = await town.staff("Cleo"), await town.report()
    marked, locked = await kept_file(town, reference), await kept_file(town, reference)
    video = await kept_file(town, reference, VIDEO)
    await town.write(evidence_desk.mark, cleo, marked, "For the court")
    await town.write(evidence_desk.quarantine, cleo, locked, "Of a child")
    town.pass_time(days=400)
    assert (await town.write(retention.forget))["originals"] == 0
    for file_id in (marked, locked, video):
        assert (await town.read(evidence_row, file_id))["key"] == original_key(file_id)
