"""A report that staff write down for somebody: by phone, at the counter, at a meeting."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any

from store.domain.concern import CONCERNS
from store.domain.errors import Refusal
from store.domain.phone import number_of
from store.domain.place import Location
from store.domain.questions import STORY_MAX_CHARACTERS, WORDS_MAX_CHARACTERS, clean
from store.domain.reference import LANGUAGES, AnswerKind, Category, ExtraQuestion, Profile
from store.domain.report import Identity, Source
from store.domain.report_form import EXTRA, HOW_OFTEN, NAME_MAX_CHARACTERS, STILL_GOING, WHEN

SOURCES = (Source.PHONE, Source.WALK_IN, Source.MEETING)
YES = "yes"
YES_NO = ("yes", "no")
CONCERN_LABELS: Mapping[str, str] = MappingProxyType(
    {
        "domestic_abuse": "Abuse at home",
        "child_at_risk": "A child may be at risk",
        "adult_at_risk": "An adult may be at risk",
        "modern_slavery": "Somebody may be made to work",
        "radicalisation": "Worry about extreme views",
        "hate_crime": "Hate because of who somebody is",
        "crime_not_asb": "A crime, told as information only",
    }
)
"""What else a report can be about: each restricts who may open it (`concern.CONCERNS`)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What staff wrote down. `answers` are kept as the residents' form keeps them.

    `may_message` is the person's consent to be messaged. Of an anonymous one there is no name or
    contact.
    """

    source: Source
    identity: Identity
    language: str
    name: str | None
    contact: str | None
    may_message: bool
    answers: Mapping[str, Any]


def category_of(profile: Profile, code: str) -> Category | None:
    """Return the category with this code; None when there is none."""
    return next((category for category in profile.categories if category.code == code), None)


def read(typed: Mapping[str, str], profile: Profile, place: Location) -> Entry:
    """Return the entry that a typed form makes; `place` is where its words point to.

    Refusals: `entry.needs_source`, `entry.needs_category`, `entry.needs_identity`,
    `entry.needs_danger` (that nobody asked is not a no), `entry.needs_words`,
    `entry.too_long` (`maximum`), `entry.choose_one`.
    """
    category = category_of(profile, typed.get("category", ""))
    if category is None:
        raise Refusal("entry.needs_category")
    source = _one(typed, "source", SOURCES) or _missing("entry.needs_source")
    identity = Identity(_one(typed, "identity", tuple(Identity)) or _missing("entry.needs_identity"))
    hidden = identity is Identity.ANONYMOUS
    return Entry(
        source=Source(source),
        identity=identity,
        language=_one(typed, "language", LANGUAGES) or "en",
        name=None if hidden else _words(typed, "name", NAME_MAX_CHARACTERS),
        contact=None if hidden else contact_of(_words(typed, "contact", NAME_MAX_CHARACTERS)),
        may_message=not hidden and typed.get("may_message") == YES,
        answers=_answers(typed, profile, category, place),
    )


def contact_of(typed: str | None) -> str | None:
    """Return a way to reach somebody as it is kept: a British number always in the same groups.

    "+44 1843-000000" and "01843000000" become "01843 000000"; anything else stays as typed.
    """
    if typed is None:
        return None
    number = number_of(typed)
    return f"{number[:5]} {number[5:]}" if number else typed


def _answers(
    typed: Mapping[str, str], profile: Profile, category: Category, place: Location
) -> dict[str, Any]:
    own_words = _words(typed, "when_words", WORDS_MAX_CHARACTERS)
    wards = {ward.code: ward.area for ward in profile.wards}
    ward = _one(typed, "ward", wards)
    chosen = {"ward": ward, "area": wards[ward]} if ward else {}
    return {
        "category": category.code,
        "identity": typed["identity"],
        "danger": _one(typed, "danger", YES_NO) or _missing("entry.needs_danger"),
        "offer": _one(typed, "concern", CONCERNS) or "",
        "what": _words(typed, "what", STORY_MAX_CHARACTERS) or _missing("entry.needs_words"),
        "where": asdict(place) | chosen,
        "when": {"words": own_words} if own_words else _one(typed, "when", WHEN),
        "still": _one(typed, "still", STILL_GOING),
        "often": _one(typed, "often", HOW_OFTEN),
        **{EXTRA + extra.code: _extra(typed, extra) for extra in category.questions},
    }


def _extra(typed: Mapping[str, str], asked: ExtraQuestion) -> str | None:
    code = EXTRA + asked.code
    if asked.kind is AnswerKind.TEXT:
        return _words(typed, code, WORDS_MAX_CHARACTERS)
    choices = YES_NO if asked.kind is AnswerKind.YES_NO else [choice.code for choice in asked.choices]
    return _one(typed, code, choices)


def _one(typed: Mapping[str, str], field: str, allowed: Collection[str]) -> str | None:
    """Return what was chosen, None for nothing; refuse (`entry.choose_one`) what was not on offer."""
    chosen = typed.get(field, "")
    if chosen and chosen not in allowed:
        raise Refusal("entry.choose_one")
    return chosen or None


def _words(typed: Mapping[str, str], field: str, longest: int) -> str | None:
    """Return the words, None for none; refuse (`entry.too_long`) too many."""
    said = clean(typed.get(field, ""))
    if len(said) > longest:
        raise Refusal("entry.too_long", maximum=longest)
    return said if any(character.isalnum() for character in said) else None


def _missing(key: str) -> str:
    raise Refusal(key)
