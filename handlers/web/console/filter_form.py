"""A filter as people see it: the fields of a form, and what is on in words, each to be taken off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from handlers.web import labels
from store.domain import case, report
from store.domain.finding import (
    KEYS,
    ME,
    NOBODY,
    ONLY,
    Filter,
    Kind,
    TargetMark,
    pairs_of,
    without,
)
from store.domain.reference import Priority, Profile
from store.domain.saved_view import Colleague

Option = tuple[str, str]
TARGETS = {
    TargetMark.DUE: "Due",
    TargetMark.DUE_SOON: "Due soon: today or the next working day",
    TargetMark.MISSED: "Missed",
}
YES = {
    "unread": "Unread answer",
    "never_contacted": "Never contacted",
    "legal_hold": "Legal hold",
    "review_due": "Review due",
    "no_point": "No point on the map",
}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form: `shape` is checks, select, date, yes or text; `chosen` what is on.

    `groups` are options under a heading, which is empty where there is none.
    """

    name: str
    label: str
    shape: str
    groups: Sequence[tuple[str, Sequence[Option]]] = ()
    chosen: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The field's name in the query."""
        return KEYS[self.name]

    def words(self, value: str) -> str:
        """Return what a chosen value is called."""
        return next((text for _, options in self.groups for code, text in options if code == value), value)


@dataclass(frozen=True, slots=True)
class Chip:
    """One narrowing that is on, in words, and the query without it."""

    text: str
    query: str


def query_of(wanted: Filter) -> str:
    """Return the filter as the query of an address."""
    return urlencode(pairs_of(wanted))


def fields_of(wanted: Filter, profile: Profile, colleagues: Iterable[Colleague]) -> list[Field]:
    """Return the form's fields for this kind of list, in their order."""
    names = STATE_LABELS[wanted.kind]
    officers = [(ME, "Me"), (NOBODY, "Nobody"), *((each.id, each.name) for each in colleagues)]
    wards = {ward.code: ward.name for ward in profile.wards}
    flat: list[tuple[str, str, str, Sequence[Option]]] = [
        ("text", "Words or a reference", "text", ()),
        ("states", "Status", "checks", list(names.items())),
        ("priorities", "Priority", "checks", [(each.value, each.value) for each in Priority]),
        ("areas", "Area", "checks", [(area.code, area.name) for area in profile.areas]),
        ("category", "Category", "select", ()),
        ("ward", "Ward", "select", sorted(wards.items(), key=lambda item: item[1])),
        ("officer", "With", "select", officers),
        ("partner", "Partner", "select", [(each.code, each.name) for each in profile.partners]),
        ("target", "Target", "select", [(mark.value, text) for mark, text in TARGETS.items()]),
        ("record_type", "Record type", "select", [(each.code, each.label) for each in profile.record_types]),
        ("source", "Source", "select", [(source.value, text) for source, text in labels.SOURCES.items()]),
        ("language", "Language", "select", list(labels.LANGUAGES.items())),
        ("tag", "Tag", "text", ()),
        ("received_from", "Received from", "date", ()),
        ("received_to", "Received up to", "date", ()),
        *((name, text, "yes", [("1", "Yes")]) for name, text in YES.items()),
    ]
    return [
        _field(wanted, name, label, shape, _grouped(profile, name, options))
        for name, label, shape, options in flat
        if ONLY.get(name, wanted.kind) is wanted.kind
    ]


def chips_of(wanted: Filter, fields: Iterable[Field]) -> list[Chip]:
    """Return what is on, in words."""
    chips = []
    for field in fields:
        several = isinstance(getattr(wanted, field.name), tuple)
        for value in field.chosen:
            left = without(wanted, field.name, value if several else None)
            chips.append(Chip(_said(field, value), query_of(left)))
    if wanted.box:
        chips.append(Chip("Part of the map", query_of(without(wanted, "box"))))
    return chips


STATE_LABELS: dict[Kind, dict[str, str]] = {
    Kind.REPORTS: {state.value: text for state, text in report.STATE_LABELS.items()},
    Kind.CASES: {state.value: text for state, text in case.STATE_LABELS.items()},
}


def _field(
    wanted: Filter, name: str, label: str, shape: str, groups: Sequence[tuple[str, Sequence[Option]]]
) -> Field:
    chosen = tuple(value for key, value in pairs_of(wanted) if key == KEYS[name])
    known = {code for _, options in groups for code, _ in options}
    if shape in {"checks", "select"}:
        # What was retired since is still a filter that somebody may have saved.
        gone = [(value, value) for value in chosen if value not in known]
        groups = [*groups, ("", gone)] if gone else groups
    return Field(name, label, shape, groups, chosen)


def _grouped(
    profile: Profile, name: str, options: Sequence[Option]
) -> Sequence[tuple[str, Sequence[Option]]]:
    if name != "category":
        return [("", options)] if options else []
    heads = {group.code: group.label["en"] for group in profile.groups}
    grouped: dict[str, list[Option]] = {}
    for each in profile.categories:
        head = heads.get(each.group, each.group)
        whole = (each.group, f"{head}: all of it")
        grouped.setdefault(head, [whole]).append((each.code, each.label["en"]))
    return list(grouped.items())


def _said(field: Field, value: str) -> str:
    if field.shape == "yes":
        return field.label
    if field.name == "text":
        return f"Words: {value}"
    if field.shape == "date":
        day = date.fromisoformat(value)
        return f"{field.label} {day.day} {day:%B %Y}"
    return f"{field.label}: {field.words(value)}"
