"""One campaign that cannot be read breaks no list, says so, and can be stopped; nor does it hold anybody."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from store.actions import campaign_pattern, campaign_sending, campaign_tap, reference, subscription
from store.domain.campaign import CampaignState
from store.domain.errors import Unreadable
from store.domain.rounds import Round
from store.domain.staff import By, Role
from store.domain.subscription import Topic
from store.engine import Session
from store.queries import campaigns, public_campaigns
from store.tables.campaign import CampaignRow
from store.tables.campaign_pattern import CampaignPatternRow
from tests.notifications.test_reminders import send
from tests.support import urgent
from tests.support.campaign_patterns import RIBBON, a_pattern
from tests.support.campaigns import a_draft, begun
from tests.support.console import Visitor
from tests.support.page_forms import form_of
from tests.support.triage_factory import PROFILE, Town

CANNOT = '<span class="tag warn">Cannot be read</span>'


def _break(session: Session, its_reference: str) -> None:
    for table in (CampaignRow, CampaignPatternRow):
        session.execute(update(table).where(table.reference == its_reference).values(facts={}))


@pytest.fixture
async def hal(town: Town) -> By:
    await town.write(reference.seed, PROFILE)
    return await town.staff("Hal", Role.SUPERVISOR)


async def stopped(browser: Visitor, path: str, deed: str) -> str:
    page = (await browser.get(path)).text
    assert "What is kept of it cannot be read" in page
    done = await browser.post(f"{path}/{deed}", **form_of(page, f"{path}/{deed}"))
    assert done.status < 400
    return (await browser.get(path)).text


@pytest.mark.parametrize("place", ["campaigns", "urgent", "campaigns/recurring"])
async def test_a_list_shows_it_and_its_page_stops_it(
    browser: Visitor, town: Town, cleo: By, hal: By, place: str
) -> None:
    made: dict[str, Any] = {
        "campaigns": lambda **more: begun(town, cleo, hal, **more),
        "urgent": lambda **more: urgent.a_draft(town, cleo, **more),
        "campaigns/recurring": lambda **more: a_pattern(town, cleo, RIBBON, **more),
    }
    broken, _sound = [await made[place](title=title) for title in ("Broken", "Sound")]
    path = f"/console/{place}"
    assert CANNOT not in (await browser.get(path)).text
    await town.write(_break, broken)
    page = (await browser.get(path)).text
    assert f">Broken</a> {CANNOT} {broken}" in page
    assert ">Sound</a>" in page
    assert page.count(CANNOT) == 1
    deed = "ending" if place.endswith("recurring") else "cancellation"
    assert f"/{deed}" not in await stopped(browser, f"{path}/{broken}", deed)


async def test_its_page_says_what_still_goes_out_and_that_does(
    browser: Visitor, town: Town, cleo: By, hal: By
) -> None:
    broken = await begun(town, cleo, hal, people=2)
    await town.write(_break, broken)
    path = f"/console/campaigns/{broken}"
    page = (await browser.get(path)).text
    assert "What already waits to be sent goes out until it is cancelled." in page
    assert "nothing more of it goes out" not in page
    assert len(await send(town)) == 2
    await browser.post(f"{path}/cancellation", **form_of(page, f"{path}/cancellation"))
    assert "nothing more of it goes out" in (await browser.get(path)).text


async def test_one_that_went_out_says_so(browser: Visitor, town: Town, cleo: By, hal: By) -> None:
    broken = await begun(town, cleo, hal, people=0)
    await town.write(campaign_sending.finish, Round())
    await town.write(_break, broken)
    page = (await browser.get(f"/console/campaigns/{broken}")).text
    assert "What is kept of it cannot be read,</strong> but it has gone out." in page


async def test_a_recurring_one_is_refused_all_but_what_its_page_has(
    browser: Visitor, town: Town, cleo: By
) -> None:
    path = f"/console/campaigns/recurring/{await a_pattern(town, cleo, RIBBON)}"
    await town.write(campaign_pattern.pause, cleo, path.rpartition("/")[2])
    form = form_of((await browser.get(path)).text, f"{path}/resumption")
    await town.write(_break, path.rpartition("/")[2])
    page = (await browser.get(path)).text
    assert "so nothing more is made of it. What was made of it before stands as its own campaign." in page
    answer = await browser.post(f"{path}/resumption", **form)
    assert f'action="{path}/resumption"' not in page
    assert "It can only be ended." in answer.text


async def test_what_else_is_done_to_it_is_refused_in_a_plain_sentence(
    browser: Visitor, town: Town, cleo: By
) -> None:
    path = f"/console/campaigns/{await a_draft(town, cleo)}"
    form = form_of((await browser.get(path)).text, f"{path}/submission")
    await town.write(_break, path.rpartition("/")[2])
    answer = await browser.post(f"{path}/submission", **form)
    assert (answer.status, "It can only be cancelled." in answer.text) == (422, True)


async def test_the_public_archive_leaves_it_out(town: Town, cleo: By, hal: By) -> None:
    broken, sound = [await begun(town, cleo, hal, title=title) for title in ("Broken", "Sound")]
    await town.write(_break, broken)
    assert [one.reference for one in await town.read(public_campaigns.newest)] == [sound]


async def test_whoever_stops_the_news_while_it_goes_out_is_heard(town: Town, cleo: By, hal: By) -> None:
    broken = await begun(town, cleo, hal)
    found = await town.read(campaigns.find, cleo.staff, broken)
    await town.write(_break, broken)
    ada = await town.resident()
    await town.write(campaign_tap.stopped, ada.id, [Topic.CAMPAIGNS])
    await town.write(subscription.stop, ada)
    assert await town.read(campaigns.facts_of, found.id) is None
    again = await town.read(campaigns.find, cleo.staff, broken)
    assert (again.unreadable, again.state, again.facts.title) == (
        True,
        CampaignState.SENDING,
        found.facts.title,
    )


async def test_what_lists_show_in_its_place_is_never_sent(town: Town, cleo: By, hal: By) -> None:
    broken = await begun(town, cleo, hal)
    known = (await town.read(campaigns.find, cleo.staff, broken)).id
    await town.write(_break, broken)
    with pytest.raises(Unreadable):
        await town.read(campaigns.tried_by, cleo.staff.id, known)
