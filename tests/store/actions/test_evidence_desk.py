from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from store.actions import evidence_desk, evidence_files, retention, triage
from store.domain.errors import NotAllowed, NotFound, Refusal
from store.domain.event import Action
from store.domain.evidence_file import copy_key, original_key
from store.domain.message import MESSAGE_MAX_CHARACTERS
from store.domain.reference import Restriction
from store.domain.staff import Role
from store.queries import evidence
from tests.support.evidence_factory import PHOTO, VIDEO, evidence_row, kept_file, waiting_file
from tests.support.triage_factory import Town

LOOKS = (evidence_desk.open_copy, evidence_desk.open_original)
WORKERS = {Role.OFFICER, Role.SUPERVISOR}
DEEDS = (evidence_desk.quarantine, evidence_desk.mark)


async def refusal_of(town: Town, fn: Callable[..., Any], *args: Any) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        await town.write(fn, *args)
    return refusal.value


async def test_every_look_at_a_picture_is_one_event(town: Town) -> None:
    cleo, reference = await town.staff("Cleo"), await town.report()
    file_id = await kept_file(town, reference)
    for times in (1, 2):
        assert (await town.write(evidence_desk.open_copy, cleo, file_id)).key == copy_key(file_id)
        assert await town.how_often(Action.EVIDENCE_OPENED) == times
    told = town.last(Action.EVIDENCE_OPENED)
    assert (told["reference"], told["what"]) == (reference, "copy")
    page = await town.read(evidence.page, cleo.staff, file_id)
    assert (page.reference, page.file.has_copy, page.file.has_original) == (reference, True, True)
    assert await town.how_often(Action.EVIDENCE_OPENED) == 2


async def test_the_original_of_a_picture_is_sealed_and_a_video_is_taken_as_it_is(town: Town) -> None:
    cleo, reference = await town.staff("Cleo"), await town.report()
    photo, video = await kept_file(town, reference), await kept_file(town, reference, VIDEO)
    refusal = await refusal_of(town, evidence_desk.open_original, cleo, photo)
    assert isinstance(refusal, NotAllowed)
    assert refusal.key == "evidence.sealed"
    assert (await town.write(evidence_desk.open_original, cleo, video)).key == original_key(video)
    assert (await refusal_of(town, evidence_desk.open_copy, cleo, video)).key == "evidence.not_found"
    assert await town.how_often(Action.EVIDENCE_OPENED) == 1


@pytest.mark.parametrize("look", [*LOOKS, *DEEDS])
async def test_a_file_is_there_only_for_whoever_may_open_its_report(
    town: Town, look: Callable[..., Any]
) -> None:
    file_id = await kept_file(town, await town.report(category="street.hate"))
    plain = await kept_file(town, await town.report())
    more = ("why",) if look in DEEDS else ()
    strangers = [(await town.staff(role.value, role), plain) for role in Role if role not in WORKERS]
    for by, wanted in [
        (await town.staff("Cleo"), file_id),
        (await town.staff("Sue", Role.SUPERVISOR, Restriction.SAFEGUARDING), file_id),
        *strangers,
        (await town.staff("Dee"), "unknown"),
    ]:
        refusal = await refusal_of(town, look, by, wanted, *more)
        assert isinstance(refusal, NotFound)
        assert refusal.key == "evidence.not_found"
    granted = await town.staff("Ann", Role.OFFICER, Restriction.HATE)
    assert (await town.write(evidence_desk.open_copy, granted, file_id)).key == copy_key(file_id)


@pytest.mark.parametrize("look", LOOKS)
async def test_what_is_not_kept_does_not_open(town: Town, look: Callable[..., Any]) -> None:
    cleo = await town.staff("Cleo")
    file_id = await waiting_file(town, await town.report())
    assert (await refusal_of(town, look, cleo, file_id)).key == "evidence.not_kept"
    for deed in DEEDS:
        assert (await refusal_of(town, deed, cleo, file_id, "why")).key == "evidence.not_kept"


@pytest.mark.parametrize("sent", [PHOTO, VIDEO])
async def test_quarantine_deletes_the_copy_blocks_every_look_and_keeps_the_original(
    town: Town, sent: dict[str, Any]
) -> None:
    cleo = await town.staff("Cleo")
    file_id = await kept_file(town, await town.report(), sent)
    page = await town.twice(evidence_desk.quarantine, cleo, file_id, " Of a child ")
    assert (page.file.quarantined, page.file.quarantine_reason) == (True, "Of a child")
    row = await town.read(evidence_row, file_id)
    assert (row["key"], row["copy_key"]) == (original_key(file_id), None)
    copies = [copy_key(file_id)] if sent is PHOTO else []
    assert [file.key for file in await town.read(evidence_files.doomed)] == copies
    for look in LOOKS:
        assert (await refusal_of(town, look, cleo, file_id)).key == "evidence.quarantined"
    assert await town.how_often(Action.EVIDENCE_QUARANTINED) == 1
    assert await town.how_often(Action.EVIDENCE_OPENED) == 0


async def test_once_the_original_is_gone_quarantine_seals_the_copy_in_its_place(town: Town) -> None:
    cleo = await town.staff("Cleo")
    file_id = await kept_file(town, await town.report())
    town.pass_time(days=31)
    await town.write(retention.forget)
    await town.write(evidence_desk.quarantine, cleo, file_id, "Of a child")
    row = await town.read(evidence_row, file_id)
    assert (row["key"], row["copy_key"]) == (copy_key(file_id), None)
    assert [file.key for file in await town.read(evidence_files.doomed)] == [original_key(file_id)]


async def test_what_is_marked_as_evidence_says_why(town: Town) -> None:
    cleo = await town.staff("Cleo")
    file_id = await kept_file(town, await town.report())
    page = await town.twice(evidence_desk.mark, cleo, file_id, "For the court")
    assert page.file.keep_reason == "For the court"
    assert await town.how_often(Action.EVIDENCE_MARKED) == 1
    assert town.last(Action.EVIDENCE_MARKED)["words"] == "For the court"


@pytest.mark.parametrize("deed", DEEDS)
async def test_a_deed_needs_a_reason_of_some_length(town: Town, deed: Callable[..., Any]) -> None:
    cleo = await town.staff("Cleo")
    file_id = await kept_file(town, await town.report())
    assert (await refusal_of(town, deed, cleo, file_id, " ")).key == "evidence.needs_reason"
    long = "x" * (MESSAGE_MAX_CHARACTERS + 1)
    assert (await refusal_of(town, deed, cleo, file_id, long)).key == "message.too_long"
    page = await town.read(evidence.page, cleo.staff, file_id)
    assert (page.file.quarantined, page.file.keep_reason) == (False, None)


async def test_the_name_of_a_file_is_nowhere_in_an_anonymous_report(town: Town) -> None:
    cleo = await town.staff("Cleo")
    reference = await town.report(identity="anonymous")
    file_id = await kept_file(town, reference, name="tom-smith.jpg")
    assert (await town.read(evidence_row, file_id))["name"] is None
    page = await town.write(triage.open_report, cleo, reference)
    one = await town.read(evidence.page, cleo.staff, file_id)
    assert page.evidence == (one.file,)
    assert one.file.name is None
    assert "tom" not in str(town.events)
