"""What waits for everybody, what one has in hand, and what can be found by words."""

from __future__ import annotations

from datetime import date

from handlers.chat.command import words_after_command
from handlers.chat.staff import texts
from handlers.chat.turn import Turn
from notifications.buttons import Button, StaffTap
from store.actions import search
from store.domain import reference_number
from store.domain.case_file import TaskLine
from store.domain.finding import Kind
from store.domain.found import counted
from store.domain.reference import Profile
from store.domain.search_words import wanted as wishes_of
from store.domain.staff import By
from store.domain.triage import CaseLine, ReportLine
from store.domain.working_days import london_date
from store.engine import now
from store.queries import case_file, cases, finding, reports
from store.queries.search import where_is

PAGE = 8
FOUND = 5
"""So many reports and so many cases are shown of what was found; the console shows all."""


def queue(turn: Turn, by: By, after: str = "") -> None:
    """Show the reports that wait, most urgent first; a button turns the page."""
    waiting = reports.counts(turn.session, by.staff)
    lines = reports.queue(turn.session, by.staff, PAGE + 1, after or None)
    if not lines:
        turn.show("Nothing is waiting." if not after else "That was the last page.", _first_page(after))
        return
    profile = turn.reference.profile
    rows = [_report(line, profile) for line in lines[:PAGE]]
    if len(lines) > PAGE:
        rows.append([("More", StaffTap("queue", lines[PAGE - 1].reference))])
    urgent = f", {waiting.waiting_p1} of them P1" if waiting.waiting_p1 else ""
    turn.show(f"Reports waiting: {waiting.waiting}{urgent}", [*rows, *_first_page(after)])


def mine(turn: Turn, by: By) -> None:
    """Show my tasks that are due, my open cases and the reports I have taken."""
    profile, day = turn.reference.profile, london_date(now(turn.session))
    taken = reports.taken(turn.session, by.staff)
    worked = cases.in_hand(turn.session, by.staff)
    due = [task for task in case_file.my_tasks(turn.session, by.staff) if task.is_due(day)]
    rows = [_task(task, day) for task in due]
    rows += [_report(line, profile) for line in taken] + [_case(line, profile) for line in worked]
    if not rows:
        turn.show("You have nothing in hand. Send /queue to see what waits.")
        return
    told = f"Your tasks due: {len(due)}\n" if due else ""
    turn.show(f"{told}Reports you have taken: {len(taken)}\nYour open cases: {len(worked)}", rows)


def find(turn: Turn, by: By) -> None:
    """Show the reports and cases in which words stand, newest first; that somebody searched is recorded."""
    words = words_after_command(turn)
    if not wishes_of(words):
        turn.tell("Send words with it, like this: /find mattress Dane Park")
        return
    profile, session = turn.reference.profile, turn.session
    search.record_everywhere(session, by, words)
    reference = reference_number.parse(words)
    kind = where_is(session, by.staff, reference) if reference else None
    if reference and kind:
        turn.tell("Found by its reference:", [_found_one(turn, by, kind, reference)])
        return
    found = finding.everywhere(session, by.staff, profile, words, FOUND)
    told, worked = found.reports, found.cases
    rows = [_report(line, profile) for line in told.lines] + [_case(line, profile) for line in worked.lines]
    if not rows:
        turn.tell("Nothing that is open to you has all of these words in it.")
        return
    said = f"Reports found: {counted(told.total)}\nCases found: {counted(worked.total)}"
    if max(told.total, worked.total) > FOUND:
        said += f"\n\nThe newest {FOUND} of each are below. More words find less; the console shows all."
    turn.tell(said, rows)


def _found_one(turn: Turn, by: By, kind: Kind, reference: str) -> list[Button]:
    profile = turn.reference.profile
    if kind is Kind.REPORTS:
        return _report(reports.line(turn.session, by.staff, reference), profile)
    return _case(cases.line(turn.session, by.staff, reference), profile)


def _report(line: ReportLine, profile: Profile) -> list[Button]:
    return [(texts.report_label(line, profile), StaffTap("open", line.reference))]


def _case(line: CaseLine, profile: Profile) -> list[Button]:
    return [(texts.case_label(line, profile), StaffTap("case", line.reference))]


def _task(task: TaskLine, day: date) -> list[Button]:
    return [(texts.task_label(task, day), StaffTap("case", task.case_reference))]


def _first_page(after: str) -> list[list[Button]]:
    return [[("From the start", StaffTap("queue"))]] if after else []
