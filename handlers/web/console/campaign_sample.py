"""What people will get of a campaign, and who they are in numbers, as its page shows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from handlers.web.labels import LANGUAGES as LANGUAGE_NAMES
from notifications.bundles import in_short, link_of
from notifications.campaign_row import campaign_rows
from store.domain.campaign import Campaign, filled
from store.domain.reference import LANGUAGES, Profile
from store.domain.subscription import Frequency
from store.queries.campaign_sample import Sample

OFTEN = {Frequency.AT_ONCE: "At once", Frequency.DAILY: "Once a day", Frequency.WEEKLY: "Once a week"}
EVERYWHERE = "The whole district"


@dataclass(frozen=True, slots=True)
class Preview:
    """A campaign as it comes to people who read one language: its words, and its buttons row by row.

    `in_digest` is what a digest says of it, empty where that is no less.
    """

    code: str
    language: str
    words: str
    rows: Sequence[Sequence[str]]
    in_digest: str = ""


def previews(profile: Profile, campaign: Campaign, public_url: str) -> list[Preview]:
    """Return what people get, for each language that has words of its own."""
    return [
        _preview(profile, campaign, code, public_url) for code in LANGUAGES if code in campaign.facts.texts
    ]


def _preview(profile: Profile, campaign: Campaign, code: str, public_url: str) -> Preview:
    facts = campaign.facts
    words = filled(facts.texts[code], profile.district)
    rows = [[label for label, _ in row] for row in campaign_rows(code, facts, campaign.id)]
    short = in_short(words, code, link_of(public_url, campaign.reference, code) if facts.public else None)
    in_digest = short if short != words and facts.urgent is None else ""
    return Preview(code, LANGUAGE_NAMES.get(code, code), words, rows, in_digest)


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
