"""The forms of a page, with their fields, as a browser would send them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from typing import Any

TYPED = frozenset({"text", "search", "date", "textarea"})
_NO_FIELDS = frozenset({"submit", "button", "reset"})


@dataclass(slots=True)
class Field:
    """One field: how it is filled in, and what it offers (of a hidden one, what it holds)."""

    name: str
    shape: str
    offered: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Form:
    """One form: where it goes, its fields by name, and what it sends where nobody touches it."""

    method: str
    action: str
    fields: dict[str, Field] = field(default_factory=dict)
    held: dict[str, str] = field(default_factory=dict)


def forms_of(page: str) -> list[Form]:
    """Return the forms of a page; a button that leads elsewhere makes the same form once more."""
    parser = _Parser()
    parser.feed(page)
    for form_id, found in parser.outside:
        _keep(parser.by_id[form_id], found)
    return parser.forms


def form_of(page: str, action: str, /, **holding: str) -> dict[str, Any]:
    """Return what the form that goes to `action`, and holds these values, sends where nobody touches it."""
    found = [form.held for form in forms_of(page) if form.action == action]
    fitting = [held for held in found if held.items() >= holding.items()]
    assert fitting, f"no form goes to {action} with {holding}: {found}"
    return dict(fitting[0])


def _keep(form: Form, found: Field) -> None:
    form.fields.setdefault(found.name, Field(found.name, found.shape)).offered.extend(found.offered)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.by_id: dict[str, Form] = {}
        self.outside: list[tuple[str, Field]] = []
        self._form: Form | None = None
        self._select = self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        match tag:
            case "form":
                self._form = Form(given.get("method", "get").upper(), given.get("action", ""))
                self.forms.append(self._form)
                self.by_id[given.get("id", "")] = self._form
            case "button" if self._form and "formaction" in given:
                self.forms.append(replace(self._form, action=given["formaction"]))
            case "select":
                self._select = given["name"]
                self._found(given, Field(given["name"], "select"))
            case "option" if given.get("value"):
                self._found(given, Field(self._select, "select", [given["value"]]))
            case "input" | "textarea" if given.get("type") not in _NO_FIELDS and "name" in given:
                shape = given.get("type", "text") if tag == "input" else tag
                offered = [] if shape in TYPED else [given.get("value", "")]
                self._found(given, Field(given["name"], shape, offered))
        if self._form is not None:
            self._hold(tag, given, self._form.held)

    def handle_data(self, data: str) -> None:
        if self._form is not None and self._area:
            self._form.held[self._area] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "textarea":
            self._area = ""

    def _hold(self, tag: str, given: dict[str, str], held: dict[str, str]) -> None:
        ticked = given.get("type") not in {"radio", "checkbox"} or "checked" in given
        match tag:
            case "input" if ticked and "name" in given:
                held[given["name"]] = given.get("value", "")
            case "textarea":
                self._area = given["name"]
                held[self._area] = ""
            case "option" if "selected" in given or self._select not in held:
                held[self._select] = given.get("value", "")

    def _found(self, given: dict[str, str], found: Field) -> None:
        if "form" in given:
            self.outside.append((given["form"], found))
        elif self._form is not None:
            _keep(self._form, found)
