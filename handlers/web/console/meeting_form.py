"""What staff type of a meeting: read from a form, and put back into one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from handlers.web.visit import Visit
from store.domain.errors import Refusal
from store.domain.meeting import (
    ACCESS_LABELS,
    KIND_LABELS,
    LONGEST,
    MINUTE,
    MOST_PRIORITIES,
    Access,
    MeetingFacts,
    MeetingKind,
    MeetingPriority,
    Venue,
)
from store.domain.recurrence_form import day, number
from store.domain.reference import Ward
from store.domain.working_days import london_date

Fields = Mapping[str, str]
TICKED = "yes"
WARD, ACCESS, AREA = "ward-", "access-", "area-"
"""How the names of boxes begin that are one ward, kind of access, or area each."""
MOST_PEOPLE = 100_000
DEFAULTS: Fields = {"at": "18:30", "minutes": "90", "doors": "15", "how": MeetingKind.IN_PERSON.value}
"""What a new meeting's form holds to begin with."""


def read_start(form: Fields, on: str = "day", at: str = "at") -> datetime:
    """Return the time that was typed, as London's clocks show it (naive).

    Refusals: `day.unreadable`, `meeting.time_unreadable`.
    """
    try:
        clock = time.fromisoformat(form.get(at, "").strip())
    except ValueError as error:
        raise Refusal("meeting.time_unreadable") from error
    return datetime.combine(day(form.get(on, "")), clock.replace(second=0, microsecond=0, tzinfo=None))


def read_facts(visit: Visit, before: Venue | None = None) -> MeetingFacts:
    """Return what the form says of a meeting; `before` is the venue that it had.

    Refusals: `meeting.choose_area`, `meeting.choose_kind`, `meeting.bad_number`.
    """
    form, profile = visit.form, visit.site.profile()
    area, how = form.get("area", ""), form.get("how", "")
    if area and area not in {one.code for one in profile.areas}:
        raise Refusal("meeting.choose_area")
    if how not in set(MeetingKind):
        raise Refusal("meeting.choose_kind")
    longest = LONGEST // MINUTE
    return MeetingFacts(
        title=_said(form, "title"),
        area=area or None,
        kind=MeetingKind(how),
        lasts=number(form, "minutes", 1, longest) * MINUTE,
        wards=tuple(one.code for one in wards_of(visit) if WARD + one.code in form),
        venue=_venue(visit, before),
        about=_said(form, "about"),
        chair=_said(form, "chair"),
        join_link=_said(form, "link") or None,
        capacity=number(form, "capacity", 1, MOST_PEOPLE) if _said(form, "capacity") else None,
        doors_before=(number(form, "doors", 0, longest) if _said(form, "doors") else 0) * MINUTE,
    )


def _said(form: Fields, name: str) -> str:
    return form.get(name, "").strip()


def _venue(visit: Visit, before: Venue | None) -> Venue:
    form = visit.form
    access = frozenset(one for one in Access if ACCESS + one in form)
    told = Venue(_said(form, "venue"), _said(form, "address"), None, None, access, _said(form, "access_note"))
    if before is not None and (before.name, before.address) == (told.name, told.address):
        return replace(told, lat=before.lat, lon=before.lon)
    return _placed(visit, told)


def _placed(visit: Visit, venue: Venue) -> Venue:
    """Return the venue with its point: of the postcode in its address, else of what the words name."""
    places, today = visit.site.places(), london_date(visit.store.clock.now())
    for words in (venue.address, venue.name):
        found = places.locate_words(words, today)
        if found.lat is not None and not found.outside:
            return replace(venue, lat=found.lat, lon=found.lon)
    return venue


def wards_of(visit: Visit) -> list[Ward]:
    """Return the wards of today, by name."""
    today = london_date(visit.store.clock.now())
    wards = (one for one in visit.site.profile().wards if one.valid_from <= today)
    return sorted(
        (one for one in wards if not one.valid_to or today <= one.valid_to), key=lambda one: one.name
    )


def fields_of(facts: MeetingFacts, local: datetime) -> dict[str, str]:
    """Return the fields of a form that mean these facts, and a start (naive London time)."""
    boxes = [*(WARD + code for code in facts.wards), *(ACCESS + one for one in facts.venue.access)]
    return {
        **dict.fromkeys(boxes, TICKED),
        "title": facts.title,
        "area": facts.area or "",
        "how": facts.kind.value,
        "day": local.date().isoformat(),
        "at": f"{local:%H:%M}",
        "minutes": str(facts.lasts // MINUTE),
        "doors": str(facts.doors_before // MINUTE),
        "venue": facts.venue.name,
        "address": facts.venue.address,
        "access_note": facts.venue.access_note,
        "link": facts.join_link or "",
        "capacity": str(facts.capacity or ""),
        "chair": facts.chair,
        "about": facts.about,
    }


def choices(visit: Visit) -> dict[str, Any]:
    """Return what the fields of a meeting offer."""
    areas = visit.site.profile().areas
    return {
        "areas": areas,
        "wards": wards_of(visit),
        "kinds": KIND_LABELS,
        "access": ACCESS_LABELS,
        "most_priorities": MOST_PRIORITIES,
    }


def read_priorities(form: Fields) -> list[MeetingPriority]:
    """Return the priorities as they were typed, empty ones too."""
    numbers = range(1, MOST_PRIORITIES + 1)
    return [
        MeetingPriority(_said(form, f"text-{n}"), _said(form, f"owner-{n}"), _said(form, f"result-{n}"))
        for n in numbers
    ]


def priority_fields(told: tuple[MeetingPriority, ...]) -> dict[str, str]:
    """Return the fields of a form that mean these priorities."""
    return {
        f"{name}-{n}": said
        for n, one in enumerate(told, 1)
        for name, said in (("text", one.text), ("owner", one.owner), ("result", one.result or ""))
    }
