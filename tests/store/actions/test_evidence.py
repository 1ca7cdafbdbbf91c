from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from store.actions import evidence, evidence_files, triage
from store.domain.errors import Refusal
from store.domain.event import Action
from store.domain.evidence import WhyRefused
from store.domain.evidence_file import FETCH_TRIES, StoredFile, copy_key, original_key
from store.domain.reference import Profile
from store.domain.report import ClosedReason
from store.tables.evidence import EvidenceRow
from store.tables.report import ReportRow
from tests.support.triage_factory import PROFILE, Town

PHOTO = {"kind": "photo", "file_id": "f1", "unique_id": "u1", "size": 5, "media_type": "image/jpeg"}
NAMED = {"kind": "document", "file_id": "f2", "unique_id": "u2", "name": "tom-smith.pdf"}

STORED = StoredFile("originals/ab/abc", "5e", "image/png", 99, "copies/ab/abc.jpg")


def add(session: Session, reference: str, *files: dict[str, Any]) -> int:
    report = session.scalars(select(ReportRow).where(ReportRow.reference == reference)).one()
    return evidence.add(session, report, files)


def add_later(session: Session, reference: str, profile: Profile) -> int:
    report = session.scalars(select(ReportRow).where(ReportRow.reference == reference)).one()
    return evidence.add_later(session, report, profile, [PHOTO])


def rows(session: Session) -> list[dict[str, Any]]:
    table = EvidenceRow.__table__
    found = session.execute(select(table).order_by(table.c.file_id)).mappings()
    return [dict(row) for row in found]


async def a_file(town: Town) -> str:
    await town.write(add, await town.report(), PHOTO)
    [file] = await town.write(evidence.lease)
    return file.id


async def test_files_are_written_down_to_be_fetched(town: Town) -> None:
    reference = await town.report()
    assert await town.write(add, reference, PHOTO, NAMED) == 2
    photo, document = await town.read(rows)
    assert (photo["state"], photo["size"], photo["media_type"]) == ("waiting", 5, "image/jpeg")
    assert document["name"] == "tom-smith.pdf"
    told = town.last(Action.EVIDENCE_ADDED)
    assert (told["reference"], told["kind"], told["officer_id"]) == (reference, "document", None)
    assert "name" not in told
    assert await town.how_often(Action.EVIDENCE_ADDED) == 2


async def test_a_file_of_an_anonymous_report_loses_its_name(town: Town) -> None:
    await town.write(add, await town.report(identity="anonymous"), NAMED)
    [file] = await town.read(rows)
    assert file["name"] is None


async def test_what_comes_after_the_end_of_a_report_is_refused(town: Town) -> None:
    cleo, reference = await town.staff("Cleo"), await town.report()
    await town.write(triage.reject, cleo, reference, ClosedReason.NOT_ASB, "")
    with pytest.raises(Refusal) as refusal:
        await town.write(add, reference, PHOTO)
    assert refusal.value.key == "report.closed"
    assert await town.read(rows) == []


async def test_a_file_is_leased_once_and_again_when_the_lease_ends(town: Town) -> None:
    await town.write(add, await town.report(), PHOTO, NAMED)
    [first] = await town.write(evidence.lease, 1)
    [second] = await town.write(evidence.lease)
    assert {first.file_id, second.file_id} == {"f1", "f2"}
    assert await town.write(evidence.lease) == []
    town.pass_time(minutes=5)
    again = await town.write(evidence.lease)
    assert [file.tries for file in again] == [2, 2]


async def test_a_kept_file_says_where_it_lies_and_what_it_really_is(town: Town) -> None:
    file_id = await a_file(town)
    assert await town.write(evidence.kept, file_id, STORED) is True
    [row] = await town.read(rows)
    assert (row["state"], row["key"], row["sha256"]) == ("kept", "originals/ab/abc", "5e")
    assert (row["media_type"], row["size"], row["copy_key"]) == ("image/png", 99, "copies/ab/abc.jpg")
    assert row["kept_at"] == town.clock.now()
    assert town.last(Action.EVIDENCE_FETCHED) == {"sha256": "5e"}
    town.pass_time(hours=1)
    assert await town.write(evidence.lease) == []


