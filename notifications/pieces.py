"""Cut what is too long for one message."""

from __future__ import annotations

from store.domain.delivery import units

MESSAGE_MAX_UNITS = 4096
"""Longest message text, counted as the messenger does: in UTF-16 units."""


def pieces(text: str) -> list[str]:
    """Return the text in pieces that each fit into one message, cut at the kindest place."""
    rest, cut = text, []
    while units(rest) > MESSAGE_MAX_UNITS:
        end = _fitting(rest)
        for mark in ("\n\n", "\n", ". ", " "):
            at = rest.rfind(mark, end // 2, end)
            if at > 0:
                end = at + len(mark)
                break
        cut.append(rest[:end].rstrip())
        rest = rest[end:].lstrip()
    return [*cut, rest] if rest or not cut else cut


def shortened(text: str, longest: int) -> str:
    """Return the text, cut with an ellipsis where it has more than `longest` characters."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def _fitting(text: str) -> int:
    """Return how many characters fit into one message."""
    used = 0
    for index, character in enumerate(text):
        used += 2 if character > "\uffff" else 1
        if used > MESSAGE_MAX_UNITS:
            return index
    return len(text)
