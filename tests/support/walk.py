"""Walk the console: every route, its form filled in as its pages offer it, and what came of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from handlers.web.app import Extras, all_routes
from handlers.web.guards import Route, Signed
from handlers.web.metrics import Metrics
from store.domain.case_facts import Fact
from store.domain.event import Action
from store.domain.report_form import EXTRA
from store.domain.staff import Staff
from tests.support import whole
from tests.support.console import Answer, Console, Visitor
from tests.support.page_forms import TYPED, Field, Form, forms_of
from tests.support.papers import Upload
from tests.support.triage_factory import Town
from tests.support.walk_town import SECRET, Kind, Known, Why

NOT_HERE = frozenset({"/console/sign-out", "/console/sign-out-elsewhere"})
"""They end the session that the walk needs; they have tests of their own."""
PARTS = re.compile(r"\{(\w+)\}")
DRAFT = "/draft"
"""So ends what writes nothing: a form comes back with a template in it."""
PATHS = {
    "/console/reports/{": Kind.REPORT,
    "/console/cases/{": Kind.CASE,
    "/console/evidence/{": Kind.FILE,
    "/console/alerts/{": Kind.ALERT,
    "/console/meetings/{": Kind.MEETING,
    "/console/campaigns/{": Kind.CAMPAIGN,
    "/console/campaigns/recurring/{": Kind.PATTERN,
    "/console/urgent/{": Kind.URGENT,
    "/console/views/{": Kind.VIEW,
}
QUERIES = {
    "/console/reports/new": "?category=noise.domestic",
    "/console/meetings/series/new": "?day=2026-12-24",
}
"""What a page needs in its address to show its form."""
IDENTIFY: Mapping[str, Kind] = {
    "assignee": Kind.STAFF,
    "case": Kind.CASE,
    "into": Kind.CASE,
    "item": Kind.AGENDA_ITEM,
    "officer": Kind.STAFF,
    "other": Kind.CASE,
    "person": Kind.PERSON,
    "pick": Kind.CASE,
    "report": Kind.REPORT,
    "task": Kind.TASK,
    "whole": Kind.AGENDA_ITEM,
}
"""The fields of forms that take an identifier."""
NOT_ASKED = {(f"/console/cases/bulk-{deed}", "officer") for deed in ("state", "tag", "untag")}
"""One form has a button for each of these deeds too; they ask for no officer."""
WORDS = "walked words"
CHOSEN = "report-"
"""How the names of fields begin that are one report each."""
PLAIN = frozenset(Fact) | {
    *("concern", "contact", "danger", "day", "due", "identity", "kind", "language", "may_message", "name"),
    *("note", "often", "outcome", "query", "reason", "role", "shared", "source", "spoke", "state", "still"),
    *(
        "round",
        "seen",
        "seen_as",
        "tag",
        "template",
        "text",
        "token",
        "under_18",
        "version",
        "warning",
        "what",
        "when",
        "when_words",
        "where",
        "words",
    ),
    *("about", "access_note", "address", "at", "capacity", "chair", "count", "doors", "ends", "every", "how"),
    *("first", "last", "month", "from_day", "to_month", "to_day", "to_nth", "school_days", "spread", "sure"),
    *(
        "file",
        "in_person",
        "link",
        "minutes",
        "online",
        "partners",
        "problem",
        "nth",
        "repeat",
        "shown",
        "step",
        "days",
        "hours",
        "metres",
        "near",
        "reach",
        "title",
        "topic",
        "unlisted",
        "until",
        "venue",
        "weekday",
    ),
}
"""The fields that take words, a choice or what the page itself was about, and no identifier."""
BOXES = (EXTRA, "access-", "area-", "button-", "expected-", "owner-", "reads-", "result-", "text-", "ward-")
"""How the names of such fields begin where there are many of a kind."""
SPECIAL = {("/console/cases/bulk-untag", "tag"): "both"}
"""Where other words are needed for the deed to be done: the case has this tag."""
LOOKS = frozenset({Action.REPORT_OPENED, Action.CASE_VIEWED, Action.ALERT_OPENED})
BYSTANDERS = ("viewers", "staff_sessions", "campaign_results")
"""Tables that a mere look changes."""


def of_staff(console: Console) -> list[Route]:
    routes = all_routes(console.town.store, Metrics(()), Extras())
    return [route for route in routes if isinstance(route.who, Signed) and route.path not in NOT_HERE]


def kind_in(route: Route) -> Kind | None:
    """Return what the path names, None where it names nothing; fails where nobody said what."""
    kind = next((kind for start, kind in PATHS.items() if route.path.startswith(start)), None)
    assert kind or not PARTS.search(route.path), f"say what {route.method} {route.path} is about (PATHS)"
    return kind


def path_of(route: Route, identifier: str) -> str:
    return PARTS.sub(lambda _: identifier, route.path)


def kind_of(route: Route, name: str) -> Kind | None:
    """Return what a field of this route's form identifies, None for plain ones; fails where nobody said."""
    if name.startswith(CHOSEN):
        return Kind.REPORT
    if name == "pick" and route.path.startswith("/console/reports"):
        return Kind.REPORT
    assert name in IDENTIFY or name in PLAIN or name.startswith(BOXES), (
        f"the walk does not know the field {name!r} of {route.method} {route.path}: "
        f"say in {__name__} what it identifies (IDENTIFY), or that it identifies nothing (PLAIN)"
    )
    return IDENTIFY.get(name)


