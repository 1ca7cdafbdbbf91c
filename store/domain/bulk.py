"""The same deed for several records at once: each is done or refused on its own."""

from __future__ import annotations

from dataclasses import dataclass

from store.domain import reference_number
from store.domain.errors import Refusal

MAX_PICKS = 100
TAG_MAX_CHARACTERS = 32


@dataclass(frozen=True, slots=True)
class Pick:
    """A record as it was seen when it was ticked; None where the version is not asked for."""

    reference: str
    version: int | None


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What became of one of them: `refusal` is None when it was done."""

    reference: str
    refusal: Refusal | None


def picks_of(values: list[str]) -> tuple[Pick, ...]:
    """Return what was ticked, each `reference:version`; what has not that shape is left out.

    Refusals: `bulk.choose_records`, `bulk.too_many` (`maximum`).
    """
    found: dict[str, Pick] = {}
    for value in values:
        typed, _, version = value.partition(":")
        reference = reference_number.parse(typed)
        if reference and version.isascii() and version.isdigit():
            found[reference] = Pick(reference, int(version))
    if not found:
        raise Refusal("bulk.choose_records")
    if len(found) > MAX_PICKS:
        raise Refusal("bulk.too_many", maximum=MAX_PICKS)
    return tuple(found.values())


def checked_tag(text: str) -> str:
    """Return a tag in lower case, one blank between words. Refusals: `tag.needs_words`, `tag.too_long`."""
    tag = " ".join(text.lower().split())
    if not tag:
        raise Refusal("tag.needs_words")
    if len(tag) > TAG_MAX_CHARACTERS:
        raise Refusal("tag.too_long", maximum=TAG_MAX_CHARACTERS)
    return tag
