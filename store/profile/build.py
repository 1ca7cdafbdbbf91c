"""Turns tables of TOML into frozen reference types by their type hints, refusing all that does not fit."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from store.domain.reference import LANGUAGES
from store.profile.spot import Spot

T = TypeVar("T")
NAMES = {str: "text", int: "a whole number", float: "a number", bool: "true or false", date: "a date"}


@cache
def _shape(cls: Any) -> dict[str, tuple[Any, bool]]:
    """Return the type of each field and whether an entry must carry it."""
    hints = get_type_hints(cls)
    required = {f.name for f in fields(cls) if f.default is MISSING and f.default_factory is MISSING}
    return {name: (hint, name in required) for name, hint in hints.items()}


def build(cls: type[T], raw: object, at: Spot) -> T:
    """Return `raw` as a `cls`; `ProfileError` on an unknown, missing or ill-typed field."""
    if not isinstance(raw, dict):
        raise at.error("is not a table")
    shape = _shape(cast(Hashable, cls))
    for name in raw:
        if name not in shape:
            raise at.into(name).error(f"is not a field here; the fields are {', '.join(shape)}")
    for name, (_, required) in shape.items():
        if required and name not in raw:
            raise at.into(name).error("is missing")
    return cls(**{name: _convert(shape[name][0], value, at.into(name)) for name, value in raw.items()})


def _convert(kind: Any, value: object, at: Spot) -> object:
    origin = get_origin(kind)
    if origin is UnionType:
        kind = next(part for part in get_args(kind) if part is not NoneType)
        return _convert(kind, value, at)
    if origin is tuple:
        return _tuple(get_args(kind), value, at)
    if origin is Mapping:
        return _text(value, at)
    if is_dataclass(kind):
        return build(cast(type, kind), value, at)
    if issubclass(kind, StrEnum):
        return _enum(kind, value, at)
    return _plain(kind, value, at)


def _tuple(kinds: tuple[Any, ...], value: object, at: Spot) -> tuple[object, ...]:
    if not isinstance(value, list):
        raise at.error("is not a list")
    if Ellipsis in kinds:
        spots = [at.into(entry_name(item, number)) for number, item in enumerate(value, 1)]
        return tuple(_convert(kinds[0], item, spot) for item, spot in zip(value, spots, strict=True))
    if len(value) != len(kinds):
        raise at.error(f"needs exactly {len(kinds)} values")
    return tuple(_convert(kind, item, at) for kind, item in zip(kinds, value, strict=True))


def entry_name(item: object, number: int) -> str:
    """Return what to call an entry in an error: what it calls itself, else its number from one."""
    if isinstance(item, dict):
        for key in ("code", "name", "priority", "year"):
            if isinstance(item.get(key), str | int):
                return str(item[key])
    return f"entry {number}"


def _text(value: object, at: Spot) -> Mapping[str, str]:
    """Return words in every language: a half-translated profile would surprise a resident, not its editor."""
    if not isinstance(value, dict):
        raise at.error("needs words by language, as in { en = ... }")
    for language, said in value.items():
        if language not in LANGUAGES:
            raise at.into(language).error(f"is not a language here; they are {', '.join(LANGUAGES)}")
        if not isinstance(said, str) or not said.strip():
            raise at.into(language).error("is empty")
    missing = [language for language in LANGUAGES if language not in value]
    if missing:
        raise at.error(f"has no words in {', '.join(missing)}")
    return value


def _enum(kind: type[StrEnum], value: object, at: Spot) -> StrEnum:
    allowed = {member.value: member for member in kind}
    if not isinstance(value, str) or value not in allowed:
        raise at.error(f"{value!r} is none of {', '.join(allowed)}")
    return allowed[value]


def _plain(kind: type, value: object, at: Spot) -> object:
    if kind is float and type(value) is int:
        return float(value)
    if kind is date and isinstance(value, str):
        return _day(value, at)
    if not isinstance(value, kind) or (isinstance(value, bool | datetime) and kind is not bool):
        raise at.error(f"{value!r} is not {NAMES.get(kind, kind.__name__)}")
    if value == "":
        raise at.error("is empty")
    return value


def _day(value: str, at: Spot) -> date:
    """Return the date that its ISO text names: rows keep dates as text."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise at.error(f"{value!r} is not a date") from None
