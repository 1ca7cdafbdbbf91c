"""One case in chat: read it, take it, move it. Restricted ones only in the console."""

from __future__ import annotations

from handlers.chat.keyboards import stacked
from handlers.chat.staff import texts
from handlers.chat.staff.access import tell_console_only, tell_protected
from handlers.chat.turn import Turn
from notifications.buttons import Button, StaffTap
from store.actions import case, case_merge
from store.domain.case import STATE_LABELS, CaseState, next_states
from store.domain.errors import Refusal
from store.domain.staff import By
from store.domain.triage import CasePage, Merged
from store.queries import cases

REPORTS_SHOWN = 10


def show(turn: Turn, by: By, reference: str) -> None:
    """Show a case to the person in private."""
    turn.chat_id = turn.user_id
    line = cases.line(turn.session, by.staff, reference)
    if line.restriction is not None:
        tell_console_only(turn, reference, "cases")
        return
    page = case.open_page(turn.session, by, reference)
    tell_protected(turn, texts.case(page, turn.reference.profile), _buttons(page, by))


def take(turn: Turn, by: By, reference: str) -> None:
    """Become the officer of a case."""
    case.take(turn.session, by, reference)
    turn.answer(f"You work on {reference} now.")
    show(turn, by, reference)


def move(turn: Turn, by: By, reference: str, to: str) -> None:
    """Put a case into another state."""
    if to not in set(CaseState):
        raise Refusal("case.cannot_move")
    case.move(turn.session, by, reference, CaseState(to))
    turn.answer(f"{reference}: {STATE_LABELS[CaseState(to)]}.")
    show(turn, by, reference)


def unmerge(turn: Turn, by: By, reference: str) -> None:
    """Take a case out of the one that it went into."""
    case_merge.unmerge(turn.session, by, reference)
    turn.answer(f"{reference} is a case of its own again.")
    show(turn, by, reference)


def _merged(went: Merged, reference: str) -> list[list[Button]]:
    there: list[list[Button]] = [[(f"Open {went.into}", StaffTap("case", went.into))]] if went.into else []
    undo: list[list[Button]] = [[("Undo the merge", StaffTap("unmerge", reference))]] if went.may_undo else []
    return [*there, *undo]


def _buttons(page: CasePage, by: By) -> list[list[Button]]:
    """Return what can be done with the case now; the store decides again at every tap."""
    state, reference = page.case.state, page.case.reference
    if page.merged is not None:
        return _merged(page.merged, reference)
    rows: list[list[Button]] = [
        [(f"Report {told.reference}", StaffTap("open", told.reference))]
        for told in page.reports[:REPORTS_SHOWN]
    ]
    if state is CaseState.CLOSED:
        return [
            *rows,
            [("Open it again", StaffTap("reopen", reference)), ("Note", StaffTap("note", reference))],
        ]
    if page.case.officer_id != by.staff.id:
        rows.append([("Take it", StaffTap("take_case", reference))])
    moves = [(STATE_LABELS[to], StaffTap("move", reference, to.value)) for to in next_states(state)]
    last: list[Button] = [("Note", StaffTap("note", reference)), ("Close", StaffTap("close", reference))]
    return [*rows, *stacked(moves), last]
