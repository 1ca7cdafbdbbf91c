"""Which reports or cases somebody wants to see: a filter, parsed from a query and written back to one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from store.domain.case import CaseState
from store.domain.clock import LONDON
from store.domain.errors import Refusal
from store.domain.outline import Box
from store.domain.place import MAX_LATITUDE, MAX_LONGITUDE
from store.domain.reference import LANGUAGES, Priority, Profile
from store.domain.report import ReportState, Source

ME = "me"
NOBODY = "nobody"
TEXT_MAX_CHARACTERS = 200
CODE_MAX_CHARACTERS = 64


class Kind(StrEnum):
    """What is listed."""

    REPORTS = "reports"
    CASES = "cases"


class TargetMark(StrEnum):
    """How a record stands to its target; paused ones stand to it in no way."""

    DUE = "due"
    DUE_SOON = "due_soon"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Filter:
    """Everything that narrows a list; what is empty narrows nothing, the rest must hold together.

    `category` is a code or a whole group. `officer` is `ME`, `NOBODY` or an id. `received_from` and
    `received_to` are London days, both included. `box` is an area of the map, in degrees; `no_point`
    lets through what lies nowhere on it.
    """

    kind: Kind
    states: tuple[str, ...] = ()
    priorities: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    category: str = ""
    ward: str = ""
    officer: str = ""
    partner: str = ""
    target: TargetMark | None = None
    received_from: date | None = None
    received_to: date | None = None
    record_type: str = ""
    source: str = ""
    language: str = ""
    tag: str = ""
    unread: bool = False
    never_contacted: bool = False
    legal_hold: bool = False
    review_due: bool = False
    text: str = ""
    box: Box | None = None
    no_point: bool = False

    @property
    def is_queue(self) -> bool:
        """Whether this is a list to triage from: the most urgent first, then the oldest."""
        return self.kind is Kind.REPORTS and self.states == (ReportState.WAITING.value,) and not self.text


KEYS: Mapping[str, str] = MappingProxyType(
    {
        "states": "state",
        "priorities": "priority",
        "areas": "area",
        "category": "category",
        "ward": "ward",
        "officer": "officer",
        "partner": "partner",
        "target": "target",
        "received_from": "from",
        "received_to": "to",
        "record_type": "type",
        "source": "source",
        "language": "language",
        "tag": "tag",
        "unread": "unread",
        "never_contacted": "uncontacted",
        "legal_hold": "hold",
        "review_due": "review",
        "text": "q",
        "box": "box",
        "no_point": "unplaced",
    }
)
"""The field of a filter, and its name in a query."""
ONLY: Mapping[str, Kind] = MappingProxyType(
    {
        "source": Kind.REPORTS,
        "language": Kind.REPORTS,
        "tag": Kind.CASES,
        "legal_hold": Kind.CASES,
        "review_due": Kind.CASES,
    }
)
"""Fields that one kind of list alone has."""
VIEW = "view"
ALL = "all"
MINE = "mine"
_STATES = {Kind.REPORTS: tuple(ReportState), Kind.CASES: tuple(CaseState)}


def parse(kind: Kind, pairs: Iterable[tuple[str, str]]) -> Filter:
    """Return the filter that a query asks for; reports without any are those that wait.

    A `view` is a short way to say: `all`, `mine`, or a state. Refusal: `finding.bad_value` (`field`,
    `value`) for a value that means nothing.
    """
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        if value.strip():
            given.setdefault(name, []).append(value.strip())
    read = {
        field: _READ[field](kind, KEYS[field], given[KEYS[field]])
        for field in _fields(kind)
        if KEYS[field] in given
    }
    return _viewed(kind, read, given.get(VIEW, [""])[-1])


def _viewed(kind: Kind, read: dict[str, Any], view: str) -> Filter:
    wanted = Filter(kind, **read)
    if view == MINE:
        return replace(wanted, officer=ME)
    if view in _STATES[kind]:
        return replace(wanted, states=(view,))
    if kind is Kind.REPORTS and not read and view != ALL:
        return replace(wanted, states=(ReportState.WAITING.value,))
    return wanted


def _fields(kind: Kind) -> list[str]:
    return [field for field in KEYS if ONLY.get(field, kind) is kind]


def pairs_of(wanted: Filter) -> list[tuple[str, str]]:
    """Return the query that `parse` reads to the same filter."""
    pairs = [(KEYS[field], text) for field in KEYS for text in _written(getattr(wanted, field))]
    return pairs or ([(VIEW, ALL)] if wanted.kind is Kind.REPORTS else [])


def _written(value: object) -> list[str]:
    match value:
        case tuple() if value and isinstance(value[0], float):
            return [",".join(f"{degrees:.6f}" for degrees in value)]
        case tuple():
            return [str(each) for each in value]
        case bool():
            return ["1"] if value else []
        case date():
            return [value.isoformat()]
        case _:
            return [str(value)] if value else []


def without(wanted: Filter, field: str, value: str | None = None) -> Filter:
    """Return the filter with one narrowing less: the whole field, or one `value` of several."""
    kept: Any = next(each.default for each in fields(Filter) if each.name == field)
    if value is not None:
        kept = tuple(each for each in getattr(wanted, field) if each != value)
    return replace(wanted, **{field: kept})


def as_kind(wanted: Filter, kind: Kind) -> Filter:
    """Return the same wish for the other kind of list: what that kind does not have is dropped."""
    other = replace(wanted, kind=kind, states=())
    for field in set(ONLY) - set(_fields(kind)):
        other = without(other, field)
    return other


def partner_categories(profile: Profile, partner: str) -> tuple[str, ...]:
    """Return the categories that this partner leads or works with."""
    return tuple(c.code for c in profile.categories if partner == c.lead or partner in c.partners)


def day_begins(day: date) -> datetime:
    """Return the instant (UTC) at which a London day begins."""
    return datetime.combine(day, time(), LONDON).astimezone(UTC)


def day_ends(day: date) -> datetime:
    """Return the instant (UTC) at which the day after begins; it is no longer part of this one."""
    return day_begins(day + timedelta(days=1))


def _bad(key: str, value: str) -> Refusal:
    return Refusal("finding.bad_value", field=key, value=value[:CODE_MAX_CHARACTERS])


def _several(allowed: Callable[[Kind], Iterable[str]] | None) -> Callable[[Kind, str, list[str]], Any]:
    def read(kind: Kind, key: str, values: list[str]) -> tuple[str, ...]:
        known = None if allowed is None else {str(each) for each in allowed(kind)}
        for value in values:
            if len(value) > CODE_MAX_CHARACTERS or (known is not None and value not in known):
                raise _bad(key, value)
        return tuple(dict.fromkeys(values))

    return read


def _one(allowed: Iterable[str] | None = None) -> Callable[[Kind, str, list[str]], Any]:
    several = _several(None if allowed is None else lambda _kind: allowed)

    def read(kind: Kind, key: str, values: list[str]) -> str:
        return str(several(kind, key, values[-1:])[0])

    return read


def _yes(_kind: Kind, key: str, values: list[str]) -> bool:
    if values[-1] != "1":
        raise _bad(key, values[-1])
    return True


def _day(_kind: Kind, key: str, values: list[str]) -> date:
    try:
        found = date.fromisoformat(values[-1])
    except ValueError:
        raise _bad(key, values[-1]) from None
    if not date.min < found < date.max:
        raise _bad(key, values[-1])
    return found


def _mark(_kind: Kind, key: str, values: list[str]) -> TargetMark:
    if values[-1] not in set(TargetMark):
        raise _bad(key, values[-1])
    return TargetMark(values[-1])


def _words(_kind: Kind, key: str, values: list[str]) -> str:
    if len(values[-1]) > TEXT_MAX_CHARACTERS or "\0" in values[-1]:
        raise _bad(key, values[-1].replace("\0", ""))
    return " ".join(values[-1].split())


def _box(_kind: Kind, key: str, values: list[str]) -> Box:
    try:
        west, south, east, north = (float(part) for part in values[-1].split(","))
    except ValueError:
        raise _bad(key, values[-1]) from None
    # Written so that "not a number" is caught too.
    if not (
        -MAX_LONGITUDE <= west <= east <= MAX_LONGITUDE and -MAX_LATITUDE <= south <= north <= MAX_LATITUDE
    ):
        raise _bad(key, values[-1])
    return west, south, east, north


_READ: Mapping[str, Callable[[Kind, str, list[str]], Any]] = MappingProxyType(
    {
        "states": _several(_STATES.__getitem__),
        "priorities": _several(lambda _kind: Priority),
        "areas": _several(None),
        **dict.fromkeys(("category", "ward", "officer", "partner", "record_type"), _one()),
        "tag": lambda kind, key, values: _one()(kind, key, values).lower(),
        "source": _one(tuple(Source)),
        "language": _one(LANGUAGES),
        "target": _mark,
        **dict.fromkeys(("received_from", "received_to"), _day),
        **dict.fromkeys(("unread", "never_contacted", "legal_hold", "review_due", "no_point"), _yes),
        "text": _words,
        "box": _box,
    }
)
