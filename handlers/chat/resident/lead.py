"""Messages that seem to be no report: led to where they belong, and kept until that is sure."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from handlers.chat import chat_form, forms, safety
from handlers.chat.resident import contacts, general, held, meetings, my_reports, quiet, report
from handlers.chat.turn import Turn
from store.domain.draft import Draft
from store.domain.kept_form import CRISIS, ENQUIRY, KEPT, NOTHING_MORE, REPORT_IT, SAY_MORE, UNSUBSCRIBE
from store.domain.understood import Understood

DESPAIR_LASTS = timedelta(days=1)
"""So long what somebody says after the crisis card goes with what they said before it."""


def intent_of(read: Understood) -> str | None:
    """Return what somebody is led on for; None where their words are taken for a report.

    Who is in despair is asked no questions of a form: they are met with an open choice.
    """
    if read.cards[:1] == (safety.DESPAIR,):
        return CRISIS
    return None if read.cards else read.intent


def on(turn: Turn, intent: str, parts: Mapping[str, str]) -> None:
    """Lead somebody on; what they wrote is kept, in case it was meant as a report."""
    if intent == ENQUIRY:
        meetings.tell_asked(turn, "\n".join(parts.values()))
    notices = safety.footer(turn)
    forms.start(turn, KEPT.code, notices=notices, intent=intent, parts=dict(parts), at=turn.sent_at)


def just_kept(turn: Turn, draft: Draft) -> Mapping[str, str]:
    """Return the messages kept a moment ago, to which a new one belongs; none that are older.

    What somebody in despair wrote goes with all that they say for a day.
    """
    within = DESPAIR_LASTS if draft.answers["intent"] == CRISIS else turn.services.gather
    if turn.sent_at - draft.answers["at"] > within.total_seconds():
        return {}
    parts: Mapping[str, str] = draft.answers["parts"]
    return parts


def _finish(turn: Turn, draft: Draft) -> None:
    """Begin a report with the words if they were meant so, or go where they were led."""
    turn.draft = None
    chosen = draft.answers["lead"]
    if chosen == REPORT_IT:
        report.start_with_held(turn, draft)
    elif chosen in _IN_DESPAIR:
        turn.draft = draft.without("lead")
        turn.show(turn.words(_IN_DESPAIR[chosen]))
    else:
        _WAYS[chosen](turn)


_WAYS: dict[str, Callable[[Turn], None]] = {
    "mine": my_reports.listing,
    "contacts": contacts.start,
    "meetings": meetings.start,
    "privacy": general.privacy,
    "quiet": quiet.quiet,
}
_IN_DESPAIR = {SAY_MORE: "lead.more", NOTHING_MORE: "lead.enough"}
"""What is said to each choice after which we go on listening."""


def _stopped(turn: Turn, draft: Draft) -> bool:
    """Stop as they mean it who are in despair (we go on listening) or want no more messages."""
    intent = draft.answers["intent"]
    if intent == CRISIS:
        turn.show(turn.words("lead.enough"))
    elif intent == UNSUBSCRIBE:
        turn.draft = None
        quiet.quiet(turn)
    return intent in {CRISIS, UNSUBSCRIBE}


def _review(_turn: Turn, _draft: Draft) -> str:
    return ""


def _heard_file(turn: Turn, draft: Draft) -> bool:
    """A file is more than talk: begin a report with the words, and with it; in despair it is held."""
    if turn.message is None or not turn.message.effective_attachment:
        return False
    if draft.answers["intent"] == CRISIS:
        took = held.hold_file(turn, draft, quietly=True)
        forms.ask(turn)
        return took
    report.start_with_held(turn, draft)
    begun: Draft | None = turn.draft
    return begun is not None and report.heard_file(turn, begun, quietly=True)


chat_form.register(chat_form.ChatForm(KEPT, _finish, _review, _heard_file, stopped=_stopped))
