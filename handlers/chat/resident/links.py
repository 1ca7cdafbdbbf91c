"""Links into the chat (`/start` with a payload), as posters and web pages carry them."""

from __future__ import annotations

from handlers.chat.command import words_after_command
from handlers.chat.resident import attendance, general, meetings, report, subscribe
from handlers.chat.turn import Turn
from store.domain.deep_link import HereLink, JoinLink, MeetingLink, ReportLink, parse
from store.domain.kept_form import CRISIS, KEPT
from store.domain.reference import Category
from store.domain.told import told_in


def start(turn: Turn) -> None:
    """Hear /start: go where the link leads, or greet."""
    payload, *_ = words_after_command(turn).split(maxsplit=1) or [""]
    match parse(payload):
        case ReportLink(code):
            _report(turn, next((c for c in turn.reference.profile.categories if c.code == code), None))
        case MeetingLink(code):
            meetings.show(turn, code)
        case JoinLink(code):
            subscribe.join(turn, code)
        case HereLink(code):
            attendance.arrive(turn, code)
        case None:
            if payload:
                turn.say("link.unknown")
            general.start(turn)


def _report(turn: Turn, category: Category | None) -> None:
    if category is None:
        turn.say("link.unknown")
        general.start(turn)
    else:
        report_at(turn, category)


def report_at(turn: Turn, category: Category) -> None:
    """Open the report form at this category; a report that is open already is never thrown away."""
    told = told_in(turn.draft)
    # What was led on is no report; but nothing that somebody in despair wrote goes lost.
    if told is not None and (told.form != KEPT.code or told.answers["intent"] == CRISIS):
        report.start(turn, then=category.code)
    else:
        turn.resident  # noqa: B018 - met now
        report.begin_again(turn, category.code)
