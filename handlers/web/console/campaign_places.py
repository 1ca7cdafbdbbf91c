"""The part of a campaign's form that is about where its readers are: areas, and the wards in each."""

from __future__ import annotations

from typing import Any

from handlers.web.console.meeting_form import AREA, TICKED, WARD, wards_of
from handlers.web.visit import Visit
from store.domain.campaign import CampaignFacts

PLACE = "place-"
"""How the names of boxes begin that are one place each which is not on offer any more."""


def read_places(visit: Visit) -> frozenset[str]:
    """Return the areas and wards that were ticked, none for everywhere.

    Also what is not in the profile any more: leaving it out would make "everywhere" of an old place.
    """
    prefixes = (AREA, WARD, PLACE)
    return frozenset(
        name.removeprefix(prefix) for prefix in prefixes for name in visit.form if name.startswith(prefix)
    )


def place_fields(facts: CampaignFacts) -> dict[str, str]:
    """Return the fields that say this of a campaign's places, whatever each of them is by now."""
    return {prefix + code: TICKED for prefix in (AREA, WARD, PLACE) for code in facts.places}


def place_choices(visit: Visit) -> dict[str, Any]:
    """Return what there is to tick: the areas, today's wards by area with their boxes, and all codes."""
    areas, wards = visit.site.profile().areas, wards_of(visit)
    by_area = [(area.name, [ward for ward in wards if ward.area == area.code]) for area in areas]
    return {
        "areas": areas,
        "wards": [(name, those) for name, those in by_area if those],
        "boxes": {WARD + one.code for one in wards},
        "codes": {area.code for area in areas} | {ward.code for ward in wards},
    }