class Noted(Mapping[str, str]):
    """What a form sent, noting which of it a handler asks for by name."""

    def __init__(self, sent: Mapping[str, str], read: set[str]) -> None:
        self._sent, self._read = sent, read

    def __getitem__(self, name: str) -> str:
        self._read.add(name)
        return self._sent[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._sent)

    def __len__(self) -> int:
        return len(self._sent)


@dataclass(slots=True)
class Walk:
    """Somebody who walks, what they know, and the forms that they were shown, by the route of each.

    `read` are the fields that the handler of each route asked for so far.
    """

    console: Console
    me: Staff
    browser: Visitor
    known: Known
    routes: list[Route]
    read: Mapping[Route, set[str]]
    forms: dict[Route, Form] = field(default_factory=dict)
    seen: list[tuple[str, Answer]] = field(default_factory=list)

    @property
    def town(self) -> Town:
        return self.console.town

    def posts(self) -> list[Route]:
        return [route for route in self.routes if route.method == "POST" and not route.path.endswith(DRAFT)]

    def told_of(self, answer: Answer, *sent: str) -> list[str]:
        """Return what an answer tells of what is not open to the walker, besides what they sent."""
        hidden = {SECRET, *self.known.restricted}.difference(sent)
        return [one for one in hidden if one in answer.text]

    async def look_around(self) -> None:
        """Open every page that is this person's, and keep its forms: of each the first that was shown."""
        for route in self.routes:
            kind = kind_in(route)
            if route.method == "GET":
                for identifier in self.known.pages[kind] if kind else [""]:
                    await self._look(path_of(route, identifier) + QUERIES.get(route.path, ""))

    async def _look(self, path: str) -> None:
        answer = await self.browser.get(path)
        self.seen.append((path, answer))
        for form in forms_of(answer.text):
            if form.method == "POST":
                route = self._route(form.action)
                if route is not None:
                    self.forms.setdefault(route, form)

    def _route(self, action: str) -> Route | None:
        def leads(route: Route) -> bool:
            return route.method == "POST" and bool(re.fullmatch(PARTS.sub("[^/]+", route.path), action))

        return next((route for route in self.routes if leads(route)), None)

    def filled(self, route: Route) -> dict[str, Any]:
        """Return a form filled in so that its deed is done."""
        sent: dict[str, Any] = {}
        for found in self.forms[route].fields.values():
            chosen = found.name.startswith(CHOSEN)
            if found.name != "token" and not (chosen and any(name.startswith(CHOSEN) for name in sent)):
                sent[found.name] = self._value(route, found)
        return sent

    def _value(self, route: Route, found: Field) -> str | Upload:
        kind = kind_of(route, found.name)
        if found.shape == "file":
            return Upload()
        if found.shape == "date":
            return "2026-12-24"
        if found.shape == "hidden" or (kind is None and found.shape not in TYPED):
            return next((value for value in found.offered if value), "")
        if kind is None:
            return SPECIAL.get((route.path, found.name), WORDS)
        if found.name.startswith(CHOSEN):
            return found.offered[0]
        own = self.known.own[kind]
        return next((value for value in found.offered if value.startswith(own)), [*found.offered, own][0])

    def astray(self, route: Route) -> Iterator[tuple[str, Why, str, dict[str, Any]]]:
        """Yield which identifier of a form leads astray, why, to what, and the form filled in so."""
        sent = self.filled(route)
        for name in [name for name in sent if kind_of(route, name) and (route.path, name) not in NOT_ASKED]:
            kind = kind_of(route, name)
            assert kind
            of_others = {other for other in sent if other != name and kind_of(route, other) is kind}
            left = {key: value for key, value in sent.items() if key not in of_others | {name}}
            for why, value in self.known.foreign[kind].items():
                if why is not Why.ELSEWHERE or kind_in(route) is Kind.CASE:
                    yield name, why, value, left | dict([_sent(name, value)])

    async def left_alone(self, before: whole.Rows, event_id: int, where: object) -> None:
        """Check that nothing changed, and that at most pages of one's own were opened."""
        changed = whole.changed(before, await whole.rows(self.town, *BYSTANDERS))
        assert changed == {}, (where, changed)
        for action, subject in await whole.events_since(self.town, event_id):
            assert action in LOOKS, (where, action)
            assert subject not in self.known.restricted, (where, action)


def _sent(name: str, value: str) -> tuple[str, str]:
    if name.startswith(CHOSEN):
        return CHOSEN + value, "yes"
    return name, f"{value}:1" if name == "pick" else value
