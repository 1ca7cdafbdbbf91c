"""Taps that do something to a campaign, or a recurring one: to the version that the button spoke of."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from handlers.chat.staff.campaign_forms import Show
from handlers.chat.staff.refusals import toast
from handlers.chat.turn import Turn
from notifications.buttons import Button, StaffTap
from store.domain.errors import NotFound, Refusal
from store.domain.staff import By
from store.engine import Session, whole

PAGE = 8
"""So many buttons of a list stand under one message."""
Verb = Callable[[Turn, By, StaffTap], None]
Action = Callable[[Session, By, str, int | None], None]


def does(action: Action, said: str, show: Show) -> Verb:
    """Return the verb that does this and shows how it stands then; where it is refused, with the reason.

    Refusal: what there is none of.
    """

    def verb(turn: Turn, by: By, tap: StaffTap) -> None:
        try:
            with whole(turn.session):
                action(turn.session, by, tap.subject, version_of(tap))
            turn.answer(said)
        except NotFound:
            raise
        except Refusal as refusal:
            turn.answer(toast(refusal))
        show(turn, by, tap.subject)

    return verb


def version_of(tap: StaffTap) -> int | None:
    """Return the version of which a button speaks."""
    return int(tap.more) if tap.more.isdecimal() else None


def paged(every: Sequence[Button], verb: str, after: str, on: str) -> list[list[Button]]:
    """Return the buttons of one page of a list, `after` so many, and those that turn it (`on`: the next)."""
    first = int(after) if after.isdecimal() and int(after) < len(every) else 0
    rows = [[button] for button in every[first : first + PAGE]]
    if len(every) > first + PAGE:
        rows.append([(on, StaffTap(verb, str(first + PAGE)))])
    if first:
        rows.append([("From the start", StaffTap(verb))])
    return rows
