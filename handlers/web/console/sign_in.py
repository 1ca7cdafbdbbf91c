"""Sign in (a password or a one-time link, then a code) and out."""

from __future__ import annotations

import re

from aiohttp import web

from handlers.web import session
from handlers.web.attempts import address_of
from handlers.web.guards import SIGN_IN, STAFF, AtTheDoor, Route
from handlers.web.visit import Visit, see
from handlers.web.wording import sentence
from store.actions import sign_in
from store.domain.errors import Refusal
from store.domain.sign_in import Failure, HalfWay, NewSession, Purpose
from store.queries import sign_ins, staff

CODE = f"{SIGN_IN}/code"
HOME = "/console"
# Where to go afterwards comes from an address, so it may only be a page of ours.
_OURS = re.compile(r"/console(?:/[A-Za-z0-9/_\-.~%?=&]*)?")
_TOKEN = re.compile(r"[A-Za-z0-9_-]{20,64}")


async def ask_password(visit: Visit) -> web.Response:
    """Show the form for username and password."""
    problem = _sentence(Failure.EXPIRED) if visit.asked("why") == Failure.EXPIRED else None
    return _password_page(visit, visit.asked("next"), problem)


async def take_password(visit: Visit) -> web.Response:
    """Compare the password; the answer and its time say nothing about which part was wrong."""
    form, now = visit.form, visit.store.clock.now()
    address = address_of(visit.request.remote, visit.request.headers)
    if visit.site.attempts.too_many(address, now):
        return _password_page(visit, form.get("next", ""), sentence(Refusal("sign_in.too_many")), 429)
    username = form.get("username", "")
    account = await visit.store.read(staff.find, username)
    kept = account.password_hash if account else None
    right = await visit.site.passwords.matches(kept, form.get("password", ""))
    result = await visit.store.write(sign_in.by_password, username, right=right)
    if isinstance(result, HalfWay):
        return _half_way(visit, result, form.get("next", ""))
    visit.site.attempts.failed(address, now)
    return _password_page(visit, form.get("next", ""), _sentence(Failure.WRONG), 401)


async def show_link(visit: Visit) -> web.Response:
    """Show a button: a link that is only looked at (by a preview, say) is not used up."""
    token = visit.part("token")
    if not _TOKEN.fullmatch(token) or not await visit.store.read(sign_ins.token_is_good, token, Purpose.LINK):
        return see(SIGN_IN, why=Failure.EXPIRED.value)
    return visit.page("console/sign_in_link.html", link=token)


async def take_link(visit: Visit) -> web.Response:
    """Use the one-time link up in place of a password."""
    result = await visit.store.write(sign_in.by_link, visit.form.get("link", ""))
    if isinstance(result, HalfWay):
        return _half_way(visit, result, "")
    return see(SIGN_IN, why=Failure.EXPIRED.value)


async def ask_code(visit: Visit) -> web.Response:
    """Show the form for the code of the authenticator app."""
    token = session.HALF_WAY.read(visit.request)
    if token is None or not await visit.store.read(sign_ins.token_is_good, token, Purpose.SECOND_FACTOR):
        return see(SIGN_IN, why=Failure.EXPIRED.value)
    return visit.page("console/sign_in_code.html", next=visit.asked("next"), problem=None)


async def take_code(visit: Visit) -> web.Response:
    """Check the code and begin a session."""
    token = session.HALF_WAY.read(visit.request) or ""
    wanted = visit.form.get("next", "")
    result = await visit.store.write(sign_in.second_factor, token, visit.form.get("code", ""))
    if isinstance(result, NewSession):
        return _signed_in(visit, result, wanted)
    if result is Failure.EXPIRED:
        return see(SIGN_IN, why=Failure.EXPIRED.value)
    problem = sentence(Refusal("sign_in.wrong_code"))
    return visit.page("console/sign_in_code.html", 401, next=wanted, problem=problem)


async def sign_out(visit: Visit) -> web.Response:
    """End this session."""
    await visit.store.write(sign_in.sign_out, visit.session)
    response = see(SIGN_IN)
    session.SESSION.drop(visit.request, response)
    return response


def _sentence(failure: Failure) -> str:
    return sentence(Refusal(f"sign_in.{failure.value}"))


def _password_page(visit: Visit, wanted: str, problem: str | None, status: int = 200) -> web.Response:
    return visit.page(
        "console/sign_in.html",
        status,
        next=wanted,
        problem=problem,
        username=visit.form.get("username", ""),
    )


def _half_way(visit: Visit, result: HalfWay, wanted: str) -> web.Response:
    response = see(CODE, next=wanted) if _OURS.fullmatch(wanted) else see(CODE)
    session.HALF_WAY.write(visit.request, response, result.token)
    return response


def _signed_in(visit: Visit, result: NewSession, wanted: str) -> web.Response:
    response = see(wanted if _OURS.fullmatch(wanted) else HOME)
    session.SESSION.write(visit.request, response, result.token)
    session.HALF_WAY.drop(visit.request, response)
    session.DOOR.drop(visit.request, response)
    return response


_DOOR = AtTheDoor()
ROUTES = (
    Route("GET", SIGN_IN, _DOOR, ask_password),
    Route("POST", SIGN_IN, _DOOR, take_password),
    Route("GET", f"{SIGN_IN}/link/{{token}}", _DOOR, show_link),
    Route("POST", f"{SIGN_IN}/link", _DOOR, take_link),
    Route("GET", CODE, _DOOR, ask_code),
    Route("POST", CODE, _DOOR, take_code),
    Route("POST", "/console/sign-out", STAFF, sign_out),
)
