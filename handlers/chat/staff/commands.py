"""The commands of staff in private chat, and taps on their buttons."""

from __future__ import annotations

from collections.abc import Callable

from handlers.chat.turn import Turn

Handler = Callable[[Turn], None]
COMMANDS: dict[str, Handler] = {}


def start_or(resident: Handler) -> Handler:
    """Return the handler of /start: a staff link is taken up, everybody else is greeted."""
    return resident


def help_or(resident: Handler) -> Handler:
    """Return the handler of /help: staff see their own commands too."""
    return resident


def tapped(turn: Turn) -> None:
    """Hear a tap on a staff button."""
    turn.answer(turn.words("form.already_done"))
