from __future__ import annotations

import ast
from collections import Counter
from pathlib import Path
from typing import get_args

import pytest

from handlers.web.app import Extras, all_routes
from handlers.web.guards import Anyone, AtTheDoor, Machine, Route, Signed, Who
from handlers.web.metrics import Metrics
from store.engine import open_store
from tests.contracts.project import modules
from tests.support.databases import SqliteDatabases

READING = {"GET", "HEAD"}
VERBS = READING | {"POST", "PUT", "PATCH", "DELETE"}


@pytest.fixture(scope="module")
async def routes(sqlite_databases: SqliteDatabases) -> list[Route]:
    async with open_store(await sqlite_databases.migrated()) as store:
        return all_routes(store, Metrics(()), Extras())


def test_every_route_says_who_may_use_it(routes: list[Route]) -> None:
    assert routes
    assert [route.path for route in routes if type(route.who) not in get_args(Who)] == []


def test_no_route_comes_in_past_its_guard() -> None:
    """Only the guards hand routes to aiohttp."""
    verbs = ("get", "head", "post", "put", "patch", "delete", "view", "static", "route", "routes", "resource")
    adders = {f"add_{verb}" for verb in verbs}
    found = {
        path
        for path, tree in modules().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in adders and path.parts[0] == "handlers"
    }
    assert found == {Path("handlers/web/guards.py")}


def test_the_console_is_for_people_who_signed_in(routes: list[Route]) -> None:
    console = [route for route in routes if f"{route.path}/".startswith("/console/")]
    assert console
    assert [route.path for route in console if not isinstance(route.who, Signed | AtTheDoor)] == []


def test_what_only_the_machine_may_read_is_not_for_everyone(routes: list[Route]) -> None:
    who = {route.path: route.who for route in routes}
    assert isinstance(who["/metrics"], Machine)
    assert isinstance(who["/healthz"], Anyone)


def test_a_route_is_made_once_and_its_verb_is_a_real_one(routes: list[Route]) -> None:
    counted = Counter((route.method, route.path) for route in routes)
    assert [place for place, times in counted.items() if times > 1] == []
    assert {route.method for route in routes} <= VERBS
    assert [route.path for route in routes if "?" in route.path] == []
