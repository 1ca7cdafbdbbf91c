"""Photos and other files: sent whenever it suits people, kept only if they are what they say."""

from __future__ import annotations

from store.domain.evidence import EvidenceState, EvidenceView, WhyRefused
from tests.support.form import DONE, fill, start, step_of, tap
from tests.support.pictures import jpeg
from tests.support.town import Town, reference_in

JPEG = jpeg()
ZIP = b"PK\x03\x04" + b"packed" * 20
MB = 1024 * 1024


async def fetched(town: Town, reference: str, count: int) -> tuple[EvidenceView, ...]:
    """Wait until the files of a report are dealt with."""
    found: tuple[EvidenceView, ...] = ()
    for _ in range(100):
        found = (await town.page(reference)).evidence
        if len(found) == count and all(file.state is not EvidenceState.WAITING for file in found):
            return found
        await town.settled()
    raise AssertionError(f"still waiting: {found}")


async def test_an_album_of_three_photos_is_answered_once_and_kept(town: Town) -> None:
    await start(town.ada, "files", group="other")
    town.ada.send_album([JPEG, JPEG + b"2", JPEG + b"3"], caption="All of them")
    await town.settled()
    assert len([bubble for bubble in town.ada.news if "your file" in bubble.text]) == 1
    await tap(town.ada, DONE)
    files = await fetched(town, reference_in(await fill(town.ada)), 3)
    assert {file.state for file in files} == {EvidenceState.KEPT}
    assert {file.media_type for file in files} == {"image/jpeg"}


async def test_a_photo_with_a_caption_answers_what_happened(town: Town) -> None:
    await start(town.ada, "what", group="other")
    town.ada.send_photo(JPEG, caption="They burnt the bench")
    shown = await town.ada.wait_for("Where is it")
    assert step_of(shown) == "where"
    await fill(town.ada, "files")
    await tap(town.ada, DONE)
    reference = reference_in(await fill(town.ada))
    assert (await town.kept(reference)).text == "They burnt the bench"
    assert len(await fetched(town, reference, 1)) == 1


async def test_a_photo_before_its_turn_is_kept_and_the_question_stays(town: Town) -> None:
    await start(town.ada, "where", group="other")
    town.ada.send_photo(JPEG)
    await town.ada.wait_for("kept your file")
    assert (draft := await town.draft(town.ada))
    assert (draft.step, len(draft.answers["evidence"])) == ("where", 1)


async def test_a_photo_is_refused_where_pictures_could_harm(town: Town) -> None:
    await start(town.ada, "what", group="street", category="street.sexual")
    town.ada.send_photo(JPEG)
    await town.ada.wait_for("do not send pictures")
    assert (draft := await town.draft(town.ada))
    assert "evidence" not in draft.answers


async def test_a_file_over_twenty_megabytes_is_told_the_limit_before_anything_is_fetched(town: Town) -> None:
    await start(town.ada, "files", group="other")
    calls = len(town.emulator.calls_of("getFile"))
    town.ada.send_document(b"%PDF-", "scan.pdf", "application/pdf", size=21 * MB)
    shown = await town.ada.wait_for("up to 20 MB")
    assert "rest of your report is safe" in shown.text
    await town.settled()
    assert len(town.emulator.calls_of("getFile")) == calls


async def test_a_kind_of_file_we_do_not_take_is_refused_at_once(town: Town) -> None:
    await start(town.ada, "files", group="other")
    town.ada.send_document(ZIP, "all.zip", "application/zip")
    await town.ada.wait_for("photos, videos, voice messages, sound and PDF")


async def test_a_packed_file_named_like_a_photo_is_refused_by_its_content_and_both_sides_told(
    town: Town,
) -> None:
    await start(town.ada, "files", group="other")
    town.ada.send_document(ZIP, "holiday.jpg", "image/jpeg")
    await town.ada.wait_for("have your file")
    await tap(town.ada, DONE)
    reference = reference_in(await fill(town.ada))
    (file,) = await fetched(town, reference, 1)
    assert (file.state, file.reason) == (EvidenceState.REFUSED, WhyRefused.KIND)
    told = await town.ada.wait_for("could not keep a file")
    assert reference in told.text


async def test_a_voice_message_and_a_video_are_taken(town: Town) -> None:
    await start(town.ada, "files", group="other")
    town.ada.send_voice(b"OggS" + b"sound")
    await town.ada.wait_for("have your file")
    town.ada.send_video(b"\x00\x00\x00\x18ftypisom")
    await town.ada.wait_for("2 files")
    await tap(town.ada, DONE)
    files = await fetched(town, reference_in(await fill(town.ada)), 2)
    assert {file.media_type for file in files} == {"audio/ogg", "video/mp4"}


async def test_a_photo_out_of_the_blue_begins_a_report_and_is_kept(town: Town) -> None:
    town.ada.send_photo(JPEG)
    shown = await town.ada.wait_for("kept your file")
    assert "999" in shown.text
    assert step_of(shown) == "danger"
    assert len((await town.open_draft(town.ada)).answers["evidence"]) == 1


async def test_a_photo_with_a_caption_out_of_the_blue_keeps_both(town: Town) -> None:
    town.ada.send_photo(JPEG, caption="Overflowing bins by the bus stop")
    await town.ada.wait_for("kept what you wrote")
    answers = (await town.open_draft(town.ada)).answers
    assert answers["what"] == "Overflowing bins by the bus stop"
    assert len(answers["evidence"]) == 1


async def test_files_can_be_taken_out_again(town: Town) -> None:
    await start(town.ada, "files", group="other")
    town.ada.send_photo(JPEG)
    await town.ada.wait_for("I have your file")
    shown = await tap(town.ada, "~r")
    assert step_of(shown) == "files"
    assert "evidence" not in (await town.open_draft(town.ada)).answers
