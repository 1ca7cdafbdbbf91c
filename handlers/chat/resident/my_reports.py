"""One's own reports: see them, add to them, answer the team, take them back."""

from __future__ import annotations

from handlers.chat.turn import Turn
from notifications.agenda_row import AGENDA
from notifications.buttons import Button, OwnTap
from notifications.dates import day_in_words
from notifications.pieces import shortened
from notifications.wording import translated
from store.actions import report
from store.domain.errors import Refusal
from store.domain.meeting import Meeting
from store.domain.report import PlainStatus
from store.queries import agenda, own_reports
from store.queries.own_reports import OwnReport

TITLE_SHOWN = 40
"""In characters."""


def listing(turn: Turn) -> None:
    """Show this person's reports, newest first."""
    mine = own_reports.listing(turn.session, turn.resident)
    asked = [[_questions(turn, meeting)] for meeting in agenda.asked(turn.session, turn.resident)]
    if not mine:
        turn.show(turn.words("my_reports.none"), [*asked, [(turn.words("start.report"), OwnTap("report"))]])
        return
    rows = [[(_line(turn, one), OwnTap("see", one.reference))] for one in mine] + asked
    if turn.resident.do_not_contact:
        rows.append([(turn.words("quiet.again"), OwnTap("speak"))])
    turn.show(turn.words("my_reports.title"), rows)


def see(turn: Turn, reference: str) -> None:
    """Show one report with what can be done about it."""
    one = own_reports.one(turn.session, turn.resident, reference)
    asked = [q for q in own_reports.open_questions(turn.session, turn.resident) if q.reference == reference]
    text = turn.words(
        "my_reports.one",
        reference=one.reference,
        category=_category(turn, one),
        day=day_in_words(one.created_at, turn.language),
        status=_status(turn, one),
    )
    said = own_reports.team_words(turn.session, turn.resident, reference)
    parts = [
        text,
        *(turn.words("my_reports.team", text=words) for words in said),
        *(turn.words("my_reports.question", text=q.text) for q in asked),
    ]
    rows: list[list[Button]] = [[(turn.words("my_reports.answer"), OwnTap("answer", q.id))] for q in asked]
    if one.status is not PlainStatus.CLOSED:
        rows.append([(turn.words("my_reports.add"), OwnTap("add", reference))])
    if one.waiting:
        rows.append([(turn.words("my_reports.withdraw"), OwnTap("withdraw", reference))])
    rows.append([(turn.words("my_reports.list"), OwnTap("mine"))])
    turn.show("\n\n".join(parts), rows)


def withdraw(turn: Turn, reference: str) -> None:
    """Ask whether to take a report back."""
    one = own_reports.one(turn.session, turn.resident, reference)
    rows = [
        [(turn.words("my_reports.withdraw_yes"), OwnTap("withdraw_yes", one.reference))],
        [(turn.words("form.back"), OwnTap("see", one.reference))],
    ]
    turn.show(turn.words("my_reports.withdraw_sure", reference=one.reference), rows)


def withdraw_yes(turn: Turn, reference: str) -> None:
    """Take a report back."""
    try:
        report.withdraw(turn.session, turn.resident, reference)
    except Refusal as refusal:
        turn.answer(turn.words(refusal.key, **refusal.values))
        see(turn, reference)
        return
    turn.show(turn.words("my_reports.withdrawn", reference=reference))


def _line(turn: Turn, one: OwnReport) -> str:
    return turn.words(
        "my_reports.line",
        reference=one.reference,
        category=_category(turn, one),
        status=_status(turn, one),
    )


def _questions(turn: Turn, meeting: Meeting) -> Button:
    """Return the way to what somebody asked for a meeting: news of it may say no more than `/myreports`."""
    title = shortened(meeting.facts.title, TITLE_SHOWN)
    return turn.words("my_reports.questions", title=title), OwnTap(AGENDA, meeting.reference)


def _category(turn: Turn, one: OwnReport) -> str:
    return translated(turn.language, turn.reference.profile.category(one.category).label)


def _status(turn: Turn, one: OwnReport) -> str:
    return turn.words(f"status.{one.status.value}")
