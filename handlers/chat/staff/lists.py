"""What waits for everybody, and what one has in hand."""

from __future__ import annotations

from handlers.chat.staff import texts
from handlers.chat.turn import Turn
from notifications.buttons import Button, StaffTap
from store.domain.staff import By
from store.queries import cases, reports

PAGE = 8


def queue(turn: Turn, by: By, after: str = "") -> None:
    """Show the reports that wait, most urgent first; a button turns the page."""
    waiting = reports.counts(turn.session, by.staff)
    lines = reports.queue(turn.session, by.staff, PAGE + 1, after or None)
    if not lines:
        turn.show("Nothing is waiting." if not after else "That was the last page.", _first_page(after))
        return
    profile = turn.reference.profile
    rows: list[list[Button]] = [
        [(texts.report_label(line, profile), StaffTap("open", line.reference))] for line in lines[:PAGE]
    ]
    if len(lines) > PAGE:
        rows.append([("More", StaffTap("queue", lines[PAGE - 1].reference))])
    urgent = f", {waiting.waiting_p1} of them P1" if waiting.waiting_p1 else ""
    turn.show(f"Reports waiting: {waiting.waiting}{urgent}", [*rows, *_first_page(after)])


def mine(turn: Turn, by: By) -> None:
    """Show my open cases and the reports I have taken."""
    profile = turn.reference.profile
    taken = reports.taken(turn.session, by.staff)
    worked = cases.in_hand(turn.session, by.staff)
    rows: list[list[Button]] = [
        [(texts.report_label(line, profile), StaffTap("open", line.reference))] for line in taken
    ]
    rows += [[(texts.case_label(line, profile), StaffTap("case", line.reference))] for line in worked]
    if not rows:
        turn.show("You have nothing in hand. Send /queue to see what waits.")
        return
    turn.show(f"Reports you have taken: {len(taken)}\nYour open cases: {len(worked)}", rows)


def _first_page(after: str) -> list[list[Button]]:
    return [[("From the start", StaffTap("queue"))]] if after else []
