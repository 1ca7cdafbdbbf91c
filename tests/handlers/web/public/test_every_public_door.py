"""Every address that is open to anyone stands in the docs, and tells of nothing that is for staff only."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from handlers.web.app import Extras, all_routes
from handlers.web.guards import Anyone, Route
from handlers.web.metrics import Metrics
from handlers.web.site import SITE
from store.actions import meeting
from store.domain.staff import By, Role
from tests.support import campaign_files, campaigns
from tests.support.console import Console
from tests.support.meeting_factory import ONLINE, RAMSGATE, Slot, published, series
from tests.support.papers import PAPER, lying
from tests.support.triage_factory import Town

ACCESS = Path(__file__).parents[4] / "docs" / "access.md"
TUESDAY = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)
NO_PAGES = frozenset({"/healthz", "/readyz", "/static/{name}"})
FILLED = {"area": "ramsgate"}
NOT_YET = "/minutes"
"""So ends what is there once a meeting has begun."""


def open_to_anyone(town: Town) -> list[Route]:
    routes = all_routes(town.store, Metrics(()), Extras())
    return [route for route in routes if isinstance(route.who, Anyone)]


def test_every_open_address_stands_in_the_table_of_the_docs(town: Town) -> None:
    listed = set(
        re.findall(r"^\| (\w+) \| `(/[^`]*)` \| anyone \|", ACCESS.read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert {(route.method, route.path) for route in open_to_anyone(town)} == listed


async def _campaigns(console: Console, town: Town, cleo: By) -> tuple[str, str, str]:
    """Return one that went out with its document, one that is a draft, and one kept off the page."""
    hal = await town.staff("Hal", Role.SUPERVISOR)
    draft = await campaigns.a_draft(town, cleo, title="Hidden name", texts={"en": "Hidden words"})
    off = await campaigns.sending(town, cleo, hal, texts={"en": "Hidden words"}, public=False)
    known = await campaigns.a_draft(town, cleo, title="Hidden name")
    media = console.server.app[SITE].media
    for reference in (known, draft):
        await campaign_files.lying(town, media, cleo, reference, PAPER)
    await campaigns.send_it(town, cleo, hal, known)
    return known, draft, off


async def test_no_open_page_tells_of_drafts_links_or_staff(console: Console, town: Town) -> None:
    cleo = await town.staff("Cleopatra")
    hidden = replace(RAMSGATE, title="Hidden draft", about="Hidden words")
    draft = await town.write(meeting.make, cleo, TUESDAY, hidden)
    off = await town.write(meeting.make, cleo, TUESDAY, hidden)
    await town.write(meeting.cancel, cleo, off.reference, "Hidden reason")
    known = await town.write(published, cleo, TUESDAY, ONLINE)
    slots = [
        Slot(datetime(2026, 12, 1, 18, 30)),
        Slot(datetime(2026, 12, 8, 18, 30), draft=True, facts=hidden),
    ]
    await town.write(series, cleo, "FREQ=WEEKLY", slots)
    for one in (known, draft):
        await lying(town, console.server.app[SITE].media, cleo, one.reference)
    of_campaigns = await _campaigns(console, town, cleo)
    browser, told = console.visitor(), []
    for route in open_to_anyone(town):
        of_meetings = (known.reference, draft.reference, off.reference)
        references = of_campaigns if route.path.startswith("/campaigns") else of_meetings
        for reference in references:
            if route.path not in NO_PAGES:
                path = route.path.format(**FILLED, reference=reference)
                answer = await browser.get(path)
                closed = reference != references[0] and reference in path
                assert answer.status == (404 if closed or path.endswith(NOT_YET) else 200), path
                assert "Set-Cookie" not in answer.headers, path
                told.append(answer.text)
    assert len(told) > 10
    secrets = ("Hidden", "Cleopatra", cleo.staff.id, "meet.example", "20261208", "8 December")
    assert [word for word in secrets if any(word in text for text in told)] == []
    town.pass_time(days=(TUESDAY - town.clock.now() - timedelta(minutes=30)).total_seconds() / 86_400)
    assert "meet.example" in (await browser.get(f"/meetings/{known.reference}")).text
    assert "meet.example" not in (await browser.get("/feeds/meetings.ics")).text
