"""The agenda and the minutes of a meeting: attached, replaced, taken off; nothing lost or left behind."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store.actions import evidence_files, meeting, meeting_document
from store.domain.errors import Changed, NotFound, Refusal
from store.domain.evidence_file import CLAIM_WITHIN
from store.domain.meeting import Meeting
from store.domain.meeting_document import DocumentKind
from store.domain.staff import By, Role
from store.queries import meeting_desk, meeting_documents
from store.queries.meetings import public
from tests.support.meetings import a_meeting, facts, published
from tests.support.papers import NOTES, PAPER, attached, content, marked
from tests.support.triage_factory import Town

AGENDA, MINUTES = DocumentKind


async def begun(town: Town, by: By, made: Meeting) -> None:
    town.pass_time(seconds=(made.starts_at - town.clock.now()).total_seconds())


async def story(town: Town, by: By, made: Meeting) -> list[str]:
    page = await town.read(meeting_desk.page, by.staff, made.reference)
    return [f"{line.label}: {line.detail}" for line in page.story][2:]


async def shown(town: Town, made: Meeting) -> list[DocumentKind]:
    meeting_now = await town.read(public, made.reference)
    return list((await town.read(meeting_documents.shown_of, [meeting_now]))[made.id])


async def test_an_agenda_is_there_for_everybody_once_it_is_attached(town: Town) -> None:
    cleo = await town.staff("Cleo")
    made = await published(town, cleo)
    assert await shown(town, made) == []
    key = await town.write(attached, cleo, made.reference)
    paper = await town.read(meeting_documents.public, made.reference, AGENDA)
    assert (paper.document.key, paper.document.content) == (key, content())
    assert await shown(town, made) == [AGENDA]
    assert await story(town, cleo, made) == ["File attached: Agenda: none → PDF, 1 KB"]
    assert await town.read(marked) == []


async def test_a_newer_file_takes_the_place_of_the_older_and_both_are_told(town: Town) -> None:
    cleo = await town.staff("Cleo")
    made = await published(town, cleo)
    old = await town.write(attached, cleo, made.reference)
    new = await town.write(attached, cleo, made.reference, AGENDA, PAPER + b"2. Dogs")
    assert (await town.read(meeting_documents.public, made.reference, AGENDA)).document.key == new
    assert await town.read(marked) == [old]
    assert len(await story(town, cleo, made)) == 2


async def test_the_same_file_again_is_harmless_and_leaves_nothing(town: Town) -> None:
    cleo = await town.staff("Cleo")
    made = await published(town, cleo)
    old = await town.write(attached, cleo, made.reference)
    again = await town.write(attached, cleo, made.reference)
    assert (await town.read(meeting_documents.public, made.reference, AGENDA)).document.key == old
    assert await town.read(marked) == [again]
    assert len(await story(town, cleo, made)) == 1


async def test_a_file_is_taken_off_whatever_became_of_the_meeting(town: Town) -> None:
    cleo = await town.staff("Cleo")
    made = await published(town, cleo)
    key = await town.write(attached, cleo, made.reference)
    await town.write(meeting.cancel, cleo, made.reference, "The hall is flooded")
    assert await shown(town, made) == []
    for _ in range(2):
        await town.write(meeting_document.remove, cleo, made.reference, AGENDA)
    assert await town.read(marked) == [key]
    assert await town.read(meeting_documents.attached, cleo.staff, made.id) == {}
    assert (await story(town, cleo, made))[-1] == "File taken off: Agenda: PDF, 1 KB → none"


async def test_the_files_of_a_draft_are_for_staff_alone(town: Town) -> None:
    cleo = await town.staff("Cleo")
    made = await a_meeting(town, cleo)
    await town.write(attached, cleo, made.reference)
    with pytest.raises(NotFound):
        await town.read(meeting_documents.public, made.reference, AGENDA)
    paper = await town.read(meeting_documents.of_staff, cleo.staff, made.reference, AGENDA)
    assert paper.meeting.id == made.id
    for reference, kind in ((made.reference, MINUTES), ("K7M-4XQ-9PC", AGENDA)):
        with pytest.raises(NotFound):
            await town.read(meeting_documents.of_staff, cleo.staff, reference, kind)


async def test_minutes_come_once_the_meeting_has_begun_and_then_no_agenda(town: Town) -> None:
    cleo = await town.staff("Cleo")
    made = await published(town, cleo)
    await town.write(attached, cleo, made.reference)
    with pytest.raises(Refusal, match="minutes_too_early"):
        await town.write(attached, cleo, made.reference, MINUTES)
    await begun(town, cleo, made)
    await town.write(attached, cleo, made.reference, MINUTES)
    with pytest.raises(Refusal, match="agenda_too_late"):
        await town.write(attached, cleo, made.reference, AGENDA, PAPER + b"2. Dogs")
    assert await shown(town, made) == [AGENDA, MINUTES]


async def test_minutes_of_a_meeting_that_is_put_off_after_all_are_not_shown(town: Town) -> None:
    cleo = await town.staff("Cleo")
    made = await published(town, cleo)
    await begun(town, cleo, made)
    await town.write(attached, cleo, made.reference, MINUTES)
    later = made.starts_at + timedelta(days=7)
    await town.write(meeting.change, cleo, made.reference, later, facts())
    assert await shown(town, made) == []


async def test_a_cancelled_meeting_gets_no_file(town: Town) -> None:
    cleo = await town.staff("Cleo")
    made = await published(town, cleo)
    await town.write(meeting.cancel, cleo, made.reference, "The hall is flooded")
    with pytest.raises(Refusal, match=r"meeting\.cancelled"):
        await town.write(attached, cleo, made.reference)


async def test_a_second_writer_hears_of_the_first_before_and_after_sending_the_bytes(town: Town) -> None:
    cleo, dan = await town.staff("Cleo"), await town.staff("Dan")
    made = await published(town, cleo)
    key = await town.write(meeting_document.reserve, cleo, made.reference, AGENDA, made.version)
    await town.write(attached, dan, made.reference)
    stored = (key, content(NOTES, "a.txt"))
    with pytest.raises(Changed):
        await town.write(meeting_document.reserve, cleo, made.reference, AGENDA, made.version)
    with pytest.raises(Changed):
        await town.write(meeting_document.attach, cleo, made.reference, AGENDA, stored, version=made.version)
    with pytest.raises(Changed):
        await town.write(meeting_document.remove, cleo, made.reference, AGENDA, made.version)


async def test_what_was_put_and_never_attached_goes_after_a_while(town: Town) -> None:
    cleo = await town.staff("Cleo")
    made = await published(town, cleo)
    key = await town.write(meeting_document.reserve, cleo, made.reference, AGENDA)
    assert await town.read(marked) == []
    town.pass_time(seconds=CLAIM_WITHIN.total_seconds())
    assert await town.read(marked) == [key]
    with pytest.raises(Refusal, match="too_slow"):
        await town.write(meeting_document.attach, cleo, made.reference, AGENDA, (key, content()))
    [mark] = await town.read(evidence_files.doomed)
    await town.write(evidence_files.deleted, mark)
    with pytest.raises(Refusal, match="too_slow"):
        await town.write(meeting_document.attach, cleo, made.reference, AGENDA, (key, content()))


async def test_only_those_who_work_with_meetings_attach_and_read(town: Town) -> None:
    cleo, ann = await town.staff("Cleo"), await town.staff("Ann", Role.ANALYST)
    made = await a_meeting(town, cleo)
    await town.write(attached, cleo, made.reference)
    for refused in (
        town.write(attached, ann, made.reference),
        town.write(meeting_document.remove, ann, made.reference, AGENDA),
        town.read(meeting_documents.attached, ann.staff, made.id),
        town.read(meeting_documents.of_staff, ann.staff, made.reference, AGENDA),
    ):
        with pytest.raises(Refusal, match=r"staff\.not_allowed"):
            await refused
