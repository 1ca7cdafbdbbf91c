"""The picture or document of a campaign at the desk: chosen, looked at, taken off."""

from __future__ import annotations

from typing import Any

import obstore
import pytest
from PIL import Image

from handlers.chat.sweeper import sweep
from handlers.web.console.campaign_file import BODY_BYTES
from handlers.web.site import SITE
from store.domain.campaign_file import CAPTION_MAX_UNITS, MAX_FILE_BYTES
from store.domain.staff import By, Role
from tests.support.campaign_files import SHOWS
from tests.support.campaigns import a_draft, approved, waiting
from tests.support.console import Answer, Console, Visitor
from tests.support.page_forms import form_of
from tests.support.papers import PAPER, Upload
from tests.support.pictures import HARBOUR, MAKER, encoded, jpeg, opened
from tests.support.triage_factory import Town

PATH = "/console/campaigns"


async def send(browser: Visitor, path: str, body: bytes | None, seen: str = SHOWS) -> Answer:
    form = form_of((await browser.get(path)).text, f"{path}/file")
    form.pop("file", None)
    sent: dict[str, Any] = {"file": Upload(body, "a.bin")} if body is not None else {}
    return await browser.post(f"{path}/file", **(form | {"seen_as": seen} | sent))


async def kept(console: Console) -> list[str]:
    listed = [one async for some in obstore.list(console.server.app[SITE].media) for one in some]
    return [one["path"] for one in listed]


async def test_a_picture_is_made_anew_shown_and_taken_off(
    console: Console, browser: Visitor, town: Town, cleo: By
) -> None:
    path = f"{PATH}/{await a_draft(town, cleo)}"
    answer = await send(browser, path, jpeg(HARBOUR))
    assert (answer.status, answer.location) == (303, f"{path}?done=campaign-file-attached")
    page = (await browser.get(answer.location)).text
    assert "It goes with the campaign." in page
    assert f'alt="{SHOWS}"' in page
    async with browser.client.get(f"{path}/file") as picture:
        body = await picture.read()
    assert (picture.headers["Content-Type"], picture.headers["Content-Disposition"]) == (
        "image/jpeg",
        f'inline; filename="{path.rpartition("/")[2]}.jpg"',
    )
    assert "sandbox" in picture.headers["Content-Security-Policy"]
    assert len(await kept(console)) == 1
    assert opened(body).size == (64, 48)
    assert MAKER.encode() not in body
    off = form_of(page, f"{path}/file-removal")
    assert (await browser.post(f"{path}/file-removal", **off)).location.endswith("campaign-file-removed")
    await sweep(town.store, console.server.app[SITE].media)
    assert await kept(console) == []
    assert (await browser.get(f"{path}/file")).status == 404


async def test_a_document_is_linked_and_an_approval_is_gone_with_it(
    browser: Visitor, town: Town, cleo: By
) -> None:
    dan, hal = await town.staff("Dan"), await town.staff("Hal", Role.SUPERVISOR)
    path = f"{PATH}/{await approved(town, dan, hal)}"
    assert "It has to be approved anew then." in (await browser.get(path)).text
    await send(browser, path, PAPER, "")
    page = (await browser.get(path)).text
    assert "Document (PDF, 1 KB)" in page
    assert "Send it for approval" in page
    given = await browser.get(f"{path}/file")
    assert (given.text, given.headers["Content-Disposition"].partition(";")[0]) == (
        PAPER.decode(),
        "attachment",
    )


async def test_mistakes_come_back_with_what_was_typed(
    console: Console, browser: Visitor, town: Town, cleo: By
) -> None:
    path = f"{PATH}/{await waiting(town, cleo)}"
    narrow = encoded(Image.new("RGB", (420, 10)), "PNG")
    for body, seen, said in (
        (None, SHOWS, "Choose a picture or a PDF that is not empty."),
        (b"", SHOWS, "Choose a picture or a PDF that is not empty."),
        (b"words", SHOWS, "Choose a picture (JPEG or PNG) or a PDF."),
        (jpeg(), "", "Say what the picture shows"),
        (jpeg()[:200], SHOWS, "That picture cannot be opened."),
        (narrow, SHOWS, "That picture is too long and narrow."),
        (PAPER + b"." * MAX_FILE_BYTES, SHOWS, "at most 10 MB"),
    ):
        refused = await send(browser, path, body, seen)
        assert (refused.status, said in refused.text) == (422, True), said
        assert form_of(refused.text, f"{path}/file").get("seen_as", "") == seen
    assert (await send(browser, path, PAPER + b"." * BODY_BYTES)).status == 413
    assert await kept(console) == []


async def test_words_that_are_too_long_for_a_picture_are_named_by_their_language(
    browser: Visitor, town: Town, cleo: By
) -> None:
    long = {"en": "Short", "pl": "a" * (CAPTION_MAX_UNITS + 3)}
    path = f"{PATH}/{await a_draft(town, cleo, texts=long)}"
    refused = await send(browser, path, jpeg())
    assert refused.status == 422
    assert "The one in Polish has 1027." in refused.text


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMINISTRATOR])
async def test_files_are_for_those_who_work_reports(
    console: Console, town: Town, cleo: By, role: Role
) -> None:
    path = f"{PATH}/{await a_draft(town, cleo)}"
    visitor = console.visitor()
    await visitor.sign_in(await console.staff("ann", role))
    assert (await visitor.get(f"{path}/file")).status == 403
