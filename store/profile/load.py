"""Loads a profile folder into one frozen `Profile`, or says in one sentence what is wrong with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from store.domain.campaign_calendar import CalendarEntry
from store.domain.contact import Contact
from store.domain.cycle import CycleTask
from store.domain.reference import (
    Area,
    Category,
    CategoryGroup,
    District,
    Neighbour,
    Partner,
    Place,
    Profile,
    Project,
    RecordType,
    SafetyText,
    Target,
    Ward,
)
from store.domain.response_template import ResponseTemplate
from store.domain.school import SchoolYear
from store.profile.check import (
    check_calendar,
    check_cycle,
    check_neighbours,
    check_places,
    check_safety,
    check_school_years,
    check_targets,
    check_templates,
    check_wards,
    reportable,
    unique,
)
from store.profile.check_categories import Names, check_categories, check_groups
from store.profile.read import read_entries, read_one, read_postcodes
from store.profile.spot import Found, Spot

T = TypeVar("T")
SHIPPED = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """The bank holidays of one year, as their file lists them."""

    year: int
    days: tuple[date, ...]


def load(folder: Path | str) -> Profile:
    """Return the profile of this folder; a bare name such as `thanet` is one that comes with the program.

    `ProfileError` names the file, the entry and the field of the first thing that is wrong.
    """
    root = _root(folder)
    groups = read_entries(root, "groups", CategoryGroup)
    record_types = read_entries(root, "record_types", RecordType)
    partners = read_entries(root, "partners", Partner)
    categories = read_entries(root, "categories", Category)
    safety_texts = read_entries(root, "safety_texts", SafetyText)
    check_safety(safety_texts)
    known = check_groups(groups), unique(partners), reportable(record_types), unique(safety_texts)
    check_categories(categories, Names(*known))
    areas, wards = read_entries(root, "areas", Area), read_entries(root, "wards", Ward)
    check_wards(wards, unique(areas))
    places = read_entries(root, "places", Place)
    check_places(places)
    neighbours = read_entries(root, "neighbours", Neighbour)
    check_neighbours(neighbours)
    targets = read_entries(root, "targets", Target)
    check_targets(targets)
    district = read_one(root, "district", District)
    return Profile(
        district=district,
        groups=_values(groups),
        categories=_values(categories),
        record_types=_values(record_types),
        partners=_values(partners),
        contacts=_coded(root, "contacts", Contact),
        projects=_coded(root, "projects", Project),
        areas=_values(areas),
        wards=_values(wards),
        places=_values(places),
        neighbours=_values(neighbours),
        targets=_values(targets),
        safety_texts=_values(safety_texts),
        bank_holidays=_bank_holidays(root),
        templates=_templates(root, {category.value.code for category in categories}, unique(groups)),
        cycle=_cycle(root),
        postcodes=read_postcodes(root),
        school_years=_school_years(root),
        calendar=_calendar(root, district),
    )


def _root(folder: Path | str) -> Path:
    shipped = SHIPPED / folder
    root = shipped if isinstance(folder, str) and folder and shipped.is_dir() else Path(folder)
    if not root.is_dir():
        raise Spot(str(folder)).error("no such profile: give a folder, or the name of a shipped one")
    return root


def _values(entries: Sequence[Found[T]]) -> tuple[T, ...]:
    return tuple(entry.value for entry in entries)


def _coded(root: Path, noun: str, cls: type[T]) -> tuple[T, ...]:
    entries = read_entries(root, noun, cls)
    unique(entries)
    return _values(entries)


def _templates(root: Path, categories: set[str], groups: set[str]) -> tuple[ResponseTemplate, ...]:
    """Return the response templates; a profile may have none."""
    if not (root / "templates.toml").exists():
        return ()
    templates = read_entries(root, "templates", ResponseTemplate)
    check_templates(templates, categories | groups)
    return _values(templates)


def _cycle(root: Path) -> tuple[CycleTask, ...]:
    """Return what the plan asks for each year; a profile may ask for nothing."""
    if not (root / "cycle.toml").exists():
        return ()
    tasks = read_entries(root, "cycle", CycleTask)
    check_cycle(tasks)
    return _values(tasks)


def _school_years(root: Path) -> tuple[SchoolYear, ...]:
    """Return the school years; a profile may have none."""
    if not (root / "school_years.toml").exists():
        return ()
    years = read_entries(root, "school_years", SchoolYear)
    check_school_years(years)
    return _values(years)


def _calendar(root: Path, district: District) -> tuple[CalendarEntry, ...]:
    """Return the campaigns of the year; a profile may have none."""
    if not (root / "calendar.toml").exists():
        return ()
    entries = read_entries(root, "calendar", CalendarEntry)
    check_calendar(entries, district)
    return _values(entries)


def _bank_holidays(root: Path) -> tuple[date, ...]:
    years = read_entries(root, "bank_holidays", HolidayYear)
    for entry in years:
        for day in entry.value.days:
            if day.year != entry.value.year:
                raise entry.spot.into("days").error(f"{day} is not in {entry.value.year}")
    return tuple(sorted({day for entry in years for day in entry.value.days}))
