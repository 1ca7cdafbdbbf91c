"""The form of an urgent alert: its fields as facts and back, and the wards near a place."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from handlers.web.console.meeting_form import AREA, TICKED, WARD, wards_of
from handlers.web.console.ward_map import ward_map
from handlers.web.labels import LANGUAGES as LANGUAGE_NAMES
from handlers.web.visit import Visit
from store.domain.campaign import LANGUAGE_OF_ALL, CampaignFacts
from store.domain.errors import Refusal
from store.domain.place import Point, check_point
from store.domain.recurrence_form import number
from store.domain.reference import LANGUAGES
from store.domain.subscription import Topic
from store.domain.urgent import (
    FARTHEST_METRES,
    GOOD_FOR_HOURS,
    KIND_LABELS,
    MOST_HOURS,
    NEAR_METRES,
    NEAREST_METRES,
    TEXT_MAX_CHARACTERS,
    Urgent,
    UrgentKind,
    title_of,
    wards_within,
)
from store.domain.working_days import london_date

TEXT = "text-"
ALL_CLEAR = "all_clear"
TICKED_PLACES, EVERYWHERE = "ticked", "everywhere"
REACHES: Mapping[str, str] = {
    TICKED_PLACES: "Only what is ticked here",
    EVERYWHERE: "Everybody, whatever they chose",
}
EMPTY: Mapping[str, str] = {
    "hours": str(GOOD_FOR_HOURS),
    "metres": str(NEAR_METRES),
    "reach": TICKED_PLACES,
}
FOLLOWS: Mapping[str, str] = {"update": "News on it", ALL_CLEAR: "All clear: it is over"}


def read_alert(visit: Visit) -> CampaignFacts:
    """Return what the form says of an alert.

    Refusals: `urgent.needs_kind`, `urgent.needs_place` where it says neither where nor that it is for
    everybody, `meeting.bad_number`.
    """
    form = visit.form
    if form.get("kind", "") not in set(UrgentKind):
        raise Refusal("urgent.needs_kind")
    everywhere = form.get("reach") == EVERYWHERE
    places = frozenset[str]() if everywhere else _ticked(visit)
    if not places and not everywhere:
        raise Refusal("urgent.needs_place")
    return _facts(form, Urgent(UrgentKind(form["kind"]), "danger" in form), places)


def read_change(visit: Visit, before: CampaignFacts) -> CampaignFacts:
    """Return what the form makes of an alert; one that follows another keeps its kind and its people."""
    was = before.urgent
    if was is None or was.follows is None:
        return read_alert(visit)
    said = Urgent(was.kind, "danger" in visit.form, was.follows, visit.form.get("what") == ALL_CLEAR)
    return _facts(visit.form, said, before.places)


def read_follow_up(visit: Visit) -> CampaignFacts:
    """Return what the form says of an update or an all clear; its kind and its people are the alert's."""
    clear = visit.form.get("what") == ALL_CLEAR
    said = Urgent(UrgentKind.SEVERE_WEATHER, "danger" in visit.form, all_clear=clear)
    return _facts(visit.form, said, frozenset())


def _facts(form: Mapping[str, str], urgent: Urgent, places: frozenset[str]) -> CampaignFacts:
    texts = {code: form.get(TEXT + code, "") for code in LANGUAGES}
    return CampaignFacts(
        title=title_of(urgent, texts[LANGUAGE_OF_ALL]),
        topic=Topic.URGENT,
        texts=texts,
        places=places,
        link=form.get("link") or None,
        good_for=timedelta(hours=number(form, "hours", 1, MOST_HOURS)),
        urgent=urgent,
    )


def _ticked(visit: Visit) -> frozenset[str]:
    areas = {one.code for one in visit.site.profile().areas if AREA + one.code in visit.form}
    return frozenset(areas | {one.code for one in wards_of(visit) if WARD + one.code in visit.form})


def fields_of(facts: CampaignFacts) -> dict[str, str]:
    """Return the fields that say this of an alert."""
    urgent = facts.urgent or Urgent(UrgentKind.SEVERE_WEATHER)
    ticked = [prefix + code for code in facts.places for prefix in (AREA, WARD)]
    ticked += ["danger"] * urgent.danger
    return {
        **EMPTY,
        **{TEXT + code: text for code, text in facts.texts.items()},
        **dict.fromkeys(ticked, TICKED),
        "kind": urgent.kind.value,
        "link": facts.link or "",
        "reach": TICKED_PLACES if facts.places else EVERYWHERE,
        "hours": str(facts.good_for // timedelta(hours=1)),
        "what": ALL_CLEAR if urgent.all_clear else "update",
    }


def with_wards_near(visit: Visit) -> dict[str, str]:
    """Return the fields as they were typed, the wards near the place that they name ticked besides.

    Refusals: `urgent.unknown_place`, `meeting.bad_number`, `urgent.bad_metres`.
    """
    metres = number(visit.form, "metres", NEAREST_METRES, FARTHEST_METRES)
    postcodes = visit.site.profile().postcodes.values()
    near = wards_within(wards_of(visit), postcodes, _point(visit), metres)
    return {**visit.form, **{WARD + code: TICKED for code in near}, "reach": TICKED_PLACES}


def _point(visit: Visit) -> Point:
    said = visit.form.get("near", "").strip()
    try:
        lat, lon = (float(part) for part in said.replace(",", " ").split())
        check_point(lat, lon)
    except (ValueError, Refusal):
        found = visit.site.places().locate_words(said, london_date(visit.store.clock.now()))
        if found.lat is None or found.lon is None:
            raise Refusal("urgent.unknown_place") from None
        return found.lat, found.lon
    return lat, lon


def choices(visit: Visit) -> dict[str, Any]:
    """Return what the fields of an alert offer."""
    return {
        "areas": visit.site.profile().areas,
        "follows": FOLLOWS,
        "kinds": {kind.value: label for kind, label in KIND_LABELS.items()},
        "languages": {code: LANGUAGE_NAMES.get(code, code) for code in LANGUAGES},
        "longest": TEXT_MAX_CHARACTERS,
        "most_hours": MOST_HOURS,
        "reaches": REACHES,
        "wards": ward_map(visit),
    }
