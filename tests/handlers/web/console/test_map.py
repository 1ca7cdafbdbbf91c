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
    nowhere = re.search(r'<a href="([^"]+)">1 has no point</a>', text)
    assert nowhere
    unplaced = (await browser.get(html.unescape(nowhere.group(1)))).text
    assert [each in unplaced for each in (lost, margate, *harbour)] == [True, False, False, False, False]
    assert "No point on the map" in unplaced
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
    assert 'class="land"' in text
    assert ">Ramsgate</text>" in text
    assert "None of these has a point on this map." in text


async def test_outlines_of_wards_in_force_are_drawn(outlined: Console, town: Town) -> None:
    browser = await visitor(outlined)
    await town.report(where=MARGATE)
    text = (await browser.get(MAP)).text
    assert "<title>Eastcliff</title>" in text
    assert 'class="land"' not in text
    assert "Contains public sector information." in text
    assert "1 report: 0 on this map, 1 outside it" in text


async def test_cases_have_a_map_of_their_own(console: Console, town: Town) -> None:
    browser = await visitor(console)
    by = By(await console.staff("dan"), Channel.WEB)
    await town.write(triage.open_case, by, await town.report())
    text = (await browser.get(f"{MAP}?kind=cases&officer=nobody")).text
    assert "0 cases: 0 on this map" in text
    assert 'aria-label="1 case near Central-Harbour"' in (await browser.get(f"{MAP}?kind=cases")).text


async def test_a_bad_filter_is_named_with_the_form_open_and_no_map_drawn(
    console: Console, town: Town
) -> None:
    browser = await visitor(console)
    await town.report()
    for query, field in (
        ("box=nonsense", "box"),
        ("from=soon", "from"),
        ("state=asleep&kind=cases", "state"),
    ):
        answer = await browser.get(f"{MAP}?{query}")
        assert answer.status == 422
        assert answer.text.count(f"The filter “{field}” cannot be") == 2
        assert '<details class="filters" open' in answer.text
        assert "<svg" not in answer.text
        assert "on this map" not in answer.text


async def test_a_case_shows_its_points_on_plain_ground_with_a_scale_and_what_is_around(
    console: Console, town: Town
) -> None:
    by = By(await console.staff("dan"), Channel.WEB)
    old = await town.report(where=HARBOUR | {"lat": 51.3345})
    town.pass_time(days=100)
    browser = await visitor(console)
    told = await town.report()
    await town.report(where=HARBOUR | {"lat": 51.3350})
    await town.report(where=MARGATE)
    secret = await town.report(category="street.hate", where=HARBOUR | {"lat": 51.3346})
    case = (await town.write(triage.open_case, by, told)).reference
    page = (await browser.get(f"/console/cases/{case}")).text
    assert page.count('class="dot"') == 1
    assert page.count('class="other"') == 1
    assert f'Report {told}: <span class="ref">51.33430, 1.41220' in page
    assert ">200 m</text>" in page
    assert 'id="squares"' in page
    link = re.search(r'<a href="([^"]+)">1 other report around here', page)
    assert link
    listed = (await browser.get(html.unescape(link.group(1)))).text
    assert "2 reports" in listed
    assert [each in listed for each in (told, old, secret)] == [True, False, False]
    mapped = re.search(rf'<a href="({MAP}[^"]+)">See it on the map of reports', page)
    assert mapped
    assert "2 reports: 2 on this map" in (await browser.get(html.unescape(mapped.group(1)))).text


async def test_a_report_with_a_point_has_a_map_too_and_one_without_has_none(
    console: Console, town: Town
) -> None:
    browser = await visitor(console)
    page = (await browser.get(f"/console/reports/{await town.report()}")).text
    assert page.count('class="dot"') == 1
    assert "No other report with a point around here" in page
    nowhere = await town.report(where={"words": "somewhere"})
    assert 'class="dot"' not in (await browser.get(f"/console/reports/{nowhere}")).text


async def test_a_small_map_lies_in_the_outline_of_its_ward(outlined: Console, town: Town) -> None:
    browser = await visitor(outlined)
    page = (await browser.get(f"/console/reports/{await town.report()}")).text
    assert "<title>Central-Harbour</title>" in page
    assert "Contains public sector information." in page


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
    near = await tiled.get(f"/console/reports/{await town.report()}")
    await tiled.client.close()
    assert "<image" not in near.text, "opening a report tells no map server where it happened"
    assert "See it with streets" in near.text
    assert re.search(r'<image href="https://tiles\.example/12/2063/136\d\.png"', answer.text)
    assert "© the makers of the tiles" in answer.text
    assert "img-src 'self' https://tiles.example;" in answer.headers["Content-Security-Policy"]


async def test_what_has_no_point_is_a_filter_like_any_other(console: Console, town: Town) -> None:
    browser = await visitor(console)
    nowhere = {"words": "somewhere"}
    lost = [await town.report(where=nowhere), await town.report(where=nowhere, category="street.threats")]
    await town.report()
    secret = await town.report(where=nowhere, category="street.hate")
    text = (await browser.get(f"{MAP}?view=all")).text
    assert ">2 have no point</a>" in text
    assert secret not in text
    one = (await browser.get("/console/reports?unplaced=1&category=street.threats")).text
    assert [each in one for each in lost] == [False, True]
    assert '<span class="sr">Take off: </span>No point on the map' in one
    for form in ("csv", "json", "geojson"):
        told = (await browser.get(f"/console/reports/export.{form}?unplaced=1")).text
        assert all(each in told for each in lost)
    saved = await browser.post("/console/views", kind="reports", query="unplaced=1", name="Nowhere")
    assert saved.location.startswith("/console/reports?unplaced=1")
    mapped = (await browser.get(f"{MAP}?unplaced=1")).text
    assert "None of these has a point on this map." in mapped
    case = (
        await town.write(triage.open_case, By(await console.staff("dan"), Channel.WEB), lost[0])
    ).reference
    assert case in (await browser.get("/console/cases?unplaced=1")).text
    assert ">1 has no point</a>" in (await browser.get(f"{MAP}?kind=cases")).text
