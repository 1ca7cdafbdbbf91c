"""What people will get of a campaign, and who they are in numbers, as its page shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.web.labels import LANGUAGES as LANGUAGE_NAMES
from notifications.campaign_row import campaign_rows
from store.domain.campaign import Campaign, filled
from store.domain.reference import LANGUAGES, Profile
from store.domain.subscription import Frequency
from store.queries.campaign_sample import Sample

OFTEN = {Frequency.AT_ONCE: "At once", Frequency.DAILY: "Once a day", Frequency.WEEKLY: "Once a week"}
EVERYWHERE = "The whole district"


@dataclass(frozen=True, slots=True)
class Preview:
    """A campaign as it comes to people who read one language: its words, and its buttons row by row."""

    code: str
    language: str
    words: str
    rows: Sequence[Sequence[str]]


def previews(profile: Profile, campaign: Campaign) -> list[Preview]:
    """Return what people get, for each language that has words of its own."""
    facts = campaign.facts
    return [
        Preview(
            code,
            LANGUAGE_NAMES.get(code, code),
            filled(facts.texts[code], profile.district),
            [[label for label, _ in row] for row in campaign_rows(code, facts, campaign.id)],
        )
        for code in LANGUAGES
        if code in facts.texts
    ]


def counted(profile: Profile, sample: Sample | None) -> list[tuple[str, list[tuple[str, int]]]]:
    """Return a sample as tables: what is counted, and the groups of it with their numbers."""
    if sample is None or not sample.total:
        return []
    places = list(_places(profile, sample))
    return [
        ("Language", [(LANGUAGE_NAMES.get(code, code), n) for code, n in sample.languages.items()]),
        ("How often", [(OFTEN[often], n) for often, n in sample.frequencies.items()]),
        ("Wants news from", places),
    ]


def _places(profile: Profile, sample: Sample) -> Iterator[tuple[str, int]]:
    names = {area.code: area.name for area in profile.areas}
    names |= {ward.code: ward.name for ward in profile.wards if ward.code not in names}
    if sample.everywhere:
        yield EVERYWHERE, sample.everywhere
    for code, count in sample.places.items():
        yield names.get(code, code), count
