"""The picture or document of a recurring campaign at the desk: chosen once, and there on each draft."""

from __future__ import annotations

import pytest

from handlers.chat.sweeper import sweep
from handlers.web.console.campaign_file import BODY_BYTES
from handlers.web.site import SITE
from store.actions import campaign_pattern
from store.domain.campaign_file import CAPTION_MAX_UNITS, MAX_FILE_BYTES
from store.domain.evidence_file import CLAIM_WITHIN
from store.domain.staff import By, Role
from store.queries import campaigns
from tests.handlers.web.console.test_campaign_file import kept, send
from tests.support.campaign_files import SHOWS, attached_to_pattern
from tests.support.campaign_patterns import a_pattern
from tests.support.console import Console, Visitor
from tests.support.page_forms import form_of
from tests.support.papers import PAPER
from tests.support.pictures import HARBOUR, MAKER, jpeg, opened
from tests.support.triage_factory import Town

PATH = "/console/campaigns/recurring"


async def test_a_picture_is_made_anew_shown_with_each_draft_and_taken_off_all(
    console: Console, browser: Visitor, town: Town, cleo: By
) -> None:
    path = f"{PATH}/{await a_pattern(town, cleo)}"
    [draft] = await town.read(campaigns.listing, cleo.staff)
    answer = await send(browser, path, jpeg(HARBOUR))
    assert (answer.status, answer.location) == (303, f"{path}?done=pattern-file-attached")
    page = (await browser.get(answer.location)).text
    assert "It goes with each of its times. Drafts have changed with it." in page
    assert "The picture goes with each of its times." in page
    for its in (path, f"/console/campaigns/{draft.reference}"):
        assert f'alt="{SHOWS}"' in (await browser.get(its)).text
        async with browser.client.get(f"{its}/file") as picture:
            body = await picture.read()
        assert (picture.headers["Content-Type"], opened(body).size) == ("image/jpeg", (64, 48))
        assert "sandbox" in picture.headers["Content-Security-Policy"]
        assert MAKER.encode() not in body
    assert len(await kept(console)) == 1
    off = form_of(page, f"{path}/file-removal")
    answer = await browser.post(f"{path}/file-removal", **off)
    assert answer.location == f"{path}?done=pattern-file-removed"
    await sweep(town.store, console.server.app[SITE].media)
    assert await kept(console) == []
    for its in (path, f"/console/campaigns/{draft.reference}"):
        assert (await browser.get(f"{its}/file")).status == 404
        assert f'alt="{SHOWS}"' not in (await browser.get(its)).text


async def test_a_document_is_linked_and_stays_to_be_read_when_it_comes_no_more(
    console: Console, browser: Visitor, town: Town, cleo: By
) -> None:
    reference = await a_pattern(town, cleo)
    path = f"{PATH}/{reference}"
    await send(browser, path, PAPER, "")
    await town.write(campaign_pattern.end, cleo, reference)
    page = (await browser.get(path)).text
    assert "Document (PDF, 1 KB)" in page
    assert f"{path}/file-removal" not in page
    given = await browser.get(f"{path}/file")
    assert (given.text, given.headers["Content-Disposition"].partition(";")[0]) == (
        PAPER.decode(),
        "attachment",
    )
    assert len(await kept(console)) == 1


async def test_mistakes_come_back_with_what_was_typed(
    console: Console, browser: Visitor, town: Town, cleo: By
) -> None:
    path = f"{PATH}/{await a_pattern(town, cleo)}"
    for body, seen, said in (
        (None, SHOWS, "Choose a picture or a PDF that is not empty."),
        (b"words", SHOWS, "Choose a picture (JPEG or PNG) or a PDF."),
        (jpeg(), "", "Say what the picture shows"),
        (PAPER + b"." * MAX_FILE_BYTES, SHOWS, "at most 10 MB"),
    ):
        refused = await send(browser, path, body, seen)
        assert (refused.status, said in refused.text) == (422, True), said
        assert form_of(refused.text, f"{path}/file").get("seen_as", "") == seen
    assert (await send(browser, path, PAPER + b"." * BODY_BYTES)).status == 413
    assert await kept(console) == []
    long = f"{PATH}/{await a_pattern(town, cleo, texts={'en': 'a' * (CAPTION_MAX_UNITS + 3)})}"
    refused = await send(browser, long, jpeg())
    assert (refused.status, "The one in English has 1027." in refused.text) == (422, True)
    town.pass_time(seconds=CLAIM_WITHIN.total_seconds())
    await sweep(town.store, console.server.app[SITE].media)
    assert await kept(console) == []


async def test_words_that_have_grown_too_long_for_it_are_refused_by_their_language(
    browser: Visitor, town: Town, cleo: By
) -> None:
    reference = await a_pattern(town, cleo)
    await town.write(attached_to_pattern, cleo, reference, PAPER)
    path = f"{PATH}/{reference}"
    form = form_of((await browser.get(path)).text, f"{path}/change")
    refused = await browser.post(f"{path}/change", **(form | {"text-pl": "a" * (CAPTION_MAX_UNITS + 1)}))
    assert (refused.status, "The one in Polish has 1025." in refused.text) == (422, True)


@pytest.mark.parametrize("role", [Role.ANALYST, Role.ADMINISTRATOR])
async def test_it_is_for_those_who_work_reports(console: Console, town: Town, cleo: By, role: Role) -> None:
    reference = await a_pattern(town, cleo)
    await town.write(attached_to_pattern, cleo, reference, PAPER)
    visitor = console.visitor()
    await visitor.sign_in(await console.staff("ann", role))
    assert (await visitor.get(f"{PATH}/{reference}/file")).status == 403
