"""Checks that span entries: codes used twice, and names of groups, partners, areas that nobody defined."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from store.domain.campaign_calendar import CalendarEntry
from store.domain.campaign_pattern import checked, proposed
from store.domain.case import Outcome
from store.domain.cycle import LONGEST_LEAD_DAYS, CycleTask, is_day
from store.domain.errors import Refusal
from store.domain.reference import (
    LANGUAGES,
    MACHINE_DRAFTED,
    District,
    Neighbour,
    Place,
    Priority,
    RecordType,
    SafetyText,
    Target,
    Ward,
)
from store.domain.response_template import ResponseTemplate, unknown_placeholders
from store.domain.school import SchoolYear
from store.profile.spot import Found, Spot

LAST_HOUR = 23
NOTE_MAX_CHARACTERS = 500
OUTWARD = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?")
# The cards of the safety screen; without one of them somebody in danger could be left without an answer.
SAFETY_CARDS = (
    "emergency",
    "suicide_selfharm",
    "domestic_abuse",
    "child_at_risk",
    "adult_at_risk",
    "missing_person",
    "hate_crime",
    "modern_slavery",
    "radicalisation",
    "crime_not_asb",
    "child_writes",
    "sexual_assault",
    "footer",
    MACHINE_DRAFTED,
)


def unique(entries: Sequence[Found[Any]], field: str = "code") -> set[str]:
    """Return the values of `field`; `ProfileError` at the second entry that has the same."""
    seen: dict[str, Spot] = {}
    for entry in entries:
        value = str(getattr(entry.value, field))
        if value in seen:
            raise entry.spot.into(field).error(f"{value!r} is used twice, first in {seen[value].file}")
        seen[value] = entry.spot
    return set(seen)


def known(value: str, allowed: Collection[str], what: str, at: Spot) -> None:
    """Refuse a code that nobody defined."""
    if value not in allowed:
        raise at.error(f"there is no {what} {value!r}")


def check_wards(wards: Sequence[Found[Ward]], areas: Collection[str]) -> None:
    """Every ward lies in a known area and ends after it begins; a code may come again in a later set."""
    for ward in wards:
        known(ward.value.area, areas, "area", ward.spot.into("area"))
        if ward.value.valid_to is not None and ward.value.valid_to < ward.value.valid_from:
            raise ward.spot.into("valid_to").error("is before valid_from")


def check_places(places: Sequence[Found[Place]]) -> None:
    """A place has both coordinates or, known by name only, neither; then it may lie near one that has."""
    unique(places, "name")
    known = {place.value.name for place in places if place.value.lat is not None}
    for place in places:
        if (place.value.lat is None) != (place.value.lon is None):
            raise place.spot.into("lat").error("needs lat and lon together, or neither")
        near = place.value.near
        if near is not None and (near not in known or place.value.lat is not None):
            raise place.spot.into("near").error("is for a place without a point, and names one that has it")


def check_neighbours(neighbours: Sequence[Found[Neighbour]]) -> None:
    """A postcode district is written as it is in a postcode, and belongs to one neighbour."""
    unique(neighbours, "name")
    seen: set[str] = set()
    for neighbour in neighbours:
        for code in neighbour.value.outward:
            if not OUTWARD.fullmatch(code):
                raise neighbour.spot.into("outward").error(f"{code!r} is no postcode district, as CT1 is")
            if code in seen:
                raise neighbour.spot.into("outward").error(f"{code!r} is used twice")
            seen.add(code)


def check_targets(targets: Sequence[Found[Target]]) -> None:
    """There is one target for each priority, and no clock of less than a day."""
    have = unique(targets, "priority")
    for priority in Priority:
        if priority not in have:
            raise Spot("targets.toml").error(f"has no target for {priority}")
    for target in targets:
        for field in ("first_contact_days", "update_days"):
            if getattr(target.value, field) < 1:
                raise target.spot.into(field).error("is less than one working day")


def check_safety(texts: Sequence[Found[SafetyText]]) -> None:
    """Every card that the safety screen may show exists; a confirmed language is one of ours."""
    have = unique(texts)
    for code in SAFETY_CARDS:
        if code not in have:
            raise Spot("safety_texts").error(f"has no card {code!r}")
    for text in texts:
        for language in text.value.confirmed:
            known(language, LANGUAGES, "language", text.spot.into("confirmed"))


def check_templates(templates: Sequence[Found[ResponseTemplate]], categories: Collection[str]) -> None:
    """A template is for categories, groups and outcomes that exist, and its places can be filled."""
    unique(templates)
    for template in templates:
        for code in template.value.categories:
            known(code, categories, "category or group", template.spot.into("categories"))
        for outcome in template.value.outcomes:
            known(outcome, set(Outcome), "outcome", template.spot.into("outcomes"))
        for language, said in template.value.text.items():
            for name in sorted(unknown_placeholders(said)):
                raise (
                    template.spot.into("text")
                    .into(language)
                    .error(f"{{{name}}} is nothing that can be filled")
                )


def check_cycle(tasks: Sequence[Found[CycleTask]]) -> None:
    """A task of the plan's year begins and ends on days that every year has, and is told before it begins."""
    unique(tasks)
    for task in tasks:
        for field in ("begins", "ends"):
            if not is_day(getattr(task.value, field)):
                raise task.spot.into(field).error("is no day of every year, as 01-31 is")
        if not 0 <= task.value.lead_days <= LONGEST_LEAD_DAYS:
            raise task.spot.into("lead_days").error(f"is not from 0 to {LONGEST_LEAD_DAYS}")


def reportable(record_types: Sequence[Found[RecordType]]) -> set[str]:
    """Return the codes of record types that a resident's report may become."""
    unique(record_types)
    return {entry.value.code for entry in record_types if not entry.value.staff_only}


def check_school_years(years: Sequence[Found[SchoolYear]]) -> None:
    """Refuse school years without terms, and terms that end before they begin or come out of order."""
    unique(years)
    over = date.min
    for year in years:
        at = year.spot.into("terms")
        if not year.value.terms:
            raise at.error("is empty")
        for term in year.value.terms:
            if not over < term.first <= term.last:
                raise at.error(f"{term.first} to {term.last} does not follow what stands before it")
            over = term.last


def check_calendar(entries: Sequence[Found[CalendarEntry]], district: District) -> None:
    """Refuse entries of the calendar of which no recurring campaign can be made."""
    unique(entries)
    for entry in entries:
        if not 0 <= entry.value.hour <= LAST_HOUR:
            raise entry.spot.into("hour").error(f"{entry.value.hour} is no hour of a day")
        if len(entry.value.told) > NOTE_MAX_CHARACTERS:
            raise entry.spot.into("note").error("is too long, with what it serves in the plan")
        try:
            checked(proposed(entry.value), district)
        except Refusal as refusal:
            said = f"cannot be a recurring campaign: {refusal.key} {refusal.values}"
            raise entry.spot.error(said) from refusal
