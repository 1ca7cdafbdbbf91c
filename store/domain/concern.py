"""Concerns for somebody's safety that a report can be about, and what each makes of the record.

They are no categories of anti-social behaviour: a person confirms one that their words sounded
like, or answers a question so that its card is shown, and the report then opens only to people
granted that kind by name.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from store.domain.reference import Category, Restriction
from store.domain.safety_text import CHILD_WRITES

OTHER_CATEGORY = "other.asb"
"""The category under which a concern is kept: it is none of the others."""
WATCHED = "domestic_abuse"
"""The card after which others may read the phone."""
CHILD = "child_at_risk"
"""The concern, and its card, that calls for no pictures: one of a harmed child may itself do harm."""


@dataclass(frozen=True, slots=True)
class Concern:
    """What a confirmed concern makes of the record: its type, and who may open it."""

    record_type: str
    restriction: Restriction


_SAFEGUARDING = Concern("safeguarding", Restriction.SAFEGUARDING)
CONCERNS: Mapping[str, Concern] = MappingProxyType(
    {
        "domestic_abuse": _SAFEGUARDING,
        "child_at_risk": _SAFEGUARDING,
        "adult_at_risk": _SAFEGUARDING,
        "modern_slavery": _SAFEGUARDING,
        "radicalisation": _SAFEGUARDING,
        "hate_crime": Concern("asb", Restriction.HATE),
        "crime_not_asb": Concern("asb_intel", Restriction.INTELLIGENCE),
    }
)
"""By the code of the safety card. Suicide and missing people are for those who can help now: no form."""


GRAVE = frozenset(CONCERNS) - {"hate_crime"}
"""Those beside which a kind of nuisance is no likely answer; hate comes with any of them."""


def concern_of(category: Category, offered: str | None, extra: Mapping[str, Any]) -> Concern | None:
    """Return what was confirmed, or what the answers to the category's questions mean; None: neither."""
    meant = (offered, *category.cards_for(extra))
    return next((concern for code, concern in CONCERNS.items() if code in meant), None)


def may_be_watched(answers: Mapping[str, Any]) -> bool:
    """Tell whether others may read what we write to this person: then they are asked, and may hide it.

    A child's phone is looked at by the family.
    """
    shown = {*answers.get("cards", {}), *answers.get("seen", {}), answers.get("offer")}
    return not shown.isdisjoint({WATCHED, CHILD_WRITES})


def may_ask_pictures(category: Category | None, concerns: Collection[str]) -> bool:
    """Tell whether a report may be asked for files, and may keep those that come.

    `concerns` are those it may be about, by code: the one that was confirmed, and those of the
    cards that were shown. The machine may be wrong about a child, but going without pictures then
    costs little: words are enough.
    """
    return CHILD not in concerns and (category is None or category.asks_pictures)


def concerns_kept(restriction: Restriction | None, cards: Collection[str]) -> Collection[str]:
    """Return the concerns that a report which was sent may be about, by the cards shown with it.

    The record does not name the one that was confirmed: a safeguarding record of which no card
    tells more may be about a child.
    """
    told = any(CONCERNS.get(code) is _SAFEGUARDING for code in cards)
    return cards if told or restriction is not Restriction.SAFEGUARDING else {CHILD}
