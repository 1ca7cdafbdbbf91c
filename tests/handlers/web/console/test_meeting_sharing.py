"""Staff share what came of a meeting, begin the next one with it, and see what is still to do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from store.actions import attendance, meeting, meeting_priority, meeting_sharing, reference, subscription
from store.actions.subscription import Consent
from store.domain.actor import Channel
from store.domain.event import Action
from store.domain.meeting import Meeting
from store.domain.staff import By, Role
from store.domain.subscription import Subscription, Topic
from tests.support.console import Console, Visitor
from tests.support.meetings import LIGHTS, MENDED, PARKING, a_meeting, facts, held, published
from tests.support.page_forms import form_of
from tests.support.triage_factory import PROFILE, Town

PATH = "/console/meetings"


@pytest.fixture
async def cleo(console: Console, town: Town) -> By:
    await town.write(reference.seed, PROFILE)
    return By(await console.staff("cleo", Role.OFFICER), Channel.WEB)


@pytest.fixture
async def browser(console: Console, cleo: By) -> Visitor:
    visitor = console.visitor()
    await visitor.sign_in(cleo.staff)
    return visitor


async def next_one(town: Town, by: By, days: int = 5) -> Meeting:
    made = await town.write(meeting.make, by, town.clock.now() + timedelta(days=days), facts())
    return await town.write(meeting.publish, by, made.reference)


async def send(browser: Visitor, path: str) -> str:
    form = form_of((await browser.get(f"{path}/sharing")).text, f"{path}/sharing")
    return (await browser.post(f"{path}/sharing", **form)).location


async def test_the_words_and_how_many_hear_are_shown_before_it_is_shared(
    browser: Visitor, town: Town, cleo: By
) -> None:
    comes, follows, both = [await town.resident() for _ in range(3)]
    for person in (follows, both):
        wish = Subscription(frozenset({Topic.YOU_SAID}))
        await town.write(subscription.subscribe, person, wish, Consent("Yes", "en"))
    over = await published(town, cleo)
    for person in (comes, both):
        await town.write(attendance.come, person, over.reference)
    town.clock.advance(over.ends_at - town.clock.now())
    await browser.sign_in(cleo.staff)
    await town.write(meeting_priority.set_priorities, cleo, over.reference, [LIGHTS])
    path = f"{PATH}/{over.reference}"
    assert "Not shared yet" in (await browser.get(path)).text
    page = (await browser.get(f"{path}/sharing")).text
    assert "1. Lights in King Street\nWho does it: The council\nNot done yet." in page
    assert "<strong>2</strong> who said that they come" in page
    assert "<strong>1</strong> who follow" in page
    assert await town.how_often(Action.MEETING_SHARED) == 0
    assert await send(browser, path) == f"{path}?done=meeting-shared"
    page = (await browser.get(path)).text
    assert "Shared once, 0 messages made. It is still going out." in page
    assert "What came of it shared" in page
    assert "Nothing is new since it was shared." in (await browser.get(f"{path}/sharing")).text


async def test_sent_twice_it_is_shared_once(browser: Visitor, town: Town, cleo: By) -> None:
    path = f"{PATH}/{(await held(town, cleo, LIGHTS)).reference}"
    await browser.sign_in(cleo.staff)
    form = form_of((await browser.get(f"{path}/sharing")).text, f"{path}/sharing")
    await browser.post(f"{path}/sharing", **form)
    again = await browser.post(f"{path}/sharing", **form)
    assert again.location == f"{path}?done=meeting-nothing-new"
    assert await town.how_often(Action.MEETING_SHARED) == 1


async def test_a_result_is_shared_after_it_is_written_down(browser: Visitor, town: Town, cleo: By) -> None:
    path = f"{PATH}/{(await held(town, cleo, LIGHTS, PARKING)).reference}"
    await browser.sign_in(cleo.staff)
    await send(browser, path)
    form = form_of((await browser.get(path)).text, f"{path}/priorities")
    form["result-1"] = "Twelve lamps are mended"
    kept = await browser.post(f"{path}/priorities", **form)
    assert kept.location == f"{path}?done=priorities-not-shared"
    page = (await browser.get(path)).text
    assert "Its result is not shared yet" in page
    page = (await browser.get(f"{path}/sharing")).text
    assert "What was done: Twelve lamps are mended" in page
    assert "Parking" not in page
    await send(browser, path)
    assert "Shared 2 times" in (await browser.get(path)).text


async def test_what_has_not_begun_or_chose_nothing_has_nothing_to_share(
    browser: Visitor, town: Town, cleo: By
) -> None:
    coming, empty = await a_meeting(town, cleo), await held(town, cleo)
    await browser.sign_in(cleo.staff)
    for there, said in ((coming, "once it is published and has begun"), (empty, "there is nothing to share")):
        path = f"{PATH}/{there.reference}/sharing"
        assert said in (await browser.get(path)).text
        refused = await browser.post(path)
        assert (refused.status, said in refused.text) == (422, True)
    assert (await browser.get(f"{PATH}/K7M-4XQ-9PC/sharing")).status == 404


async def test_the_next_meeting_begins_with_what_came_of_the_last_one(
    browser: Visitor, town: Town, cleo: By
) -> None:
    last = await held(town, cleo, MENDED, PARKING)
    coming = await next_one(town, cleo)
    await browser.sign_in(cleo.staff)
    assert "Begin with what came of last time" not in (await browser.get(f"{PATH}/{coming.reference}")).text
    await town.write(meeting_sharing.share, cleo, last.reference)
    page = (await browser.get(f"{PATH}/{coming.reference}")).text
    begin = page.partition("Begin with what came of last time")[2].partition("</section>")[0]
    assert "Twelve lamps are mended" in begin
    assert "Not done yet." in begin
    elsewhere = await town.write(meeting.make, cleo, coming.starts_at, facts(area="margate"))
    assert "Begin with" not in (await browser.get(f"{PATH}/{elsewhere.reference}")).text


async def test_the_list_says_what_is_to_do_after_meetings(browser: Visitor, town: Town, cleo: By) -> None:
    over = await held(town, cleo)
    await browser.sign_in(cleo.staff)

    async def to_do() -> str:
        page = (await browser.get(PATH)).text
        return page.partition('id="duties-title"')[2].partition("</section>")[0]

    assert "Write down its priorities" in await to_do()
    assert "After one meeting there is something to do" in (await browser.get(f"{PATH}/year")).text
    await town.write(meeting_priority.set_priorities, cleo, over.reference, [LIGHTS])
    assert "Share what came of it" in await to_do()
    await town.write(meeting_sharing.share, cleo, over.reference)
    assert await to_do() == ""
    await next_one(town, cleo, days=15)
    assert await to_do() == ""
    await next_one(town, cleo, days=13)
    assert "the next meeting is soon" in await to_do()
    await town.write(meeting_priority.set_priorities, cleo, over.reference, [MENDED])
    assert "Share what came of it" in await to_do()
