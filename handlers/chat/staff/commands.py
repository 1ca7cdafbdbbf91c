"""The commands of staff in private chat, and taps on their buttons."""

from __future__ import annotations

from collections.abc import Callable

from handlers.chat.staff import (
    account,
    campaign,
    campaign_again,
    campaign_days,
    campaign_file,
    campaign_part,
    campaign_pattern,
    case,
    compose,
    deeds,
    lists,
    report,
    typed,
)
from handlers.chat.staff.access import for_staff, for_workers, worker
from handlers.chat.staff.refusals import sentence, toast, ways_on
from handlers.chat.turn import Turn
from notifications.buttons import StaffTap, read
from store.domain.errors import Refusal
from store.domain.staff import By, may_work_reports
from store.engine import whole

Handler = Callable[[Turn], None]

HELP = (
    "For staff:\n"
    "/queue - reports that wait\n"
    "/mine - your cases and the reports you took\n"
    "/find and words - search reports, cases, notes and messages\n"
    "/open K7M-4XQ-9PC - open a report or case by its reference\n"
    "/take K7M-4XQ-9PC - take a report or case\n"
    "/note K7M-4XQ-9PC and words - a note for staff\n"
    "/reply K7M-4XQ-9PC and words - a reply to the reporter\n"
    "/close K7M-4XQ-9PC - close a case\n"
    "/campaign - write what is told to subscribers\n"
    "/campaigns - what is told to subscribers, how far it is, and what comes again\n"
    "/signin - a link into the console\n\n"
    "What you open here cannot be forwarded and goes after a day. Restricted reports open in the "
    "console only; files are listed in the console."
)
HELP_OTHERS = "For staff:\n/signin - a link into the console"
NOT_LINKED = "This works once your private chat with me is linked to your staff account."
IN_GROUP = frozenset({"take", "open"})


def _open_typed(turn: Turn, by: By) -> None:
    try:
        with whole(turn.session):
            report.open_typed(turn, by)
    except Refusal as refusal:
        turn.tell(sentence(refusal))


_TYPED: dict[str, typed.Deed] = {
    "take": typed.take,
    "note": typed.note,
    "reply": typed.reply,
    "close": typed.close,
}
COMMANDS: dict[str, Handler] = {
    "queue": for_workers(lists.queue),
    "mine": for_workers(lists.mine),
    "find": for_workers(lists.find),
    "open": for_workers(_open_typed),
    "campaign": for_workers(compose.start),
    "campaigns": for_workers(campaign.listing),
    **{name: for_workers(typed.about_record(name, deed)) for name, deed in _TYPED.items()},
    "signin": for_staff(account.sign_in),
}

VERBS: dict[str, Callable[[Turn, By, StaffTap], None]] = {
    "queue": lambda turn, by, tap: lists.queue(turn, by, tap.subject),
    "open": lambda turn, by, tap: report.show(turn, by, tap.subject),
    "take": lambda turn, by, tap: report.take(turn, by, tap.subject),
    "release": lambda turn, by, tap: report.release(turn, by, tap.subject),
    "open_case": lambda turn, by, tap: report.open_case(turn, by, tap.subject),
    "add": lambda turn, by, tap: deeds.start_adding(turn, by, tap.subject),
    "case": lambda turn, by, tap: case.show(turn, by, tap.subject),
    "take_case": lambda turn, by, tap: case.take(turn, by, tap.subject),
    "unmerge": lambda turn, by, tap: case.unmerge(turn, by, tap.subject),
    "move": lambda turn, by, tap: case.move(turn, by, tap.subject, tap.more),
    **campaign.VERBS,
    **campaign_part.VERBS,
    **campaign_file.VERBS,
    **campaign_days.VERBS,
    **campaign_again.VERBS,
    **campaign_pattern.VERBS,
    **compose.VERBS,
    **{
        verb: lambda turn, by, tap: deeds.start(turn, by, tap.verb, tap.subject)
        for verb in (*deeds.ABOUT_REPORTS, *deeds.ABOUT_CASES, "note")
    },
}


def start_or(resident: Handler) -> Handler:
    """Return the handler of /start: a staff link is taken up, everybody else is greeted."""

    def start(turn: Turn) -> None:
        code = account.code_of(turn)
        if code is None:
            resident(turn)
        else:
            account.link(turn, code)

    return start


def help_or(resident: Handler) -> Handler:
    """Return the handler of /help: staff see their own commands too."""

    def help_(turn: Turn) -> None:
        resident(turn)
        if turn.staff is not None:
            turn.tell(HELP if may_work_reports(turn.staff) else HELP_OTHERS)

    return help_


def tapped(turn: Turn) -> None:
    """Hear a tap on a staff button; for everybody else there are no such buttons."""
    by = worker(turn)
    tap = read((turn.query and turn.query.data) or "")
    in_private = turn.chat_id == turn.user_id
    if by is None:
        in_staff_group = turn.chat_id == turn.services.staff_chat_id
        turn.answer(NOT_LINKED if in_staff_group else turn.words("form.already_done"))
        return
    if not isinstance(tap, StaffTap) or tap.verb not in VERBS or not (in_private or tap.verb in IN_GROUP):
        turn.answer(turn.words("form.already_done"))
        return
    try:
        with whole(turn.session):
            VERBS[tap.verb](turn, by, tap)
    except Refusal as refusal:
        turn.answer(toast(refusal))
        if ways_on(refusal):
            turn.chat_id = turn.user_id
            turn.tell(sentence(refusal), ways_on(refusal))
