"""Urgent alerts in the console: written, agreed to by a second person, watched, and followed up."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations, product
from typing import Any

import pytest

from notifications.timetable import send_campaigns
from notifications.urgent import Herald
from store.actions import delivery, reference, staff, subscription
from store.actions.subscription import Consent
from store.domain.actor import Channel
from store.domain.delivery import URGENT_KIND, DeliveryState, Sent
from store.domain.outline import Outline
from store.domain.reference import Ward
from store.domain.staff import By, Role
from store.domain.subscription import Subscription, Topic
from store.engine import Session
from store.profile.load import load
from store.queries import outbox
from tests.support.campaigns import WISH
from tests.support.console import Console, Visitor, running_console
from tests.support.page_forms import form_of
from tests.support.triage_factory import PROFILE, Town
from tests.support.urgent import a_draft, partly_failed, waiting

PATH = "/console/urgent"
THANET = load("thanet")
BOXES = re.compile(r'<foreignObject x="([\d.]+)" y="([\d.]+)" width="([\d.]+)"')
DOTS = re.compile(r'<circle cx="([\d.]+)" cy="([\d.]+)" r="7">')
WARD = PROFILE.wards[0]
NEW: dict[str, Any] = {
    "kind": "flooding",
    "text-en": "Water at the harbour. Move your car.",
    "text-pl": "Woda w porcie.",
    f"ward-{WARD.code}": "yes",
    "hours": "6",
    "metres": "500",
    "danger": "yes",
}


@pytest.fixture
async def cleo(console: Console) -> By:
    return By(await console.staff("cleo"), Channel.WEB)


@pytest.fixture
async def browser(console: Console, cleo: By) -> Visitor:
    visitor = console.visitor()
    await visitor.sign_in(cleo.staff)
    return visitor


@pytest.fixture
async def supervisor(console: Console) -> Visitor:
    visitor = console.visitor()
    await visitor.sign_in(await console.staff("hal", Role.SUPERVISOR))
    return visitor


@pytest.fixture
async def seeded(town: Town) -> None:
    await town.write(reference.seed, PROFILE)


async def do(visitor: Visitor, path: str, deed: str, **typed: Any) -> Any:
    form = form_of((await visitor.get(path)).text, f"{path}/{deed}")
    return await visitor.post(f"{path}/{deed}", **(form | typed))


async def new(visitor: Visitor, to: str = f"{PATH}/new", /, **typed: Any) -> Any:
    form = form_of((await visitor.get(f"{PATH}/new")).text, f"{PATH}/new")
    return await visitor.post(to, **(form | NEW | typed))


async def subscriber(town: Town, **wish: Any) -> None:
    wished = Subscription(frozenset({Topic.URGENT}), **wish)
    await town.write(subscription.subscribe, await town.resident(), wished, Consent("Yes", "en"))


def _send_one(session: Session) -> None:
    found = outbox.due(session, 100).deliveries
    first = next(one for one in found if one.kind.startswith(URGENT_KIND))
    delivery.lease(session, [first.id])
    delivery.finish(session, [Sent(first.id, DeliveryState.SENT, 1)])


@pytest.mark.usefixtures("seeded")
async def test_an_alert_is_written_agreed_to_by_another_watched_and_followed_up(
    browser: Visitor, supervisor: Visitor, town: Town
) -> None:
    await subscriber(town)
    await subscriber(town, places=frozenset({WARD.area}))
    path = (await new(browser)).location.partition("?")[0]
    text = (await browser.get(path)).text
    assert "No words yet in Romanian" in text
    assert "2 people" in text
    assert "Less than a minute to reach the last of 2 people" in text
    assert WARD.name in text
    assert "Send it now" not in text
    assert (await do(browser, path, "submission")).location.endswith("done=urgent-submitted")
    assert "A supervisor who did not write it lets it go out." in (await browser.get(path)).text
    desk = (await supervisor.get("/console")).text
    assert desk.index("An urgent alert waits for you") < desk.index("reports waiting")
    assert "urgent alert waits" not in (await browser.get("/console")).text
    assert (await do(supervisor, path, "approval", danger="yes")).location.endswith("done=urgent-approved")
    await Herald(town.store).tell_all()
    await town.write(_send_one)
    text = (await browser.get(path)).text
    assert "At any hour: both marked danger to life" in text
    assert "Waiting to go out</dt><dd>1</dd>" in text
    followed = await do(browser, path, "follow-up", what="all_clear", **{"text-en": "It is over."})
    after = followed.location.partition("?")[0]
    text = (await browser.get(after)).text
    assert "Exactly those who got" in text
    assert "1 person" in text
    await do(browser, after, "change", **{"text-en": "It is all over."})
    await do(browser, after, "submission")
    await do(supervisor, after, "approval")
    assert "Flooding: It is all over." in (await browser.get(path)).text
    assert "Cancelled" in (await browser.get(path)).text
    listed = (await browser.get(PATH)).text
    assert "All clear" in listed
    assert "Flooding: Water at the harbour." in listed


async def test_mistakes_come_back_with_what_was_typed(browser: Visitor) -> None:
    for wrong, said in (
        ({"text-en": ""}, "Write what it says in English."),
        ({"text-en": "a" * 601}, "at most 600 characters"),
        ({"kind": "aliens"}, "Choose what it is about."),
        ({f"ward-{WARD.code}": None}, "Tick wards or areas, or choose everybody."),
        ({"hours": "900"}, "from 1 to 72"),
        ({"link": "ftp://a"}, "A link begins with https://"),
    ):
        typed = {name: value for name, value in (NEW | wrong).items() if value is not None}
        form = form_of((await browser.get(f"{PATH}/new")).text, f"{PATH}/new")
        refused = await browser.post(f"{PATH}/new", **(form | typed))
        assert refused.status == 422, wrong
        assert said in refused.text, wrong
        assert "Woda w porcie." in refused.text


async def test_wards_near_a_place_are_ticked_and_nothing_is_kept(
    browser: Visitor, town: Town, cleo: By
) -> None:
    far, near = PROFILE.wards[0], PROFILE.wards[-1]
    point = f"{near.lat}, {near.lon}"
    answer = await new(browser, f"{PATH}/new/draft", near=point, metres="100")
    ticked = form_of(answer.text, f"{PATH}/new")
    assert {f"ward-{far.code}", f"ward-{near.code}"} <= set(ticked)
    assert ticked["text-pl"] == "Woda w porcie."
    for wrong, said in (
        ({"near": "Atlantis"}, "We do not know where that is."),
        ({"near": "91, 0"}, "We do not know where that is."),
        ({"near": point, "metres": "5"}, "from 50 to 20000"),
    ):
        refused = await new(browser, f"{PATH}/new/draft", **wrong)
        assert refused.status == 422, wrong
        assert said in refused.text, wrong
    assert "No urgent alerts yet." in (await browser.get(PATH)).text
    path = f"{PATH}/{await a_draft(town, cleo)}"
    form = form_of((await browser.get(path)).text, f"{path}/change")
    answer = await browser.post(f"{path}/draft", **(form | {"near": point, "metres": "100"}))
    assert f"ward-{near.code}" in form_of(answer.text, f"{path}/change")
    assert "We do not know" in (await browser.post(f"{path}/draft", **(form | {"near": "Atlantis"}))).text


@pytest.mark.usefixtures("seeded")
async def test_everybody_areas_and_the_night_are_said(console: Console, town: Town, cleo: By) -> None:
    town.pass_time(hours=14)
    browser = console.visitor()
    await browser.sign_in(cleo.staff)
    await subscriber(town)
    path = (await new(browser, **{"area-margate": "yes", "hours": "2"})).location.partition("?")[0]
    text = (await browser.get(path)).text
    assert "Margate, " in text
    assert "Everybody is in their quiet hours" in text
    assert "1 person in quiet hours now: at the end of them, too late for 1 person." in text
    assert "Less than a minute to reach one person" in text
    await do(browser, path, "change", reach="everywhere")
    assert "The whole district" in (await browser.get(path)).text


async def test_it_is_sent_back_cancelled_and_tried_on_oneself(
    browser: Visitor, supervisor: Visitor, town: Town, cleo: By
) -> None:
    await town.write(reference.seed, PROFILE)
    path = f"{PATH}/{await waiting(town, cleo)}"
    assert (await do(supervisor, path, "return", reason="Say where")).location.endswith("urgent-sent-back")
    assert "Say where" in (await browser.get(path)).text
    await town.write(_link, cleo)
    assert (await do(browser, path, "test")).location.endswith("done=urgent-tested")
    assert (await do(browser, path, "cancellation")).location.endswith("done=urgent-cancelled")
    refused = await browser.post(f"{path}/follow-up", **NEW, token="")
    assert refused.status in {403, 422}


def _link(session: Session, by: By) -> None:
    staff.link(session, staff.start_link(session, by.staff.id), 4_711)


@pytest.mark.usefixtures("seeded")
async def test_what_failed_of_it_is_offered_again_while_it_is_the_last_word(
    browser: Visitor, supervisor: Visitor, town: Town, cleo: By
) -> None:
    await subscriber(town, quiet=WISH.quiet)
    first = await partly_failed(town, cleo, await town.staff("Sue", Role.SUPERVISOR))
    await send_campaigns(town.store)
    assert "Try again what failed" in (await browser.get(f"{PATH}/{first}")).text
    made = await do(browser, f"{PATH}/{first}", "follow-up", what="update", **{"text-en": "Stay."})
    path = made.location.partition("?")[0]
    await do(browser, path, "submission")
    await do(supervisor, path, "approval")
    assert "Try again what failed" not in (await browser.get(f"{PATH}/{first}")).text


async def test_labels_of_wards_lie_upon_no_other_nor_upon_a_dot(town: Town, cleo: By) -> None:
    for wards in (THANET.wards, tuple(replace(one, outline=square(one)) for one in THANET.wards)):
        async with running_console(town, profile=replace(THANET, wards=wards)) as thanet:
            browser = thanet.visitor()
            await browser.sign_in(cleo.staff)
            text = (await browser.get(f"{PATH}/new")).text
        labels = [tuple(map(float, found)) for found in BOXES.findall(text)]
        dots = [tuple(map(float, found)) for found in DOTS.findall(text)]
        assert len(labels) == len(dots) == 23
        for (x, y, wide), (left, top, width) in combinations(labels, 2):
            assert x + wide <= left or left + width <= x or abs(y - top) >= 31
        for (x, y, wide), (at, down) in product(labels, dots):
            assert not (x < at < x + wide and y < down < y + 31)
        assert text.count('class="shape"') == (23 if wards is not THANET.wards else 0)


def square(ward: Ward) -> Outline:
    lat, lon = ward.lat, ward.lon
    return (((lat, lon), (lat, lon + 0.01), (lat + 0.01, lon + 0.01), (lat, lon)),)
