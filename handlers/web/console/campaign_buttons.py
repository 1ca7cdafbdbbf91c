"""The part of a campaign's form that is about its buttons."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from handlers.web.visit import Visit
from store.domain.campaign import CampaignFacts
from store.domain.campaign_button import CampaignButton
from store.domain.errors import Refusal

BUTTON = "button-"
"""How the names of boxes begin that are one button each."""
PROBLEM = "problem"
NAMES: Mapping[CampaignButton, str] = {
    CampaignButton.REPORT: "Report this",
    CampaignButton.MEETINGS: "Find a meeting",
    CampaignButton.MORE: "More like this",
    CampaignButton.LESS: "Less like this",
}


def read_buttons(visit: Visit) -> frozenset[CampaignButton]:
    """Return the buttons that were ticked."""
    return frozenset(one for one in CampaignButton if BUTTON + one.value in visit.form)


def read_category(visit: Visit) -> str | None:
    """Return the kind of problem to be offered. Refusal: `campaign.bad_category`."""
    code = visit.form.get(PROBLEM, "")
    if code and code not in {one.code for one in visit.site.profile().categories}:
        raise Refusal("campaign.bad_category")
    return code or None


def button_fields(facts: CampaignFacts) -> dict[str, str]:
    """Return the fields that say this of a campaign's buttons."""
    return {BUTTON + one.value: "yes" for one in facts.buttons} | {PROBLEM: facts.category or ""}


def button_choices(visit: Visit) -> dict[str, Any]:
    """Return what there is to tick and to choose from: the kinds of problems by their groups."""
    profile = visit.site.profile()
    groups = {group.code: group.label["en"] for group in profile.groups}
    by_group = groupby(profile.categories, lambda one: one.group)
    kinds = [
        (groups.get(code, code), [(one.code, one.label["en"]) for one in those]) for code, those in by_group
    ]
    return {"buttons": {one.value: name for one, name in NAMES.items()}, "kinds": kinds}
