"""How far something is, in words."""

from __future__ import annotations

from notifications.wording import say_many
from store.domain.near import far


def far_in_words(km: float, language: str) -> str:
    """Return a distance as the crow flies in words: "About 15 minutes on foot", "About 2 miles"."""
    found = far(km)
    if found.minutes is not None:
        return say_many(language, "meeting_card.on_foot", found.minutes)
    return say_many(language, "meeting_card.miles", found.miles or 1)