async def test_a_refused_file_is_not_tried_again(town: Town) -> None:
    await town.write(evidence.refused, await a_file(town), WhyRefused.TOO_LARGE)
    [row] = await town.read(rows)
    assert (row["state"], row["reason"], row["key"]) == ("refused", "too_large", None)
    assert town.last(Action.EVIDENCE_REFUSED)["state"] == "refused"
    town.pass_time(hours=1)
    assert await town.write(evidence.lease) == []


async def test_a_file_that_cannot_be_fetched_is_tried_later_and_later_and_then_given_up(town: Town) -> None:
    file_id = await a_file(town)
    for tries in range(1, FETCH_TRIES):
        assert await town.write(evidence.failed, file_id, "TimedOut") is False
        town.pass_time(seconds=30 * tries - 1)
        assert await town.write(evidence.lease) == []
        town.pass_time(seconds=1)
        [file] = await town.write(evidence.lease)
        assert file.tries == tries + 1
    assert await town.how_often(Action.EVIDENCE_REFUSED) == 0
    assert await town.write(evidence.failed, file_id, "TimedOut") is True
    [row] = await town.read(rows)
    assert (row["state"], row["reason"]) == ("failed", "TimedOut")
    assert town.last(Action.EVIDENCE_REFUSED)["state"] == "failed"


async def test_what_failed_or_was_refused_leaves_nothing_in_the_store(town: Town) -> None:
    file_id = await a_file(town)
    await town.write(evidence.refused, file_id, WhyRefused.KIND)
    doomed = {file.key for file in await town.read(evidence_files.doomed)}
    assert doomed == {original_key(file_id), copy_key(file_id)}


async def test_whoever_comes_too_late_changes_nothing_and_leaves_nothing_behind(town: Town) -> None:
    file_id = await a_file(town)
    await town.write(evidence.kept, file_id, STORED)
    assert await town.write(evidence.kept, file_id, STORED) is False
    assert await town.write(evidence.failed, file_id, "TimedOut") is True
    await town.write(evidence.refused, file_id, WhyRefused.KIND)
    [row] = await town.read(rows)
    assert (row["state"], row["reason"]) == ("kept", None)
    assert await town.read(evidence_files.doomed) == []
    assert await town.how_often(Action.EVIDENCE_FETCHED) == 1
    assert await town.how_often(Action.EVIDENCE_REFUSED) == 0


async def test_a_file_that_comes_after_it_was_given_up_is_deleted_again(town: Town) -> None:
    file_id = await a_file(town)
    await town.write(evidence.refused, file_id, WhyRefused.KIND)
    for file in await town.read(evidence_files.doomed):
        await town.write(evidence_files.deleted, file)
    assert await town.write(evidence.kept, file_id, STORED) is False
    assert {file.key for file in await town.read(evidence_files.doomed)} == {STORED.key, STORED.copy_key}


async def test_files_sent_later_are_refused_where_pictures_could_do_harm(town: Town) -> None:
    harmful = replace(PROFILE.categories[0], asks_pictures=False)
    careful = replace(PROFILE, categories=(harmful, *PROFILE.categories[1:]))
    reference = await town.report()
    with pytest.raises(Refusal) as refusal:
        await town.write(add_later, reference, careful)
    assert refusal.value.key == "files.not_asked"
    assert await town.read(rows) == []
    assert await town.write(add_later, reference, PROFILE) == 1
    assert await town.write(add_later, reference, replace(PROFILE, categories=())) == 1


async def test_files_sent_later_to_a_closed_report_are_refused(town: Town) -> None:
    cleo, reference = await town.staff("Cleo"), await town.report()
    await town.write(triage.reject, cleo, reference, ClosedReason.NOT_ASB, "")
    with pytest.raises(Refusal) as refusal:
        await town.write(add_later, reference, PROFILE)
    assert refusal.value.key == "report.closed"
