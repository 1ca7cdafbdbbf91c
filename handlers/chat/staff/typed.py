"""What staff type in one line: a command, the reference it is about, and words."""

from __future__ import annotations

from collections.abc import Callable

from handlers.chat.command import words_after_command
from handlers.chat.staff import case, deeds, report
from handlers.chat.staff.access import tell_console_only
from handlers.chat.staff.refusals import sentence, ways_on
from handlers.chat.turn import Turn
from notifications.buttons import StaffTap
from notifications.quiet_hours import of_record
from store.actions import case as case_actions
from store.actions import message, triage
from store.domain import reference_number
from store.domain.errors import NotFound, Refusal
from store.domain.staff import By
from store.engine import whole
from store.queries import cases, reports

Deed = Callable[[Turn, By, str, str], None]
REFERENCE_CHARACTERS = 24
"""A reference stands at the beginning; what comes later in a long text is part of the words."""


def about_record(command: str, deed: Deed) -> Callable[[Turn, By], None]:
    """Return the handler of `/command REFERENCE words`; a refusal becomes a sentence."""

    def handler(turn: Turn, by: By) -> None:
        typed = words_after_command(turn)
        first = _first(typed)
        if first is None:
            turn.tell(f"Send the reference with it, like this: /{command} K7M-4XQ-9PC")
            return
        reference, words = first
        try:
            with whole(turn.session):
                deed(turn, by, reference, words)
        except Refusal as refusal:
            turn.tell(sentence(refusal), ways_on(refusal) or None)

    return handler


def take(turn: Turn, by: By, reference: str, _words: str) -> None:
    """Take a report, or become the officer of a case."""
    kind, restricted = _record(turn, by, reference)
    if kind == "report":
        triage.take(turn.session, by, reference)
    else:
        case_actions.take(turn.session, by, reference)
    if restricted:
        tell_console_only(turn, reference, f"{kind}s")
    else:
        (report.show if kind == "report" else case.show)(turn, by, reference)


def note(turn: Turn, by: By, reference: str, words: str) -> None:
    """Keep a note; without words a small form asks for them."""
    if _in_console_only(turn, by, reference):
        return
    if not words:
        deeds.start(turn, by, "note", reference)
        return
    _done(turn, by, reference, deeds.noted(turn.session, by, reference, words))


def reply(turn: Turn, by: By, reference: str, words: str) -> None:
    """Tell the reporter something; without words a small form asks for them."""
    if _in_console_only(turn, by, reference):
        return
    if not words:
        deeds.start(turn, by, "reply", reference)
        return
    message.reply(turn.session, by, reference, words)
    _done(turn, by, reference, "Your reply is on its way." + of_record(turn.session, reference))


def close(turn: Turn, by: By, reference: str, _words: str) -> None:
    """Open the form that closes a case."""
    if not _in_console_only(turn, by, reference):
        deeds.start(turn, by, "close", reference)


def _first(typed: str) -> tuple[str, str] | None:
    """Return the reference at the beginning, and the words after it."""
    head = typed[:REFERENCE_CHARACTERS]
    for end in range(len(head), 0, -1):
        reference = reference_number.parse(head[:end])
        if reference is not None and not typed[end : end + 1].isalnum():
            return reference, typed[end:].strip(" :,\n")
    return None


def _record(turn: Turn, by: By, reference: str) -> tuple[str, bool]:
    """Return the kind of a record, and whether chat may show it. Refusal: `record.not_found`."""
    try:
        return "report", reports.line(turn.session, by.staff, reference).restriction is not None
    except NotFound:
        pass
    try:
        return "case", cases.line(turn.session, by.staff, reference).restriction is not None
    except NotFound as error:
        raise NotFound("record.not_found") from error


def _in_console_only(turn: Turn, by: By, reference: str) -> bool:
    kind, restricted = _record(turn, by, reference)
    if restricted:
        tell_console_only(turn, reference, f"{kind}s")
    return restricted


def _done(turn: Turn, by: By, reference: str, said: str) -> None:
    verb = "case" if _record(turn, by, reference)[0] == "case" else "open"
    turn.tell(said, [[(f"Open {reference}", StaffTap(verb, reference))]])
