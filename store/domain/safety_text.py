"""The words of safety cards, and which translations no speaker has checked."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from store.domain.reference import LANGUAGES, MACHINE_DRAFTED, Profile, Text

FOLD, UNFOLD = "\ue000", "\ue001"
"""Marks around what may be folded away on a small screen, so that what stands above is seen first."""
FOLDED_FROM_CHARACTERS = 200
CHILD_WRITES, SEXUAL_ASSAULT = "child_writes", "sexual_assault"
WORDED: Mapping[str, str] = MappingProxyType(
    {CHILD_WRITES: "child_at_risk", SEXUAL_ASSAULT: "crime_not_asb"},
)
"""Safety texts that say a card in other words, for the one who writes; the report counts the card."""


def unconfirmed(profile: Profile) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the languages of safety texts that no speaker has checked, with the texts' codes."""
    drafted = {
        language: tuple(text.code for text in profile.safety_texts if language not in text.confirmed)
        for language in LANGUAGES
    }
    return tuple((language, codes) for language, codes in drafted.items() if codes)


def safety_words(profile: Profile, code: str) -> Text:
    """Return the words of a safety card: where no speaker has checked them, with the English beneath."""
    card = profile.safety(code)
    marks = next((text.text for text in profile.safety_texts if text.code == MACHINE_DRAFTED), {})
    return {
        language: said
        if language == "en" or language in card.confirmed
        else "\n".join([said, marks.get(language, ""), _beneath(card.text["en"])])
        for language, said in card.text.items()
    }


def _beneath(english: str) -> str:
    return f"{FOLD}{english}{UNFOLD}" if len(english) >= FOLDED_FROM_CHARACTERS else english
