"""Every route with every role and with somebody else's identifiers: each gets what is theirs and no more."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from handlers.web.app import Extras, all_routes
from handlers.web.guards import Route, Signed
from handlers.web.metrics import Metrics
from store.actions import alert, message, saved_view, triage
from store.domain.actor import Channel
from store.domain.alert import AlertKind
from store.domain.finding import Kind
from store.domain.reference import Restriction
from store.domain.staff import By, Role, Staff
from tests.support.console import Answer, Console, Visitor
from tests.support.evidence_factory import kept_file
from tests.support.triage_factory import Town

ACCESS = Path(__file__).parents[3] / "docs" / "access.md"
PARTS = re.compile(r"\{(\w+)\}")
NOT_HERE = frozenset({"/console/sign-out", "/console/sign-out-elsewhere"})
"""They end the session that the walk needs; they have tests of their own."""
BYTES = ("/copy", "/original")
"""They give a file that no store holds here."""


@dataclass
class Doors:
    """Identifiers by the beginning of a route: of records that only Hal may open, and of none at all."""

    restricted: dict[str, dict[str, str]] = field(default_factory=dict)
    unknown: dict[str, dict[str, str]] = field(default_factory=dict)

    def add(self, path: str, part: str, restricted: str, unknown: str) -> None:
        self.restricted.setdefault(path, {})[part] = restricted
        self.unknown.setdefault(path, {})[part] = unknown

    def path(self, route: Route, known: dict[str, dict[str, str]]) -> str:
        """Return the route's address with identifiers; fails where nobody said which."""
        start = max((path for path in known if route.path.startswith(path)), key=len, default="")
        missing = set(PARTS.findall(route.path)) - known.get(start, {}).keys()
        assert not missing, f"say which {missing} to try for {route.method} {route.path}"
        return PARTS.sub(lambda found: known[start][found[1]], route.path)


async def built(console: Console, town: Town, hal: Staff) -> Doors:
    """Fill a town with restricted records of every kind."""
    by, doors = By(hal, Channel.WEB), Doors()
    report, other = await town.report(category="street.hate"), await town.report(category="street.hate")
    case = (await town.write(triage.open_case, by, other)).reference
    await town.write(message.note, by, report, "For us alone")
    doors.add("/console/reports", "reference", report, "K7M-4XQ-9PC")
    doors.add("/console/cases", "reference", case, "K7M-4XQ-9PC")
    doors.add("/console/evidence", "id", await kept_file(town, report), "0" * 32)
    raised = await town.write(alert.raise_alert, await town.resident(), AlertKind.STAFF_THREAT, "words")
    doors.add("/console/alerts", "id", raised, "0" * 32)
    view = await town.write(saved_view.save, by, (Kind.REPORTS, ""), "Mine")
    doors.add("/console/views", "id", view, "0" * 32)
    return doors


async def knock(browser: Visitor, route: Route, path: str) -> Answer:
    return await (browser.get(path) if route.method == "GET" else browser.post(path))


def of_staff(console: Console) -> list[Route]:
    routes = all_routes(console.town.store, Metrics(()), Extras())
    return [route for route in routes if isinstance(route.who, Signed) and route.path not in NOT_HERE]


async def entered(console: Console, name: str, role: Role, *grants: Restriction) -> tuple[Visitor, Staff]:
    member = await console.staff(name, role, *grants)
    browser = console.visitor()
    await browser.sign_in(member)
    return browser, member


@pytest.mark.parametrize("role", list(Role))
async def test_nobody_gets_through_a_door_that_is_not_theirs(
    console: Console, town: Town, role: Role
) -> None:
    hal = await console.staff("hal", Role.OFFICER, *Restriction)
    doors = await built(console, town, hal)
    browser, _ = await entered(console, "somebody", role)
    for route in of_staff(console):
        assert isinstance(route.who, Signed)
        answers = [
            await knock(browser, route, doors.path(route, known))
            for known in (doors.restricted, doors.unknown)
        ]
        seen = {answer.status for answer in answers}
        where = (route.method, route.path, seen)
        if role not in route.who.roles:
            assert seen == {403}, where
        elif PARTS.search(route.path):
            assert seen == {404}, where
            assert answers[0].text == answers[1].text, (
                f"what is not theirs and what is not there differ: {where}"
            )
        else:
            assert seen <= {200, 303, 422}, where


async def test_whoever_was_granted_a_kind_gets_through_to_it(console: Console, town: Town) -> None:
    browser, hal = await entered(console, "hal", Role.OFFICER, *Restriction)
    doors = await built(console, town, hal)
    for route in of_staff(console):
        if PARTS.search(route.path) and route.method == "GET" and not route.path.endswith(BYTES):
            answer = await knock(browser, route, doors.path(route, doors.restricted))
            assert answer.status in {200, 303}, (route.path, answer.status)


def test_every_door_stands_in_the_table_of_the_docs(console: Console) -> None:
    listed = set(re.findall(r"^\| (\w+) \| `(/[^`]*)` \|", ACCESS.read_text(encoding="utf-8"), re.MULTILINE))
    doors = {(route.method, route.path) for route in of_staff(console)}
    assert doors <= listed
