from __future__ import annotations

import pytest

from store.actions import staff
from store.domain.actor import SYSTEM
from store.domain.event import Action
from store.domain.staff import Role
from tests.support.console import PASSWORD, Console
from tests.support.triage_factory import Town


async def test_password_and_code_open_the_console(console: Console, town: Town) -> None:
    cleo = await console.staff("cleo")
    browser = console.visitor()
    first = await browser.password("Cleo ")
    assert (first.status, first.location) == (303, "/console/sign-in/code")
    assert (await browser.get("/console")).status == 303
    second = await browser.code(cleo)
    assert (second.status, second.location) == (303, "/console")
    assert (await browser.get("/console")).status == 200
    assert (await browser.get("/console/")).location == "/console"
    assert await town.how_often(Action.STAFF_SIGNED_IN) == 1


async def test_a_wrong_password_an_unknown_name_and_a_disabled_account_read_alike(console: Console) -> None:
    await console.staff("cleo")
    gone = await console.staff("dan")
    await console.town.write(staff.disable, SYSTEM, gone.id)
    seen = []
    for name, password in (("cleo", "wrong"), ("nobody", PASSWORD), ("dan", PASSWORD)):
        answer = await console.visitor().password(name, password)
        seen.append((answer.status, "That did not match" in answer.text, "code" in answer.location))
    assert seen == [(401, True, False)] * 3


async def test_five_failures_lock_the_account_for_fifteen_minutes(console: Console, town: Town) -> None:
    await console.staff("cleo")
    for _try in range(5):
        await console.visitor().password("cleo", "wrong")
    assert town.last(Action.STAFF_SIGN_IN_FAILED) == {"what": "password", "locked": True}
    assert (await console.visitor().password("cleo")).status == 401
    town.pass_time(minutes=15)
    assert (await console.visitor().password("cleo")).status == 303


async def test_wrong_codes_count_towards_the_lock_which_stops_the_right_one_too(console: Console) -> None:
    cleo = await console.staff("cleo")
    browser = console.visitor()
    await browser.password("cleo")
    for _try in range(5):
        assert (await browser.post("/console/sign-in/code", code="000000")).status == 401
    assert (await browser.code(cleo)).status == 401
    assert (await browser.get("/console")).status == 303


async def test_no_code_works_twice_and_one_step_of_delay_is_forgiven(console: Console, town: Town) -> None:
    cleo = await console.staff("cleo")
    code = await console.code_of(cleo)
    town.pass_time(seconds=29)
    for status in (303, 401):
        browser = console.visitor()
        await browser.password("cleo")
        await browser.get("/console/sign-in/code")
        assert (await browser.post("/console/sign-in/code", code=code)).status == status


async def test_the_second_step_ends_after_five_minutes(console: Console, town: Town) -> None:
    cleo = await console.staff("cleo")
    browser = console.visitor()
    await browser.password("cleo")
    await browser.get("/console/sign-in/code")
    town.pass_time(minutes=5)
    answer = await browser.post("/console/sign-in/code", code=await console.code_of(cleo))
    assert answer.location == "/console/sign-in?why=expired"
    assert (await browser.get("/console/sign-in/code")).status == 303


async def test_a_link_is_not_used_up_by_looking_and_once_by_the_button(console: Console, town: Town) -> None:
    cleo = await console.staff("cleo")
    token = await town.write(staff.sign_in_link, cleo)
    browser = console.visitor()
    for looker in (console.visitor(), console.visitor(), browser):
        assert (await looker.get(f"/console/sign-in/link/{token}")).status == 200
    assert (await browser.post("/console/sign-in/link", link=token)).location == "/console/sign-in/code"
    assert (await browser.code(cleo)).location == "/console"
    again = console.visitor()
    assert (await again.get(f"/console/sign-in/link/{token}")).location == "/console/sign-in?why=expired"
    assert "took too long" in (await again.get("/console/sign-in?why=expired")).text
    assert (await again.post("/console/sign-in/link", link=token)).location == "/console/sign-in?why=expired"


