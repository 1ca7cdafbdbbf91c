"""The row under a meeting that people can come to: say so in one tap."""

from __future__ import annotations

from notifications.buttons import Button, OwnTap
from notifications.wording import say

COMING = "coming"
"""The verb of every button about coming to a meeting; its subject is the reference, and what is said."""
AWAY, NEED = "away", "needs"
HOW_MANY = ("1", "2", "3", "4", "5", "6")


def coming_row(language: str, reference: str) -> list[Button]:
    """Return the row with which somebody says that they come, or looks at what they said."""
    return [(say(language, "coming.button"), OwnTap(COMING, reference))]
