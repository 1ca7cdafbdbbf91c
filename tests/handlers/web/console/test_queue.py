"""Through the queue without going back to the list: beside, and on to the next."""

from __future__ import annotations

import re

from store.actions import triage
from store.domain.actor import Channel
from store.domain.event import Action
from store.domain.reference import Restriction
from store.domain.report import ClosedReason
from store.domain.staff import By, Role
from store.queries import reports
from tests.support.console import Console, Visitor
from tests.support.evidence_factory import kept_file
from tests.support.triage_factory import Town

REPORTS = "/console/reports"
BESIDE = re.compile(r'<a data-queue="(\w+)" href="/console/reports/([^"]+)">')


async def officer(console: Console, name: str = "cleo") -> Visitor:
    browser = console.visitor()
    await browser.sign_in(await console.staff(name))
    return browser


async def test_a_waiting_report_links_to_those_beside_it_in_the_queue(console: Console, town: Town) -> None:
    browser = await officer(console)
    calm, later = await town.report(), await town.report()
    urgent = await town.report(category="street.threats")
    await town.report(category="street.hate")
    beside = {
        urgent: {"next": calm},
        calm: {"previous": urgent, "next": later},
        later: {"previous": calm},
    }
    for reference, expected in beside.items():
        assert dict(BESIDE.findall((await browser.get(f"{REPORTS}/{reference}")).text)) == expected
    await browser.post(f"{REPORTS}/{calm}/rejection", reason="not_asb")
    assert BESIDE.findall((await browser.get(f"{REPORTS}/{calm}")).text) == []


async def test_after_a_decision_the_next_report_comes_with_a_word_of_what_was_done(
    console: Console, town: Town
) -> None:
    browser = await officer(console)
    dan = By(await console.staff("dan"), Channel.WEB)
    first, taken, last = [await town.report() for _ in range(3)]
    await town.write(triage.take, dan, taken)
    await browser.get(f"{REPORTS}/{first}")
    gone_on = await browser.post(f"{REPORTS}/{first}/signposting", reason="other_service", words="Ask Kent.")
    assert gone_on.location.startswith(f"{REPORTS}/{last}?about=")
    page = (await browser.get(gone_on.location)).text
    assert "Done. The report is closed." in page
    assert f'href="{REPORTS}/{first}">{first}</a> Next: this report.' in page
    opened = await browser.post(f"{REPORTS}/{last}/case")
    assert opened.location.startswith("/console/cases/")
    assert opened.location.endswith("?done=case-opened")


async def test_only_our_own_addresses_are_linked_to(console: Console, town: Town) -> None:
    browser = await officer(console)
    reference = await town.report()
    for about in ("https://elsewhere.example", "/console/reports/../x", "javascript:alert(1)"):
        page = await browser.get(f"{REPORTS}/{reference}?done=rejected&about={about}")
        assert about not in page.text
        assert "Next: this report." not in page.text


async def test_the_next_one_begins_the_queue_anew_and_is_none_when_it_is_empty(town: Town) -> None:
    cleo = await town.staff("Cleo")
    hal = await town.staff("Hal")
    first, last = await town.report(), await town.report()
    hate = await town.report(category="street.hate")
    assert await town.read(reports.next_waiting, cleo.staff, first) == last
    assert await town.read(reports.next_waiting, cleo.staff, last) == first
    assert await town.read(reports.next_waiting, cleo.staff, "K7M-4XQ-9PC") == first
    await town.write(triage.reject, cleo, first, ClosedReason.NOT_ASB, "")
    assert await town.read(reports.next_waiting, cleo.staff, last) is None
    tess = await town.staff("Tess", hal.staff.role, Restriction.HATE)
    assert await town.read(reports.next_waiting, tess.staff, last) == hate


async def test_what_is_pointed_out_is_on_the_page_with_links(console: Console, town: Town) -> None:
    browser = await officer(console)
    ada = await town.resident()
    story = "Loud music from the flat above until three in the morning"
    first, second = await town.report(ada, what=story), await town.report(ada, what=story)
    page = (await browser.get(f"{REPORTS}/{await town.report(ada, what=story, danger='yes')}")).text
    assert "They said that somebody is in danger." in page
    assert "perhaps a repeat victim" in page
    for reference in (first, second):
        assert f'<a class="ref" href="{REPORTS}/{reference}">{reference}</a>' in page


async def test_a_noted_talk_with_the_reporter_counts_as_first_contact(console: Console, town: Town) -> None:
    browser = await officer(console)
    reference = await town.report()
    await browser.get(f"{REPORTS}/{reference}")
    await browser.post(f"{REPORTS}/{reference}/note", text="Known here.")
    assert "Due Mon 30 Nov" in (await browser.get(f"{REPORTS}/{reference}")).text
    await browser.post(f"{REPORTS}/{reference}/note", text="Rang her.", spoke="yes")
    assert "<dd>Made <time" in (await browser.get(f"{REPORTS}/{reference}")).text
    assert await town.how_often(Action.NOTE_ADDED) == 2


async def test_a_row_of_the_queue_tells_the_beginning_who_tells_it_and_what_stands_out(
    console: Console, town: Town
) -> None:
    browser = await officer(console)
    ada = await town.resident("Ada Marsh")
    story = "Rockets <thrown> at the bus stop by a crowd, one had a knife"
    first, second = [await town.report(ada, what=story) for _ in range(2)]
    hidden = await town.report(ada, identity="anonymous", what="Głośna muzyka w nocy")
    await kept_file(town, hidden)
    text = (await browser.get(REPORTS)).text
    row, other, last = text.split('<tr role="row">')[2:5]
    assert [each in row for each in ("Rockets &lt;thrown&gt; at the bus", "Named", "Risk: ")] == [True] * 3
    assert f'Duplicate? <a class="ref" href="{REPORTS}/{second}">' in row
    assert f'Duplicate? <a class="ref" href="{REPORTS}/{first}">' in other
    assert [each in last for each in (hidden, "Anonymous", "1 file<", "Głośna muzyka")] == [True] * 4
    assert "Duplicate?" not in last
    assert "Ada Marsh" not in text


async def test_nothing_of_the_words_of_a_restricted_report_is_in_the_queue(
    console: Console, town: Town
) -> None:
    browser = console.visitor()
    await browser.sign_in(await console.staff("hana", Role.OFFICER, Restriction.HATE))
    reference = await town.report(category="street.hate", what="Shouted at with a knife in hand")
    text = (await browser.get(REPORTS)).text
    assert reference in text
    assert "Shouted" not in text
    assert "Risk:" not in text
