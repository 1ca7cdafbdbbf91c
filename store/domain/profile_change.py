"""A later version of a profile against the reference data in force: what is new, changed, gone or kept.

An entry that was changed in the database since the profile last gave it is kept, unless it is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

Body = Mapping[str, Any]
NOTHING: Body = {}
RECORDED = frozenset(
    {"groups", "categories", "record_types", "partners", "areas", "wards", "targets", "safety_texts"}
)
"""Kinds that reports and cases name: an entry stays in force though the profile has it no longer."""


class Step(StrEnum):
    """What becomes of an entry."""

    NEW = "new"
    CHANGED = "changed"
    GONE = "no longer in the file"
    KEPT = "kept"
    STAYS = "stays"


@dataclass(frozen=True, slots=True)
class Row:
    """The newest version of an entry; `body` is None where it is no longer in force.

    `from_profile` says that a profile gave this version, `given` is the last body that one gave.
    """

    version: int
    body: Body | None
    from_profile: bool
    given: Body | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One entry that differs: its version and body in force (0 and None: none), and the profile's body."""

    kind: str
    code: str
    step: Step
    version: int
    before: Body | None
    after: Body | None

    @property
    def name(self) -> str:
        """Return what the entry is called when it is accepted by name."""
        return f"{self.kind}/{self.code}"

    def fields(self) -> tuple[tuple[str, str, str], ...]:
        """Return the fields that differ, each with the words before and after; empty where there are none."""
        before, after = dict(_flat("", self.before or NOTHING)), dict(_flat("", self.after or NOTHING))
        names = dict.fromkeys((*before, *after))
        pairs = ((name, before.get(name, ""), after.get(name, "")) for name in names)
        return tuple((name, old, new) for name, old, new in pairs if old != new)


def changes(kind: str, rows: Mapping[str, Row], wanted: Mapping[str, Body]) -> tuple[Change, ...]:
    """Return how one kind in force differs from what the profile wants, in the profile's order."""
    found = [_wanted(kind, code, rows.get(code), body) for code, body in wanted.items()]
    found += [_not_wanted(kind, code, row) for code, row in rows.items() if code not in wanted]
    return tuple(change for change in found if change is not None)


def _wanted(kind: str, code: str, row: Row | None, body: Body) -> Change | None:
    if row is None:
        return Change(kind, code, Step.NEW, 0, None, body)
    if body == row.body or (not row.from_profile and body == row.given):
        return None
    ours = Step.NEW if row.body is None else Step.CHANGED
    step = ours if row.from_profile else Step.KEPT
    return Change(kind, code, step, row.version, row.body, body)


def _not_wanted(kind: str, code: str, row: Row) -> Change | None:
    if row.body is None or row.given is None:  # an entry of the database's own is no matter of the profile
        return None
    step = Step.STAYS if kind in RECORDED else Step.GONE if row.from_profile else Step.KEPT
    return Change(kind, code, step, row.version, row.body, None)


def accepted(found: Iterable[Change], names: Iterable[str]) -> tuple[Change, ...]:
    """Return what is written: all but what is kept or stays, and what is kept if it or its kind is named."""
    named = frozenset(names)
    plain = {Step.NEW, Step.CHANGED, Step.GONE}
    return tuple(
        change
        for change in found
        if change.step in plain or (change.step is Step.KEPT and not named.isdisjoint(_names(change)))
    )


def unknown_names(found: Iterable[Change], names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that stand for nothing that is kept."""
    known = {name for change in found if change.step is Step.KEPT for name in _names(change)}
    return tuple(name for name in names if name not in known)


def reordered(in_force: Iterable[str], wanted: Iterable[str]) -> bool:
    """Tell whether entries that both have stand in another order."""
    ours, theirs = list(in_force), list(wanted)
    return [code for code in ours if code in theirs] != [code for code in theirs if code in ours]


def _names(change: Change) -> tuple[str, str]:
    return change.kind, change.name


def _flat(name: str, value: Any) -> list[tuple[str, str]]:
    """Return the leaves of a body by dotted names; entries of a list go by code, if they have one."""
    if isinstance(value, Mapping):
        parts = list(value.items())
    elif isinstance(value, list) and any(isinstance(part, Mapping | list) for part in value):
        parts = [(_code(part) or str(number), part) for number, part in enumerate(value, 1)]
    else:
        return [(name, _said(value))]
    return [leaf for key, part in parts for leaf in _flat(f"{name}.{key}" if name else str(key), part)]


def _code(part: Any) -> str | None:
    return part.get("code") if isinstance(part, Mapping) else None


def _said(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