async def test_a_link_lasts_ten_minutes_and_replaces_the_one_before(console: Console, town: Town) -> None:
    cleo = await console.staff("cleo")
    first, second = [await town.write(staff.sign_in_link, cleo) for _ in range(2)]
    browser = console.visitor()
    assert (await browser.get(f"/console/sign-in/link/{first}")).status == 303
    assert (await browser.get(f"/console/sign-in/link/{second}")).status == 200
    town.pass_time(minutes=10)
    assert (await browser.get(f"/console/sign-in/link/{second}")).status == 303
    assert (await browser.get("/console/sign-in/link/nonsense")).status == 303


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/console/cases?view=mine", "/console/cases?view=mine"),
        ("//evil.example", "/console"),
        ("https://evil.example/console/", "/console"),
        ("/console/../\r\nSet-Cookie: a=b", "/console"),
    ],
)
async def test_one_comes_back_to_the_page_that_was_wanted_if_it_is_ours(
    console: Console, wanted: str, reached: str
) -> None:
    cleo = await console.staff("cleo")
    browser = console.visitor()
    if reached == wanted:
        sent = await browser.get(wanted)
        assert sent.location == "/console/sign-in?next=%2Fconsole%2Fcases%3Fview%3Dmine"
        assert f'value="{wanted}"' in (await browser.get(sent.location)).text
    await browser.get("/console/sign-in")
    await browser.post("/console/sign-in", username="cleo", password=PASSWORD, next=wanted)
    code = await console.code_of(cleo)
    assert (await browser.post("/console/sign-in/code", code=code, next=wanted)).location == reached


async def test_a_session_slides_for_half_an_hour_and_ends_after_twelve(console: Console, town: Town) -> None:
    cleo = await console.staff("cleo")
    browser = console.visitor()
    await browser.sign_in(cleo)
    for _quarter in range(47):
        town.pass_time(minutes=15)
        assert (await browser.get("/console")).status == 200
    town.pass_time(minutes=15)
    assert (await browser.get("/console")).status == 303


async def test_an_idle_session_ends_and_a_page_that_refreshes_itself_is_idle(
    console: Console, town: Town
) -> None:
    cleo = await console.staff("cleo")
    browser = console.visitor()
    await browser.sign_in(cleo)
    for _minute in range(29):
        town.pass_time(minutes=1)
        assert (await browser.get("/console/reports", **{"X-Background": "1"})).status == 200
    town.pass_time(minutes=1)
    ended = await browser.get("/console/reports", **{"X-Background": "1"})
    assert (ended.status, ended.headers["HX-Redirect"]) == (401, "/console/sign-in")


async def test_signing_out_ends_the_session_for_good(console: Console, town: Town) -> None:
    cleo = await console.staff("cleo")
    browser = console.visitor()
    await browser.sign_in(cleo)
    cookie = {c.key: c.value for c in browser.client.session.cookie_jar}["session"]
    assert (await browser.post("/console/sign-out")).location == "/console/sign-in"
    stolen = await console.visitor().get("/console", Cookie=f"session={cookie}")
    assert stolen.status == 303
    assert await town.how_often(Action.STAFF_SIGNED_OUT) == 1


async def test_other_browsers_can_be_signed_out(console: Console) -> None:
    cleo = await console.staff("cleo")
    here, there = console.visitor(), console.visitor()
    await there.sign_in(cleo)
    await here.sign_in(cleo)
    assert (await here.get("/console/account")).text.count("Since") == 2
    assert (await here.post("/console/sign-out-elsewhere")).status == 303
    assert (await here.get("/console/account")).text.count("Since") == 1
    assert (await there.get("/console")).status == 303


async def test_a_disabled_account_is_out_at_once(console: Console, town: Town) -> None:
    cleo = await console.staff("cleo")
    browser = console.visitor()
    await browser.sign_in(cleo)
    await town.write(staff.disable, SYSTEM, cleo.id)
    assert (await browser.get("/console")).status == 303
    assert (await browser.post("/console/sign-out")).status == 303


async def test_a_new_password_ends_every_session(console: Console, town: Town) -> None:
    cleo = await console.staff("cleo", Role.SUPERVISOR)
    browser = console.visitor()
    await browser.sign_in(cleo)
    await town.write(staff.set_password, SYSTEM, cleo.id, "another hash")
    assert (await browser.get("/console")).status == 303


async def test_one_address_cannot_lock_everybody_out(console: Console, town: Town) -> None:
    await console.staff("cleo")
    attacker, neighbour = {"X-Forwarded-For": "spoofed, 203.0.113.9"}, {"X-Forwarded-For": "203.0.113.10"}

    async def knock(headers: dict[str, str], username: str, password: str = "wrong") -> int:
        form = {"username": username, "password": password}
        browser = console.visitor()
        await browser.get("/console/sign-in")
        return (await browser.post("/console/sign-in", headers, **form)).status

    seen = [await knock(attacker, f"guess{number}") for number in range(20)]
    assert seen == [401] * 20
    assert await knock(attacker, "cleo", PASSWORD) == 429
    for _try in range(5):
        assert await knock(attacker, "cleo") == 429
    assert await knock(neighbour, "cleo", PASSWORD) == 303
    town.pass_time(minutes=15)
    assert await knock(attacker, "cleo", PASSWORD) == 303
