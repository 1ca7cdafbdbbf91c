"""The agenda and the minutes of a meeting at the desk: chosen, attached, replaced, taken off."""

from __future__ import annotations

from pathlib import Path

import obstore
import pytest
from obstore.store import LocalStore

from handlers.chat.sweeper import sweep
from handlers.web.app import Extras
from handlers.web.console.meeting_document import BODY_BYTES
from handlers.web.site import SITE
from store.actions import meeting, meeting_document
from store.domain.actor import Channel
from store.domain.evidence_file import CLAIM_WITHIN
from store.domain.meeting import Meeting
from store.domain.meeting_document import MAX_DOCUMENT_BYTES, DocumentKind
from store.domain.staff import By
from tests.support.console import Answer, Console, Visitor, running_console
from tests.support.meetings import a_meeting, published
from tests.support.page_forms import form_of
from tests.support.papers import NOTES, PAPER, Upload
from tests.support.triage_factory import Town


def path_of(made: Meeting) -> str:
    return f"/console/meetings/{made.reference}"


async def send(browser: Visitor, made: Meeting, file: Upload | None = None, deed: str = "document") -> Answer:
    form = form_of((await browser.get(path_of(made))).text, f"{path_of(made)}/{deed}")
    form.pop("file", None)
    return await browser.post(f"{path_of(made)}/{deed}", **form | ({"file": file} if file else {}))


async def kept(console: Console) -> list[str]:
    """Return the keys of all that lies in the store of files."""
    listed = [one async for some in obstore.list(console.server.app[SITE].media) for one in some]
    return [one["path"] for one in listed]


async def start(town: Town, made: Meeting, browser: Visitor, by: By) -> None:
    """Let it begin: a week has gone by, so whoever is at the desk signs in again."""
    town.pass_time(seconds=(made.starts_at - town.clock.now()).total_seconds())
    await browser.sign_in(by.staff)


async def test_an_agenda_is_attached_and_everybody_gets_it_once_the_meeting_is_published(
    console: Console, browser: Visitor, town: Town, cleo: By
) -> None:
    made = await a_meeting(town, cleo)
    page = (await browser.get(path_of(made))).text
    assert ("Attach the agenda" in page, "Agenda and minutes" in page) == (True, False)
    answer = await send(browser, made, Upload())
    assert (answer.status, answer.location) == (303, f"{path_of(made)}?done=agenda-attached")
    page = (await browser.get(answer.location)).text
    for said in ("The agenda is attached.", "Only staff can read it", "PDF, 1 KB", "Replace the agenda"):
        assert said in page
    public = f"/meetings/{made.reference}/agenda"
    assert (await console.visitor().get(public)).status == 404
    await town.write(meeting.publish, cleo, made.reference)
    assert "Everybody can read it" in (await browser.get(path_of(made))).text
    assert (await console.visitor().get(public)).text == PAPER.decode()
    mine = await browser.get(f"{path_of(made)}/agenda-file")
    assert (mine.text, mine.headers["Cache-Control"]) == (PAPER.decode(), "no-store")
    assert mine.headers["Content-Disposition"] == f'attachment; filename="agenda-{made.reference}.pdf"'


async def test_a_newer_file_replaces_the_older_and_the_bytes_of_that_go(
    console: Console, browser: Visitor, town: Town, cleo: By
) -> None:
    made = await published(town, cleo)
    await send(browser, made, Upload())
    old = await kept(console)
    await send(browser, made, Upload(NOTES, "notes.txt"))
    await sweep(town.store, console.server.app[SITE].media)
    new = await kept(console)
    assert (len(old), len(new), old == new) == (1, 1, False)
    answer = await console.visitor().get(f"/meetings/{made.reference}/agenda")
    assert (answer.headers["Content-Type"], answer.text) == ("text/plain; charset=utf-8", NOTES.decode())
    story = (await browser.get(path_of(made))).text
    assert "Agenda: none → PDF, 1 KB" in story
    assert "Agenda: PDF, 1 KB → text, 1 KB" in story


async def test_it_is_taken_off_again_and_nothing_is_left(
    console: Console, browser: Visitor, town: Town, cleo: By
) -> None:
    made = await published(town, cleo)
    await send(browser, made, Upload())
    answer = await send(browser, made, deed="document-removal")
    assert answer.location == f"{path_of(made)}?done=document-removed"
    await sweep(town.store, console.server.app[SITE].media)
    assert await kept(console) == []
    assert (await console.visitor().get(f"/meetings/{made.reference}/agenda")).status == 404
    assert "Take off the agenda" not in (await browser.get(path_of(made))).text


