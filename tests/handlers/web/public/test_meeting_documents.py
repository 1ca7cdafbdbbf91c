"""What anybody reads of a meeting's agenda and minutes."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator

import pytest

from handlers.web.site import SITE
from store.actions import meeting
from store.domain.meeting import Meeting
from store.domain.meeting_document import DocumentKind
from store.domain.staff import By
from tests.support.console import Console, Visitor, running_console
from tests.support.meetings import published
from tests.support.papers import PAPER, attached, lying
from tests.support.triage_factory import Town


@pytest.fixture
async def site(town: Town) -> AsyncIterator[Console]:
    async with running_console(town) as console:
        yield console


@pytest.fixture
async def anybody(site: Console) -> Visitor:
    return site.visitor()


async def put(town: Town, site: Console, by: By, kind: DocumentKind = DocumentKind.AGENDA) -> Meeting:
    made = await published(town, by)
    if kind is DocumentKind.MINUTES:
        town.pass_time(seconds=(made.starts_at - town.clock.now()).total_seconds())
    await lying(town, site.server.app[SITE].media, by, made.reference, kind)
    return made


async def test_the_page_of_a_meeting_leads_to_its_papers(town: Town, site: Console, anybody: Visitor) -> None:
    made = await put(town, site, await town.staff("Cleo"))
    page = (await anybody.get(f"/meetings/{made.reference}")).text
    assert f'<a href="/meetings/{made.reference}/agenda">Agenda</a> (PDF, 1 kB)' in page
    assert "minutes" not in page


async def test_a_paper_is_kept_and_never_shown_by_a_browser(
    town: Town, site: Console, anybody: Visitor
) -> None:
    made = await put(town, site, await town.staff("Cleo"), DocumentKind.MINUTES)
    answer = await anybody.get(f"/meetings/{made.reference}/minutes")
    assert (answer.status, answer.text) == (200, PAPER.decode())
    told = {name: answer.headers[name] for name in ("Content-Type", "Content-Disposition", "Cache-Control")}
    assert told == {
        "Content-Type": "application/pdf",
        "Content-Disposition": f'attachment; filename="minutes-{made.reference}.pdf"',
        "Cache-Control": "public, max-age=60",
    }
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"


async def test_whoever_has_it_is_not_sent_it_again(town: Town, site: Console, anybody: Visitor) -> None:
    made = await put(town, site, await town.staff("Cleo"))
    path = f"/meetings/{made.reference}/agenda"
    first = (await anybody.get(path)).headers
    for has in ({"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}):
        answer = await anybody.get(path, **has)
        assert (answer.status, answer.text, answer.headers["ETag"]) == (304, "", first["ETag"])
    assert (await anybody.get(path, **{"If-None-Match": '"other"'})).status == 200


async def test_a_head_tells_the_same_without_the_bytes(town: Town, site: Console, anybody: Visitor) -> None:
    made = await put(town, site, await town.staff("Cleo"))
    path = f"/meetings/{made.reference}/agenda"
    full = await anybody.get(path)
    async with anybody.client.head(path) as answer:
        assert (answer.status, await answer.read()) == (200, b"")
        names = ("Content-Length", "Content-Type", "Content-Disposition", "ETag", "Last-Modified")
        assert {name: answer.headers[name] for name in names} == {name: full.headers[name] for name in names}


async def test_of_a_cancelled_meeting_neither_is_there(town: Town, site: Console, anybody: Visitor) -> None:
    cleo = await town.staff("Cleo")
    made = await put(town, site, cleo)
    await town.write(meeting.cancel, cleo, made.reference, "The hall is flooded")
    for kind in DocumentKind:
        assert (await anybody.get(f"/meetings/{made.reference}/{kind.value}")).status == 404
    assert "/agenda" not in (await anybody.get(f"/meetings/{made.reference}")).text


async def test_what_is_not_attached_or_no_meeting_is_nothing(town: Town, anybody: Visitor) -> None:
    made = await published(town, await town.staff("Cleo"))
    for reference in (made.reference, "K7M-4XQ-9PC", "nothing"):
        assert (await anybody.get(f"/meetings/{reference}/agenda")).status == 404


async def test_bytes_that_are_not_where_they_should_be_are_noted(
    town: Town, anybody: Visitor, caplog: pytest.LogCaptureFixture
) -> None:
    cleo = await town.staff("Cleo")
    made = await published(town, cleo)
    await town.write(attached, cleo, made.reference)
    with caplog.at_level(logging.ERROR):
        assert (await anybody.get(f"/meetings/{made.reference}/agenda")).status == 404
    assert [record.action for record in caplog.records] == ["file.lost"]  # type: ignore[attr-defined]
