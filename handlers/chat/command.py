"""What was typed with a command."""

from __future__ import annotations

from handlers.chat.turn import Turn


def words_after_command(turn: Turn) -> str:
    """Return what was typed after the command; empty for a message that is none, and for a tap."""
    text = (turn.message and turn.message.text) or ""
    return "".join(text.split(maxsplit=1)[1:]).strip() if text.startswith("/") else ""
