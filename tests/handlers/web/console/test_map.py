from __future__ import annotations

import html
import re
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from aiohttp.test_utils import TestClient, TestServer

from handlers.web.app import create_app
from handlers.web.headers import CONTENT_SECURITY_POLICY, policy
from handlers.web.site import SITE, WebConfig
from store.actions import triage
from store.domain.actor import Channel
from store.domain.staff import By
from tests.support.console import Console, Visitor, running_console
from tests.support.triage_factory import HARBOUR, PROFILE, Town

MAP = "/console/map"
MARGATE = HARBOUR | {"lat": 51.3886, "lon": 1.3940, "ward": "eastcliff", "area": "margate"}
RING = ((51.33, 1.40), (51.33, 1.43), (51.34, 1.43), (51.34, 1.40))


@pytest.fixture
async def outlined(town: Town) -> AsyncIterator[Console]:
    wards = tuple(replace(ward, outline=(RING,)) for ward in PROFILE.wards)
    async with running_console(town, profile=replace(PROFILE, wards=wards)) as console:
        yield console


async def visitor(console: Console) -> Visitor:
    browser = console.visitor()
    await browser.sign_in(await console.staff("cleo"))
    return browser


async def test_a_cluster_leads_to_the_list_of_what_lies_there(console: Console, town: Town) -> None:
    browser = await visitor(console)
    harbour = [await town.report() for _ in range(3)]
    margate = await town.report(where=MARGATE)
    lost = await town.report(where={"words": "somewhere"})
    text = (await browser.get(f"{MAP}?view=all")).text
    assert "5 reports: 4 on this map" in text
    link = re.search(r'<a href="([^"]+)" aria-label="3 reports near Central-Harbour"', text)
    assert link
    listed = (await browser.get(html.unescape(link.group(1)))).text
    assert all(reference in listed for reference in harbour)
    assert margate not in listed
    assert lost not in listed
    assert "Part of the map" in listed
    closer = re.search(rf'<a href="({MAP}[^"]+box=[^"]+)">Closer', text)
    assert closer
    near = (await browser.get(html.unescape(closer.group(1)))).text
    assert "3 reports: 3 on this map" in near
    assert "Whole district" in near


async def test_without_outlines_the_district_is_a_box_with_the_names_of_its_areas(
    console: Console, town: Town
) -> None:
    browser = await visitor(console)
    text = (await browser.get(MAP)).text
    assert "<rect" in text
    assert ">Ramsgate</text>" in text
    assert "None of these has a point on this map." in text


async def test_outlines_of_wards_in_force_are_drawn(outlined: Console, town: Town) -> None:
    browser = await visitor(outlined)
    await town.report(where=MARGATE)
    text = (await browser.get(MAP)).text
    assert "<title>Eastcliff</title>" in text
    assert "<rect" not in text
    assert "Contains public sector information." in text
    assert "1 report: 0 on this map, 1 outside it" in text


async def test_cases_have_a_map_of_their_own(console: Console, town: Town) -> None:
    browser = await visitor(console)
    by = By(await console.staff("dan"), Channel.WEB)
    await town.write(triage.open_case, by, await town.report())
    text = (await browser.get(f"{MAP}?kind=cases&officer=nobody")).text
    assert "0 cases: 0 on this map" in text
    assert 'aria-label="1 case near Central-Harbour"' in (await browser.get(f"{MAP}?kind=cases")).text
    assert (await browser.get(f"{MAP}?box=nonsense")).status == 422


async def test_tiles_lie_behind_the_map_only_where_they_were_set(console: Console, town: Town) -> None:
    browser = await visitor(console)
    plain = await browser.get(MAP)
    assert "<image" not in plain.text
    assert plain.headers["Content-Security-Policy"] == CONTENT_SECURITY_POLICY == policy()
    site = console.server.app[SITE]
    config = WebConfig(
        "http://127.0.0.1", "k" * 32, "https://tiles.example/{z}/{x}/{y}.png", "© the makers of the tiles"
    )
    server = TestServer(create_app(town.store, config, site.profile), host="127.0.0.1")
    tiled: Visitor = Visitor(TestClient(server, cookie_jar=browser.client.session.cookie_jar), console)
    await tiled.client.start_server()
    answer = await tiled.get(MAP)
    await tiled.client.close()
    assert re.search(r'<image href="https://tiles\.example/12/2063/136\d\.png"', answer.text)
    assert "© the makers of the tiles" in answer.text
    assert "img-src 'self' https://tiles.example;" in answer.headers["Content-Security-Policy"]
