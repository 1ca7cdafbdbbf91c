"""The catalogues, and where the program uses their keys."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from functools import cache
from itertools import chain
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from handlers.chat.staff.refusals import SENTENCES as IN_STAFF_CHAT
from handlers.web.wording import SENTENCES as IN_CONSOLE
from store.domain.reference import LANGUAGES
from tests.contracts.project import ROOT, modules, texts

FORMS = {"en": 2, "pl": 3, "ro": 3, "cs": 3, "sk": 3, "uk": 3}  # gettext's plural forms for whole numbers
_KEY = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z0-9_]+)+")
_SAID_IN_TEMPLATE = re.compile(r'\breader\.(?:say|many)\("([a-z0-9_.]+)"(?! ~)')
_WORDED_BY = {"say", "say_many", "translated"}
_REFUSALS = {"Refusal"}


@cache
def catalogue(language: str) -> Catalog:
    with (ROOT / f"notifications/wording/{language}.po").open("rb") as file:
        return read_po(file, locale=language)


def messages(language: str) -> dict[str, Message]:
    return {_key(message): message for message in catalogue(language) if message.id}


def forms(message: Message) -> tuple[str, ...]:
    """A message's sentences: one, or one per plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def placeholders(message: Message) -> set[str]:
    return set(chain.from_iterable(re.findall(r"\{(\w+)", form) for form in forms(message)))


def other_languages() -> list[str]:
    return [language for language in LANGUAGES if language != "en"]


def asked_keys() -> dict[str, str]:
    """Each key that is handed to a refusal or to the wording, here or in a template, with one place."""
    in_templates = {
        key: str(path)
        for path, text in texts().items()
        if path.suffix == ".html" and path.parts[0] == "handlers"
        for key in _SAID_IN_TEMPLATE.findall(text)
    }
    return _keys_given_to(_WORDED_BY | _refusals(), modules()) | in_templates


def refused_keys(within: Mapping[Path, ast.Module]) -> dict[str, str]:
    """Each key that these modules refuse with, with one place that does."""
    return _keys_given_to(_refusals(), within)


def _keys_given_to(names: Collection[str], within: Mapping[Path, ast.Module]) -> dict[str, str]:
    return {
        key: f"{path}:{call.lineno}"
        for path, tree in within.items()
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and _name(call.func) in names
        for key in _keys_in(call)
    }


def staff_words() -> set[str]:
    """Keys of refusals that the console and staff chat word in plain English."""
    return {*IN_CONSOLE, *IN_STAFF_CHAT}


def used(key: str) -> bool:
    """Whether the program names the key, whole or as a pattern (`f"state.{state}"`)."""
    literals, patterns = _mentions()
    return key in literals or any(re.fullmatch(pattern, key) for pattern in patterns)


@cache
def _mentions() -> tuple[frozenset[str], frozenset[str]]:
    literals: set[str] = set()
    patterns: set[str] = set()
    for node in chain.from_iterable(ast.walk(tree) for tree in modules().values()):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            literals.add(node.value)
        elif isinstance(node, ast.JoinedStr) and re.match(r"[a-z_]+\.", _pattern(node).replace("\\", "")):
            patterns.add(_pattern(node))
    for path, text in texts().items():
        if path.suffix in {".html", ".toml"} and path.parts[0] in {"handlers", "store"}:
            literals.update(_KEY.findall(text))
    return frozenset(literals), frozenset(patterns)


def _pattern(node: ast.JoinedStr) -> str:
    return "".join(
        re.escape(part.value)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
        else r"[a-z0-9_]+"
        for part in node.values
    )


def _keys_in(call: ast.Call) -> Iterator[str]:
    for argument in call.args[:2]:
        words = argument.value if isinstance(argument, ast.Constant) else None
        if isinstance(words, str) and _KEY.fullmatch(words):
            yield words


@cache
def _refusals() -> frozenset[str]:
    """`Refusal` and every class below it."""
    known = set(_REFUSALS)
    classes = [
        node for tree in modules().values() for node in ast.walk(tree) if isinstance(node, ast.ClassDef)
    ]
    for _round in range(3):
        known |= {found.name for found in classes if {_name(base) for base in found.bases} & known}
    return frozenset(known)


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]
