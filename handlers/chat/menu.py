"""The commands that the messenger offers, to residents in their language and to each member of staff."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from notifications.wording import say
from store.domain.reference import LANGUAGES
from store.domain.staff import Staff, may_work_reports

METHOD = "setMyCommands"
RESIDENT = (
    "report",
    "myreports",
    "meetings",
    "subscribe",
    "contacts",
    "projects",
    "language",
    "privacy",
    "clear",
    "cancel",
    "help",
)
_WORKERS = {
    "queue": "Reports that wait",
    "mine": "My cases and the reports I took",
    "find": "Search reports and cases: words",
    "open": "Open a report or case by its reference",
    "take": "Take a report or case",
    "note": "Note for staff: reference and words",
    "reply": "Reply to the reporter: reference and words",
    "close": "Close a case",
    "campaign": "Write a campaign",
    "campaigns": "Campaigns, and how far they are",
}
_STAFF = {"signin": "A link into the console"}


def commands_for(staff: Iterable[Staff]) -> list[dict[str, Any]]:
    """Return the parameters of every `setMyCommands` to be made at start.

    Residents get theirs in each language, English where theirs is none of ours; staff with a
    linked chat get their own besides.
    """
    everybody = [resident_menu("en")]
    everybody += [resident_menu(code) | {"language_code": code} for code in LANGUAGES if code != "en"]
    return everybody + [staff_menu(one.chat_id, one) for one in staff if one.chat_id and not one.disabled]


def resident_menu(language: str) -> dict[str, Any]:
    """Return the menu of all private chats in one language."""
    return {"commands": _residents(language), "scope": {"type": "all_private_chats"}}


def staff_menu(chat_id: int, member: Staff) -> dict[str, Any]:
    """Return the menu of one member of staff's private chat."""
    own = (_WORKERS if may_work_reports(member) else {}) | _STAFF
    commands = [{"command": name, "description": words} for name, words in own.items()]
    return {"commands": commands + _residents("en"), "scope": {"type": "chat", "chat_id": chat_id}}


def _residents(language: str) -> list[dict[str, str]]:
    return [{"command": name, "description": say(language, f"command.{name}")} for name in RESIDENT]
