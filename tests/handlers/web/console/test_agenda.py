"""The agenda desk of a meeting: what waits, what is listed, and each deed about a question."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from store.actions import agenda, agenda_desk, meeting
from store.domain.meeting import Meeting
from store.domain.staff import By
from store.queries import agenda as agendas
from tests.support.console import Answer, Console, Visitor
from tests.support.meetings import published
from tests.support.page_forms import form_of
from tests.support.triage_factory import Town

LAMP, DOGS = "Why is the lamp in the alley out?", "Dogs on the beach"


@pytest.fixture
async def there(town: Town, cleo: By) -> Meeting:
    """A meeting to which two questions were sent."""
    made = await published(town, cleo)
    for words in (LAMP, DOGS):
        await town.write(agenda.ask, await town.resident("Mrs Hidden"), made.reference, words)
    return made


async def item_of(town: Town, by: By, meeting: Meeting, words: str) -> str:
    desk = await town.read(agendas.desk, by.staff, meeting.reference)
    return next(one.id for one in (*desk.listed, *desk.waiting, *desk.rest) if one.words == words)


async def send(browser: Visitor, meeting: Meeting, deed: str, item: str, **typed: Any) -> Answer:
    page, action = f"/console/meetings/{meeting.reference}", f"/console/meetings/{meeting.reference}/{deed}"
    form = form_of((await browser.get(f"{page}/agenda")).text, action, item=item)
    return await browser.post(action, **(form | typed))


async def test_a_question_goes_from_the_desk_to_the_public_page(
    browser: Visitor, console: Console, town: Town, cleo: By, there: Meeting
) -> None:
    text = (await browser.get(f"/console/meetings/{there.reference}")).text
    assert "2 questions wait for a look" in text
    item = await item_of(town, cleo, there, LAMP)
    done = await send(browser, there, "agenda-listing", item, words="The lamp in the alley")
    assert done.location.endswith("/agenda?done=agenda-listed")
    public = (await console.visitor().get(f"/meetings/{there.reference}")).text
    assert "The lamp in the alley" in public
    assert DOGS not in public
    await send(browser, there, "agenda-answer", item, words="It is mended on Friday.")
    assert "It is mended on Friday." in (await console.visitor().get(f"/meetings/{there.reference}")).text
    text = (await browser.get(f"/console/meetings/{there.reference}/agenda")).text
    assert "As it was sent" in text
    assert "Hidden" not in text


async def test_a_refused_form_comes_back_at_its_question_with_what_was_typed(
    browser: Visitor, town: Town, cleo: By, there: Meeting
) -> None:
    item = await item_of(town, cleo, there, LAMP)
    refused = await send(browser, there, "agenda-refusal", item, reason=" ?! ")
    assert refused.status == 422
    assert "Write something first." in refused.text
    assert refused.text.count('id="agenda-refusal"') == 1


async def test_what_is_declined_or_merged_stands_among_the_others(
    browser: Visitor, town: Town, cleo: By, there: Meeting
) -> None:
    lamp, dogs = [await item_of(town, cleo, there, words) for words in (LAMP, DOGS)]
    await send(browser, there, "agenda-listing", lamp)
    await send(browser, there, "agenda-merging", dogs, whole=lamp)
    text = (await browser.get(f"/console/meetings/{there.reference}/agenda")).text
    assert "Part of another" in text
    assert "2 people want to talk about it" in text
    await send(browser, there, "agenda-refusal", lamp, reason="The county looks after lamps.")
    text = (await browser.get(f"/console/meetings/{there.reference}/agenda")).text
    assert "Why: The county looks after lamps." in text
    assert "Waiting for a look (1)" in text


async def test_the_order_changes_and_nonsense_changes_nothing(
    browser: Visitor, town: Town, cleo: By, there: Meeting
) -> None:
    lamp, dogs = [await item_of(town, cleo, there, words) for words in (LAMP, DOGS)]
    for item in (lamp, dogs):
        await send(browser, there, "agenda-listing", item)
    assert (await send(browser, there, "agenda-order", dogs, step="sideways")).status == 422
    await send(browser, there, "agenda-order", dogs, step="up")
    assert [one.words for one in await town.read(agendas.listed, there.id)] == [DOGS, LAMP]


async def test_a_cancelled_meeting_has_no_agenda_for_anybody(
    browser: Visitor, console: Console, town: Town, cleo: By, there: Meeting
) -> None:
    item = await item_of(town, cleo, there, LAMP)
    await send(browser, there, "agenda-listing", item)
    await town.write(meeting.cancel, cleo, there.reference, "Snow")
    assert LAMP not in (await console.visitor().get(f"/meetings/{there.reference}")).text
    text = (await browser.get(f"/console/meetings/{there.reference}/agenda")).text
    assert "Put a point on it yourself" not in text
    assert "Put it on the agenda" not in text


async def test_what_waits_for_a_look_stands_on_the_desk_and_over_the_list_with_danger_first(
    browser: Visitor, town: Town, cleo: By, there: Meeting
) -> None:
    later = await published(town, cleo, there.starts_at + timedelta(days=7))
    await town.write(agenda.ask, await town.resident(), later.reference, "He hits me", ["abuse"])
    await browser.sign_in(cleo.staff)
    for path in ("/console", "/console/meetings"):
        page = (await browser.get(path)).text
        waits = page.partition('id="questions-title"')[2].partition("</section>")[0]
        first, second = waits.split("<li>")[1:]
        assert f"/console/meetings/{later.reference}/agenda" in first
        assert "A safety card was shown" in first
        assert f"/console/meetings/{there.reference}/agenda" in second
        assert "2 questions" in second
        assert "A safety card" not in second
    for words in (LAMP, DOGS):
        item = await item_of(town, cleo, there, words)
        await town.write(agenda_desk.put_on, cleo, there.reference, item, words)
    await town.write(meeting.cancel, cleo, later.reference, "The hall is shut.")
    assert "questions-title" not in (await browser.get("/console")).text
