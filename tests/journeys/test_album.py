"""Albums come as a message for each picture: together they are one thing, and are answered once."""

from __future__ import annotations

import pytest

from bot.emulator import Attachment
from store.actions import message
from store.domain.message import MessageKind
from tests.journeys.test_evidence import add
from tests.journeys.test_file import JPEG
from tests.journeys.test_question import asked, said_by_ada
from tests.journeys.test_safety import KNIFE
from tests.support.form import fill, say, start, step_of, tap
from tests.support.town import Town, reference_in, said_since

THREE = [JPEG + bytes([number]) for number in range(3)]
POTHOLE = "there is a massive pothole on my road, who fixes it"


async def files_of(town: Town, reference: str) -> int:
    return len((await town.page(reference)).evidence)


async def test_an_album_with_a_caption_added_to_a_report_goes_there_whole(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    await add(town.ada, reference)
    town.ada.send_album(THREE, caption="It is a blue van")
    await town.ada.wait_for("added it to report")
    await town.settled()
    assert await files_of(town, reference) == len(THREE)
    assert await said_by_ada(town, reference) == [(MessageKind.ADDITION, "It is a blue van")]
    assert await town.draft(town.ada) is None
    assert len([said for said in said_since(town.ada) if "added the file" in said]) == 1


async def test_the_rest_of_an_album_does_not_go_into_the_report_that_waited(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    await say(town.ada, "/report A second story, half told")
    await add(town.ada, reference)
    town.ada.send_album(THREE, caption="It is a blue van")
    await town.ada.wait_for("Let us carry on")
    await town.settled()
    assert await files_of(town, reference) == len(THREE)
    draft = await town.open_draft(town.ada)
    assert draft.answers["what"] == "A second story, half told"
    assert "evidence" not in draft.answers


async def test_words_under_any_picture_of_an_added_album_are_added(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    await add(town.ada, reference)
    for picture, caption in zip(THREE, (None, "It is a blue van", "with a broken light"), strict=True):
        town.ada.send_photo(picture, media_group_id=f"7{town.ada.id}", caption=caption)
    await town.settled()
    assert await files_of(town, reference) == len(THREE)
    added = {text for _, text in await said_by_ada(town, reference)}
    assert added == {"It is a blue van", "with a broken light"}


async def test_words_under_a_later_picture_that_can_not_be_added_are_answered(town: Town) -> None:
    reference = await town.report(town.ada, group="other")
    await add(town.ada, reference)
    too_long = "It is a blue van. " * 220
    for picture, caption in zip(THREE, ("one", too_long, None), strict=True):
        town.ada.send_photo(picture, media_group_id=f"8{town.ada.id}", caption=caption)
    await town.settled()
    assert any("3500" in said or "3,500" in said for said in said_since(town.ada))
    assert await files_of(town, reference) == len(THREE)


async def test_an_album_with_the_answer_under_it_goes_to_the_report_whole(town: Town) -> None:
    reference = await asked(town)
    town.ada.tap("Answer")
    await town.ada.wait_for("write your answer")
    town.ada.send_album(THREE, caption="Number nine")
    await town.ada.wait_for("is with the team")
    await town.settled()
    assert await files_of(town, reference) == len(THREE)
    assert await town.draft(town.ada) is None


async def test_an_album_for_a_kind_without_pictures_is_answered_once(town: Town) -> None:
    await start(town.ada, "when", group="street", category="street.sexual")
    town.ada.send_album(THREE)
    await town.ada.wait_for("do not send pictures")
    await town.settled()
    assert len(said_since(town.ada)) == 1


async def test_an_album_added_to_a_report_without_pictures_is_answered_once(town: Town) -> None:
    reference = await town.report(town.ada, group="street", category="street.sexual")
    await add(town.ada, reference)
    town.ada.send_album(THREE, caption="It is a blue van")
    await town.ada.wait_for("added it to report")
    await town.settled()
    assert len([said for said in said_since(town.ada) if "do not send pictures" in said]) == 1
    assert await town.draft(town.ada) is None


async def test_pictures_one_by_one_are_each_answered(town: Town) -> None:
    await start(town.ada, "when", group="street", category="street.sexual")
    for picture in THREE:
        town.ada.send_photo(picture)
    await town.settled()
    news = [bubble.text for bubble in town.ada.messages if "do not send pictures" in bubble.text]
    assert len(news) == len(THREE)


async def test_a_photo_whose_words_are_led_on_is_kept_with_them(town: Town) -> None:
    town.ada.send_photo(JPEG, caption=POTHOLE)
    await town.ada.wait_for("another service")
    await town.settled()
    assert step_of(await tap(town.ada, "report")) == "danger"
    reference = reference_in(await fill(town.ada, group="other", files="~d"))
    assert await files_of(town, reference) == 1


async def test_an_album_whose_words_are_led_on_is_kept_whole(town: Town) -> None:
    town.ada.send_album(THREE, caption=POTHOLE)
    await town.settled()
    draft = await town.open_draft(town.ada)
    assert (draft.form, draft.answers["what"]) == ("report", POTHOLE)
    assert len(draft.answers["evidence"]) == len(THREE)


@pytest.mark.parametrize("answer", ["answer", "new"])
async def test_an_album_while_the_team_waits_for_an_answer_goes_with_its_words(
    town: Town, answer: str
) -> None:
    reference = await asked(town)
    town.ada.send_album(THREE, caption="Number nine")
    await town.ada.wait_for("Is this your answer")
    await town.settled()
    await say(town.ada, "the red door")
    await tap(town.ada, answer)
    if answer == "new":
        reference = reference_in(await fill(town.ada, group="other", files="~d"))
    else:
        assert await said_by_ada(town, reference) == [(MessageKind.ANSWER, "Number nine\nthe red door")]
    assert await files_of(town, reference) == len(THREE)


async def test_a_file_that_can_not_be_taken_does_not_hold_up_the_words(town: Town) -> None:
    reference = await asked(town)
    town.ada.send_document(b"x", "x.exe", "application/x-msdownload", caption="Number nine")
    await town.ada.wait_for("can not take that kind")
    await tap(town.ada, "answer", next(b for b in town.ada.news if step_of(b) == "which"))
    assert await said_by_ada(town, reference) == [(MessageKind.ANSWER, "Number nine")]


async def test_more_files_than_one_report_takes_are_refused_while_words_are_held(town: Town) -> None:
    reference = await asked(town)
    await say(town.ada, "Number nine")
    town.ada.send_album([JPEG + bytes([number]) for number in range(21)])
    await town.ada.wait_for("all I can take")
    await tap(town.ada, "answer", next(b for b in town.ada.messages if step_of(b) == "which"))
    assert await files_of(town, reference) == 20


async def test_a_photo_with_a_greeting_begins_a_report_as_one_without(town: Town) -> None:
    town.ada.send_photo(JPEG, caption="hello")
    assert step_of(await town.ada.wait_for("danger")) == "danger"
    assert len((await town.open_draft(town.ada)).answers["evidence"]) == 1


async def test_files_that_are_not_wanted_any_more_are_said_to_be_so(town: Town) -> None:
    reference = await town.report(town.ada, group="street", category="street.sexual")
    await town.staff_does(message.ask, reference, "Which house?")
    await town.ada.wait_for("Which house?")
    town.ada.send_photo(JPEG, caption="Number nine")
    await town.ada.wait_for("Is this your answer")
    await tap(town.ada, "answer")
    await town.ada.wait_for("do not send pictures")
    assert await said_by_ada(town, reference) == [(MessageKind.ANSWER, "Number nine")]
    assert await files_of(town, reference) == 0


async def test_a_document_album_is_screened_at_its_words(town: Town) -> None:
    files = [Attachment(b"%PDF-1.7", "document", "a.pdf", "application/pdf") for _ in range(2)]
    town.ada.send_files(files, caption=KNIFE)
    await town.ada.wait_for("If someone is in danger now")
    assert (await town.open_draft(town.ada)).answers["what"] == KNIFE
