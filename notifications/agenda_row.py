"""The buttons about questions for a meeting, wherever they stand."""

from __future__ import annotations

from notifications.buttons import Button, OwnTap
from notifications.wording import say

AGENDA, ITEM = "agenda", "agenda_item"
"""The verbs: about a meeting's agenda (its subject: the reference), and about one question (its id)."""
WRITE = "write"
SUPPORT, SUPPORT_NO_MORE, TAKE_BACK, REPORT, LEAVE = "support", "no_more", "take_back", "report", "leave"


def agenda_button(language: str, reference: str, listed: int = 0) -> Button:
    """Return the button that opens the questions for a meeting; it says how many are listed, where known."""
    label = say(language, "agenda.button_some", count=listed) if listed else say(language, "agenda.button")
    return label, OwnTap(AGENDA, reference)


def item_button(label: str, item_id: str, what: str) -> Button:
    """Return a button that does something about one question."""
    return label, OwnTap(ITEM, f"{item_id}.{what}")


def report_row(language: str, item_id: str) -> list[Button]:
    """Return the row with which whoever sent a question says whether it becomes a report."""
    return [
        item_button(say(language, "agenda.report_it"), item_id, REPORT),
        item_button(say(language, "agenda.leave"), item_id, LEAVE),
    ]
