"""One report in chat: read it, take it, put it back, open a case. Restricted ones only in the console."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from handlers.chat.command import words_after_command
from handlers.chat.staff import case, lists, texts
from handlers.chat.staff.access import tell_console_only, tell_protected
from handlers.chat.turn import Turn
from notifications.buttons import Button, StaffTap, markup
from notifications.pieces import pieces
from store.actions import triage
from store.domain import reference_number
from store.domain.errors import NotFound, Refusal
from store.domain.report import ReportState
from store.domain.staff import By, Role
from store.domain.triage import ReportPage
from store.queries import reports

_OPEN = frozenset({ReportState.WAITING, ReportState.IN_CASE})


def open_typed(turn: Turn, by: By) -> None:
    """Open the report or case whose reference was typed after the command; of the end of one, what has it."""
    typed = words_after_command(turn)
    if not typed:
        turn.tell("Send the reference with it, like this: /open K7M-4XQ-9PC")
        return
    reference = reference_number.parse(typed) or reference_number.find(typed)
    if reference is None and reference_number.ending(typed):
        lists.find(turn, by)
        return
    if reference is None:
        raise Refusal("reference.unknown")
    try:
        show(turn, by, reference)
    except NotFound:
        try:
            case.show(turn, by, reference)
        except NotFound as error:
            raise NotFound("record.not_found") from error


def show(turn: Turn, by: By, reference: str) -> None:
    """Show a report to the person in private, wherever they asked."""
    turn.chat_id = turn.user_id
    line = reports.line(turn.session, by.staff, reference)
    if line.restriction is not None:
        tell_console_only(turn, reference, "reports")
        return
    page = triage.open_report(turn.session, by, reference)
    tell_protected(turn, texts.report(page, turn.reference.profile), _buttons(page, by))


def take(turn: Turn, by: By, reference: str) -> None:
    """Take a report; the staff group's card changes with it."""
    triage.take(turn.session, by, reference)
    turn.answer(f"You have taken {reference}.")
    _show_again(turn, by, reference)


def release(turn: Turn, by: By, reference: str) -> None:
    """Put a report back into the queue."""
    triage.release(turn.session, by, reference)
    turn.answer(f"{reference} is back in the queue.")
    _show_again(turn, by, reference)


def open_case(turn: Turn, by: By, reference: str) -> None:
    """Open a case for a report and show it."""
    opened = triage.open_case(turn.session, by, reference)
    turn.answer(f"Case {opened.reference} is open.")
    _show_again(turn, by, reference)
    case.show(turn, by, opened.reference)


def _show_again(turn: Turn, by: By, reference: str) -> None:
    """Bring the page whose button was tapped up to date. A card in a group is not ours to change."""
    message = turn.query.message if turn.query else None
    if message is None or message.chat.id != turn.user_id:
        return
    if reports.line(turn.session, by.staff, reference).restriction is not None:
        return
    page = triage.open_report(turn.session, by, reference)
    text = texts.report(page, turn.reference.profile)
    where: dict[str, Any] = {
        "chat_id": turn.chat_id,
        "message_id": message.message_id,
        "reply_markup": markup(_buttons(page, by)),
    }
    if len(pieces(text)) == 1:
        turn.call("editMessageText", **where, text=text)
    else:
        turn.call("editMessageReplyMarkup", **where)


def _buttons(page: ReportPage, by: By) -> list[list[Button]]:
    """Return what this person may do with the report now; the store decides again at every tap."""
    told, reference = page.report, page.report.reference

    def button(label: str, verb: str) -> Button:
        return label, StaffTap(verb, reference)

    rows: list[list[Button]] = []
    if told.state is ReportState.WAITING:
        rows += _waiting(page, by, button)
    if page.case_reference:
        rows.append([(f"Case {page.case_reference}", StaffTap("case", page.case_reference))])
    talk = [button("Ask", "ask")] if told.state in _OPEN else []
    written = [*talk, button("Reply", "reply")] if page.has_chat else []
    return [*rows, [*written, button("Note", "note")]]


def _waiting(page: ReportPage, by: By, button: Callable[[str, str], Button]) -> list[list[Button]]:
    taken_by = page.report.taken_by
    if taken_by not in {None, by.staff.id} and by.staff.role is not Role.SUPERVISOR:
        return []
    first = button("Take it", "take") if taken_by is None else button("Put it back", "release")
    return [
        [first],
        [button("Open a case", "open_case"), button("Add to a case", "add")],
        [button("Signpost", "signpost"), button("Reject", "reject")],
    ]
