from __future__ import annotations

from datetime import timedelta

import pytest
from aiohttp import web

from handlers.web.app import Extras
from handlers.web.guards import Anyone, Route
from handlers.web.health import Check
from handlers.web.metrics import Reading
from handlers.web.visit import Visit
from store.actions import inbox
from store.domain.inbox import RawUpdate
from tests.support.console import Console, running_console
from tests.support.triage_factory import Town


@pytest.mark.parametrize(
    "path", ["/healthz", "/readyz", "/metrics", "/console/sign-in", "/console", "/nowhere", "/static/nothing"]
)
async def test_every_response_carries_the_strict_headers(console: Console, path: str) -> None:
    answer = await console.visitor().get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Server"] == "foreland"
    assert "Strict-Transport-Security" not in answer.headers


async def test_behind_https_cookies_are_tied_to_the_host(town: Town) -> None:
    async with running_console(town, public_url="https://safety.example") as console:
        answer = await console.visitor().get("/console/sign-in")
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-door=")
    assert all(part in cookie for part in ("HttpOnly", "Secure", "SameSite=Lax", "Path=/"))
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000"


async def test_pages_have_no_inline_script_or_style(console: Console) -> None:
    text = (await console.visitor().get("/console/sign-in")).text
    assert "<style" not in text
    assert " style=" not in text
    assert " onclick=" not in text
    assert "<script>" not in text


async def test_static_files_are_kept_for_good_under_names_of_their_content(console: Console) -> None:
    browser = console.visitor()
    text = (await browser.get("/console/sign-in")).text
    address = text.split('<script src="', 1)[1].split('"', 1)[0]
    answer = await browser.get(address)
    assert answer.status == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.text.startswith("var htmx=")
    assert (await browser.get("/static/htmx.js")).status == 404


async def test_ready_tells_what_is_wrong(town: Town) -> None:
    seen = town.clock.now()

    async def silent() -> str | None:
        return "no sign of life" if town.clock.now() > seen else None

    async def broken() -> str | None:
        raise RuntimeError("secret words")

    checks = [Check("sender", silent), Check("disk", broken)]
    async with running_console(town, extras=Extras(checks=checks[:1])) as console:
        browser = console.visitor()
        assert (await browser.get("/readyz")).status == 200
        await town.write(inbox.add, [RawUpdate(1, 1, 5, "{}")])
        town.clock.advance(timedelta(minutes=2, seconds=1))
        answer = await browser.get("/readyz")
        assert answer.status == 503
        assert "oldest waiting update is older than 120 s" in answer.text
        assert "no sign of life" in answer.text
        assert (await browser.get("/healthz")).text == "alive\n"
    async with running_console(town, extras=Extras(checks=checks[1:])) as console:
        answer = await console.visitor().get("/readyz")
        assert "RuntimeError" in answer.text
        assert "secret" not in answer.text


async def test_numbers_tell_of_routes_never_of_addresses(town: Town) -> None:
    async def three() -> float:
        return 3.0

    async with running_console(
        town, extras=Extras(readings=[Reading("foreland_x", "Example.", three)])
    ) as console:
        browser = console.visitor()
        await browser.get("/console/sign-in/link/a-secret-token-a-secret-token")
        await browser.get("/nowhere/a-secret-token")
        text = (await browser.get("/metrics")).text
    assert "foreland_x 3.0" in text
    assert 'route="/console/sign-in/link/{token}"' in text
    assert "a-secret-token" not in text


async def test_an_unexpected_failure_is_a_plain_page_and_one_line_in_the_log(
    town: Town, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(_visit: Visit) -> web.Response:
        raise RuntimeError("somebody's words")

    async with running_console(
        town, extras=Extras(routes=[Route("GET", "/fail", Anyone(), fail)])
    ) as console:
        answer = await console.visitor().get("/fail")
    assert answer.status == 500
    assert "Something went wrong here" in answer.text
    assert "somebody" not in answer.text
    assert [getattr(record, "action", "") for record in caplog.records] == ["web.failed"]


async def test_a_redirect_that_is_raised_is_no_mistake(town: Town) -> None:
    async def move(_visit: Visit) -> web.Response:
        raise web.HTTPFound("/console")

    async with running_console(town, extras=Extras(routes=[Route("GET", "/old", Anyone(), move)])) as console:
        answer = await console.visitor().get("/old")
        assert (answer.status, answer.location) == (302, "/console")


async def test_a_page_of_staff_behind_an_open_guard_fails_closed(town: Town) -> None:
    async def careless(visit: Visit) -> web.Response:
        return web.Response(text=visit.staff.name)

    async with running_console(
        town, extras=Extras(routes=[Route("GET", "/x", Anyone(), careless)])
    ) as console:
        assert (await console.visitor().get("/x")).status == 500


async def test_a_verb_that_a_page_does_not_know_says_which_it_does(console: Console) -> None:
    answer = await console.visitor().post("/healthz")
    assert (answer.status, answer.headers["Allow"]) == (405, "GET")


async def test_a_form_that_is_far_too_large_is_refused(console: Console) -> None:
    browser = console.visitor()
    await browser.get("/console/sign-in")
    answer = await browser.post("/console/sign-in", username="x" * 300_000)
    assert answer.status == 413
