"""How a profile is laid out in versioned rows: one kind per noun, one code per entry."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from store.domain import reference as r
from store.domain.campaign_calendar import CalendarEntry
from store.domain.contact import Contact
from store.domain.cycle import CycleTask
from store.domain.response_template import ResponseTemplate
from store.domain.school import SchoolYear

KINDS: dict[str, type] = {
    "groups": r.CategoryGroup,
    "categories": r.Category,
    "record_types": r.RecordType,
    "partners": r.Partner,
    "contacts": Contact,
    "projects": r.Project,
    "areas": r.Area,
    "wards": r.Ward,
    "places": r.Place,
    "neighbours": r.Neighbour,
    "targets": r.Target,
    "safety_texts": r.SafetyText,
    "templates": ResponseTemplate,
    "cycle": CycleTask,
    "school_years": SchoolYear,
    "calendar": CalendarEntry,
}
"""The fields of a `Profile` that are lists of entries, with the type of an entry."""


DISTRICT, BANK_HOLIDAYS = "district", "bank_holidays"
"""Two more kinds, of one entry each."""


def code_of(entry: Any) -> str:
    """Return what names an entry among its kind."""
    for name in ("code", "name", "priority"):
        if hasattr(entry, name):
            return str(getattr(entry, name))
    raise TypeError(type(entry).__name__)


def laid_out(profile: r.Profile) -> dict[str, dict[str, dict[str, Any]]]:
    """Return every entry of a profile as plain JSON, by kind and code, in the profile's order."""
    days = [day.isoformat() for day in profile.bank_holidays]
    return {
        DISTRICT: {DISTRICT: plain(profile.district)},
        **{kind: {code_of(one): plain(one) for one in getattr(profile, kind)} for kind in KINDS},
        BANK_HOLIDAYS: {"england": {"days": days}},
    }


def plain(value: Any) -> Any:
    """Return a frozen value as plain JSON; fields that are empty are left out."""
    if is_dataclass(value) and not isinstance(value, type):
        found = {f.name: plain(getattr(value, f.name)) for f in fields(value)}
        return {name: part for name, part in found.items() if part not in (None, [], {})}
    if isinstance(value, tuple):
        return [plain(part) for part in value]
    if isinstance(value, date):
        return value.isoformat()
    return value
