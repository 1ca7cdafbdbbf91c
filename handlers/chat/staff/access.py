"""Who is behind a turn: staff who work reports, or somebody to whom none of this exists."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from handlers.chat.resident import general
from handlers.chat.turn import Turn
from notifications.buttons import Keyboard
from notifications.cards import NO_PREVIEW
from store.domain.actor import Channel
from store.domain.delivery import PROTECTED
from store.domain.staff import By, Staff, may_work_reports

Handler = Callable[[Turn], None]


def worker(turn: Turn) -> By | None:
    """Return the member of staff behind this turn; None for everybody who works no reports."""
    if turn.staff is None or not may_work_reports(turn.staff):
        return None
    return By(turn.staff, Channel.CHAT)


def for_workers(handler: Callable[[Turn, By], None]) -> Handler:
    """Return the handler of a command that to everybody else does not exist."""

    @wraps(handler)
    def guarded(turn: Turn) -> None:
        by = worker(turn)
        if by is None:
            general.unknown_command(turn)
        else:
            handler(turn, by)

    return guarded


def for_staff(handler: Callable[[Turn, Staff], None]) -> Handler:
    """Return the handler of a command for every member of staff, whatever their role."""

    @wraps(handler)
    def guarded(turn: Turn) -> None:
        if turn.staff is None:
            general.unknown_command(turn)
        else:
            handler(turn, turn.staff)

    return guarded


def tell_protected(turn: Turn, text: str, keyboard: Keyboard | None = None, **more: object) -> None:
    """Say what must not be forwarded or stay: it goes after a day."""
    turn.tell(text, keyboard, kind=PROTECTED, protect_content=True, **more)


def tell_console_only(turn: Turn, reference: str, path: str) -> None:
    """Say where a restricted record opens; chat shows nothing of it."""
    link = f"{turn.services.public_url}/console/{path}/{reference}"
    turn.tell(f"{reference} opens in the console only: {link}", link_preview_options=NO_PREVIEW)
