"""The row under everything that we send of our own accord: stop it in one tap, or change it."""

from __future__ import annotations

from notifications.buttons import Button, OwnTap
from notifications.wording import say

NEWS = "news"
"""The verb of every button about a subscription."""
STOP, OPEN = "stop", "open"


def stop_row(language: str) -> list[Button]:
    """Return the row for a campaign, a reminder or a digest in the reader's language."""
    return [
        (say(language, "subscribe.stop"), OwnTap(NEWS, STOP)),
        (say(language, "subscribe.settings"), OwnTap(NEWS, OPEN)),
    ]
