"""What a link into the chat carries (`?start=...`): read and made in one place.

The messenger allows A-Z, a-z, 0-9, `_` and `-`, at most 64 characters; a full stop is written `-`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_CHARACTERS = 64
_PAYLOAD = re.compile(rf"[A-Za-z0-9_-]{{1,{MAX_CHARACTERS}}}")


@dataclass(frozen=True, slots=True)
class ReportLink:
    """Opens the report form with this category chosen; whether there is one is not known here."""

    code: str


@dataclass(frozen=True, slots=True)
class MeetingLink:
    """Shows one meeting."""

    code: str


@dataclass(frozen=True, slots=True)
class JoinLink:
    """Joins the news of one topic."""

    code: str


@dataclass(frozen=True, slots=True)
class HereLink:
    """Says at the door of a meeting that one is there."""

    code: str


DeepLink = ReportLink | MeetingLink | JoinLink | HereLink
_PREFIXES: dict[type[DeepLink], str] = {
    ReportLink: "report_",
    MeetingLink: "meeting_",
    JoinLink: "join_",
    HereLink: "here_",
}


def parse(payload: str) -> DeepLink | None:
    """Return what a payload asks for; None for what is no payload of ours."""
    if not _PAYLOAD.fullmatch(payload):
        return None
    for link, prefix in _PREFIXES.items():
        code = payload.removeprefix(prefix).replace("-", ".")
        if payload.startswith(prefix) and code:
            return link(code)
    return None


def make(link: DeepLink) -> str:
    """Return the payload of a link; `ValueError` for a code that a payload cannot carry."""
    payload = _PREFIXES[type(link)] + link.code.replace(".", "-")
    # A code with a hyphen of its own would come back with a full stop in its place.
    if parse(payload) != link:
        raise ValueError(f"{link.code!r} does not fit into a link")
    return payload


def to_meeting(reference: str) -> MeetingLink:
    """Return the link to a meeting: its reference without the hyphens, which a payload cannot carry."""
    return MeetingLink(reference.replace("-", ""))


def at_door(reference: str) -> HereLink:
    """Return the link of the poster at the door of a meeting."""
    return HereLink(to_meeting(reference).code)


def address(bot: str, payload: str) -> str:
    """Return the link that opens the chat with the bot of this username."""
    return f"https://t.me/{bot.removeprefix('@')}?start={payload}"
