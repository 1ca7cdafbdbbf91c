"""What a case is about, as staff may correct it: kinds, urgency, place."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from store.domain.errors import Refusal
from store.domain.reference import HomeOfficeType, Priority, Profile, Restriction
from store.domain.triage import strictest

Facts = Mapping["Fact", str | None]


class Fact(StrEnum):
    """One thing to correct; the column of a case has the same name."""

    CATEGORY = "category"
    RECORD_TYPE = "record_type"
    HOME_OFFICE_TYPE = "home_office_type"
    PRIORITY = "priority"
    WARD = "ward"
    AREA = "area"


LABELS: Mapping[Fact, str] = MappingProxyType(
    {
        Fact.CATEGORY: "Category",
        Fact.RECORD_TYPE: "Type of record",
        Fact.HOME_OFFICE_TYPE: "Home Office type",
        Fact.PRIORITY: "Priority",
        Fact.WARD: "Ward",
        Fact.AREA: "Area",
    }
)
MAY_BE_UNKNOWN = frozenset({Fact.WARD, Fact.AREA})
NOT_KNOWN = "not known"


def options(profile: Profile, fact: Fact) -> Mapping[str, str]:
    """Return the codes that this fact can be, with what each is called."""
    match fact:
        case Fact.CATEGORY:
            return {category.code: category.label["en"] for category in profile.categories}
        case Fact.RECORD_TYPE:
            return {kind.code: kind.label for kind in profile.record_types}
        case Fact.HOME_OFFICE_TYPE:
            return {kind.value: kind.value.capitalize() for kind in HomeOfficeType}
        case Fact.PRIORITY:
            return {priority.value: priority.value for priority in Priority}
        case Fact.WARD:
            return {ward.code: ward.name for ward in profile.wards}
        case _:
            return {area.code: area.name for area in profile.areas}


def changed_facts(profile: Profile, now: Facts, wanted: Facts) -> dict[Fact, str | None]:
    """Return what of `wanted` differs from how it is now; empty words mean "not known".

    The area follows a new ward, unless another area is wanted too. Refusal: `case.unknown_code`
    (`what`), also for what must be known.
    """
    asked = {fact: value or None for fact, value in wanted.items() if (value or None) != now[fact]}
    for fact, value in asked.items():
        known = fact in MAY_BE_UNKNOWN if value is None else value in options(profile, fact)
        if not known:
            raise Refusal("case.unknown_code", what=LABELS[fact])
    ward = asked.get(Fact.WARD)
    area = next((one.area for one in profile.wards if one.code == ward), now[Fact.AREA])
    if Fact.AREA not in asked and area != now[Fact.AREA]:
        asked[Fact.AREA] = area
    return asked


def check_restricted_enough(profile: Profile, restriction: Restriction | None, changes: Facts) -> None:
    """Refuse (`case.must_be_restricted`) kinds that are kept restricted for a case that is not."""
    category, kind = changes.get(Fact.CATEGORY), changes.get(Fact.RECORD_TYPE)
    needed = strictest(
        *(one.restriction for one in profile.categories if one.code == category),
        *(one.restriction for one in profile.record_types if one.code == kind),
    )
    if strictest(restriction, needed) != restriction:
        raise Refusal("case.must_be_restricted")


def told_change(profile: Profile, now: Facts, changes: Facts) -> str:
    """Return the changes in plain words: `Priority: P3 → P1; Ward: not known → Eastcliff`."""
    return "; ".join(
        f"{LABELS[fact]}: {_called(profile, fact, now[fact])} → {_called(profile, fact, value)}"
        for fact, value in changes.items()
    )


def _called(profile: Profile, fact: Fact, value: str | None) -> str:
    return NOT_KNOWN if value is None else options(profile, fact).get(value, value)
