"""The forms of a page, with their fields, as a browser would send them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from html.parser import HTMLParser

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
    """One form: where it goes, and its fields by name."""

    method: str
    action: str
    fields: dict[str, Field] = field(default_factory=dict)


def forms_of(page: str) -> list[Form]:
    """Return the forms of a page; a button that leads elsewhere makes the same form once more."""
    parser = _Parser()
    parser.feed(page)
    for form_id, found in parser.outside:
        _keep(parser.by_id[form_id], found)
    return parser.forms


def _keep(form: Form, found: Field) -> None:
    form.fields.setdefault(found.name, Field(found.name, found.shape)).offered.extend(found.offered)


class _Parser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.by_id: dict[str, Form] = {}
        self.outside: list[tuple[str, Field]] = []
        self._form: Form | None = None
        self._select = ""

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

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None

    def _found(self, given: dict[str, str], found: Field) -> None:
        if "form" in given:
            self.outside.append((given["form"], found))
        elif self._form is not None:
            _keep(self._form, found)
