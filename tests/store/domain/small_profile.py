"""A small made-up district with a few real points of Thanet: enough for every rule about places."""

from __future__ import annotations

from datetime import date

from store.domain.reference import (
    Area,
    Category,
    District,
    HomeOfficeType,
    Neighbour,
    Place,
    Priority,
    PriorityRule,
    Profile,
    Ward,
)

WARDS_CHANGE = date(2027, 5, 6)


def a_ward(code: str, area: str, lat: float, lon: float, valid_to: date | None = None) -> Ward:
    return Ward(code, code.title(), area, lat, lon, (lon, lat, lon, lat), date(2003, 5, 1), valid_to)


def a_category(*rules: PriorityRule, priority: Priority = Priority.P3) -> Category:
    return Category(
        code="noise.domestic",
        group="noise",
        label={"en": "Noise from a home"},
        lead="council",
        partners=(),
        home_office_type=HomeOfficeType.PERSONAL,
        priority=priority,
        record_type="asb",
        priority_rules=rules,
    )


DISTRICT = District(
    code="E07000114",
    name="Smallmouth",
    partnership="Smallmouth Community Safety Partnership",
    council="Smallmouth Council",
    email="safety@smallmouth.example",
    box=(1.2107, 51.3080, 1.4496, 51.3938),
    outside_km=1.0,
    attribution="Contains public sector information.",
)

SMALL = Profile(
    district=DISTRICT,
    groups=(),
    categories=(a_category(),),
    record_types=(),
    partners=(),
    contacts=(),
    projects=(),
    areas=(Area("margate", "Margate"), Area("ramsgate", "Ramsgate")),
    wards=(
        a_ward("margate-central", "margate", 51.3869, 1.3834, valid_to=date(2027, 5, 5)),
        a_ward("cliftonville-west", "margate", 51.3886, 1.3940),
        a_ward("central-harbour", "ramsgate", 51.3343, 1.4122),
        a_ward("eastcliff", "ramsgate", 51.3373, 1.4214),
    ),
    places=(
        Place("Margate", lat=51.3813, lon=1.3862),
        Place("Ramsgate", ("Ramsgacie",), lat=51.3357, lon=1.4180),
        Place("St Peter's", ("Saint Peters",), lat=51.3667, lon=1.4167),
        Place("Ramsgate Main Sands", ("the sands",), lat=51.3350, lon=1.4220),
        Place("Dreamland"),
    ),
    neighbours=(
        Neighbour("Canterbury City Council", 51.28, 1.08),
        Neighbour("Dover District Council", 51.22, 1.33),
    ),
    targets=(),
    safety_texts=(),
    bank_holidays=(date(2026, 12, 25), date(2026, 12, 28)),
    postcodes={
        "CT9 1AA": (51.3880, 1.3830),
        "CT9 2AB": (51.3886, 1.3945),
        "CT11 8AA": (51.3345, 1.4120),
    },
)