async def test_minutes_come_once_the_meeting_has_begun(
    console: Console, browser: Visitor, town: Town, cleo: By
) -> None:
    made = await published(town, cleo)
    early = form_of((await browser.get(path_of(made))).text, f"{path_of(made)}/document")
    refused = await browser.post(f"{path_of(made)}/document", **early | {"kind": "minutes", "file": Upload()})
    del early["token"]
    assert (refused.status, "Minutes can be attached once" in refused.text) == (422, True)
    await start(town, made, browser, cleo)
    late = await browser.post(f"{path_of(made)}/document", **early | {"file": Upload()})
    assert (late.status, "so its agenda stays as it is" in late.text) == (422, True)
    answer = await send(browser, made, Upload())
    assert answer.location.endswith("?done=minutes-attached")
    assert (await console.visitor().get(f"/meetings/{made.reference}/minutes")).status == 200
    assert await kept(console) != []


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (None, "Choose a file"),
        ((b"", "a.pdf"), "Choose a file"),
        ((b"MZ\x90\x00", "agenda.pdf"), "Choose a PDF"),
        ((PAPER, "agenda.html"), "Choose a PDF"),
    ],
)
async def test_a_file_that_is_none_is_refused_with_the_page_and_nothing_is_kept(
    console: Console, browser: Visitor, town: Town, cleo: By, file: tuple[bytes, str] | None, said: str
) -> None:
    made = await published(town, cleo)
    answer = await send(browser, made, Upload(*file) if file else None)
    assert (answer.status, said in answer.text) == (422, True)
    assert '<details id="document" open>' in answer.text
    assert await kept(console) == []


async def test_a_file_that_is_too_large_is_told_and_one_far_too_large_is_not_even_read(
    console: Console, browser: Visitor, town: Town, cleo: By
) -> None:
    made = await published(town, cleo)
    answer = await send(browser, made, Upload(PAPER + bytes(MAX_DOCUMENT_BYTES)))
    assert (answer.status, "at most 10 MB" in answer.text) == (422, True)
    answer = await send(browser, made, Upload(PAPER + bytes(BODY_BYTES)))
    assert (answer.status, "A file can have at most 10 MB." in answer.text) == (413, True)
    most = PAPER + bytes(MAX_DOCUMENT_BYTES - len(PAPER))
    assert (await send(browser, made, Upload(most))).status == 303
    assert len(await kept(console)) == 1


async def test_other_forms_take_no_large_file(browser: Visitor, town: Town, cleo: By) -> None:
    made = await published(town, cleo)
    form = form_of((await browser.get(path_of(made))).text, f"{path_of(made)}/priorities")
    answer = await browser.post(f"{path_of(made)}/priorities", **form | {"file": Upload(bytes(300_000))})
    assert answer.status == 413


async def test_without_the_token_of_the_page_no_file_is_taken(
    console: Console, browser: Visitor, town: Town, cleo: By
) -> None:
    made = await published(town, cleo)
    form = form_of((await browser.get(path_of(made))).text, f"{path_of(made)}/document")
    answer = await browser.post(f"{path_of(made)}/document", **form | {"token": "guessed", "file": Upload()})
    assert answer.status == 403
    assert await kept(console) == []


async def test_what_was_put_when_the_process_died_is_swept_up(console: Console, town: Town, cleo: By) -> None:
    made, media = await published(town, cleo), console.server.app[SITE].media
    key = await town.write(meeting_document.reserve, cleo, made.reference, DocumentKind.AGENDA)
    await obstore.put_async(media, key, PAPER)
    await sweep(town.store, media)
    assert await kept(console) == [key]
    town.pass_time(seconds=CLAIM_WITHIN.total_seconds())
    await sweep(town.store, media)
    assert await kept(console) == []


async def test_a_store_that_does_not_take_it_is_said_kindly(town: Town, tmp_path: Path) -> None:
    (tmp_path / "documents").touch()
    async with running_console(town, extras=Extras(media=LocalStore(tmp_path))) as console:
        cleo = By(await console.staff("cleo"), Channel.WEB)
        made, browser = await published(town, cleo), console.visitor()
        await browser.sign_in(cleo.staff)
        answer = await send(browser, made, Upload())
        assert (answer.status, "could not be kept just now" in answer.text) == (422, True)
        assert "Agenda and minutes" not in (await browser.get(path_of(made))).text


async def test_a_cancelled_meeting_shows_no_form_for_a_file_but_one_is_taken_off(
    browser: Visitor, town: Town, cleo: By
) -> None:
    made = await published(town, cleo)
    await send(browser, made, Upload())
    await town.write(meeting.cancel, cleo, made.reference, "The hall is flooded")
    page = (await browser.get(path_of(made))).text
    assert ("Replace the agenda" in page, "Only staff can read it" in page) == (False, True)
    assert (await send(browser, made, deed="document-removal")).status == 303
