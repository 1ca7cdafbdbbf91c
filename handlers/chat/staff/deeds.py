"""Deeds that need words or a choice: each a small form about one report or case."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from handlers.chat import beside, chat_form, forms
from handlers.chat.resident import general
from handlers.chat.staff import texts
from handlers.chat.staff.access import worker
from handlers.chat.staff.refusals import sentence, ways_on
from handlers.chat.turn import Turn
from notifications.buttons import Button, StaffTap
from notifications.colleagues import not_told
from notifications.quiet_hours import of_record
from store.actions import case, message, triage
from store.domain import reference_number, staff_form
from store.domain.case import CaseState, Outcome
from store.domain.draft import Draft
from store.domain.errors import NotFound, Refusal
from store.domain.questions import Form
from store.domain.report import ClosedReason
from store.domain.staff import By
from store.engine import Session, whole
from store.queries import cases, mentions, reports
from store.queries.merges import check_still_apart

Answers = Mapping[str, Any]
Deed = Callable[[Session, By, Answers], str]
ABOUT_REPORTS = {
    "ask": staff_form.ASK,
    "reply": staff_form.REPLY,
    "signpost": staff_form.SIGNPOST,
    "reject": staff_form.REJECT,
}
TOLD = "A reporter with a chat is told; tell anybody else yourself."
ABOUT_CASES = {"close": staff_form.CLOSE, "reopen": staff_form.REOPEN}


def start(turn: Turn, by: By, verb: str, reference: str) -> None:
    """Open the form of a deed; only about what this person may see and chat may show."""
    about_case = verb in ABOUT_CASES
    if verb == "note":
        about_case = _is_case(turn, by, reference)
    version = _version_here(turn, by, reference, about_case=about_case)
    if about_case:
        _check_may(turn, by, verb, reference)
    form = staff_form.NOTE if verb == "note" else (ABOUT_CASES if about_case else ABOUT_REPORTS)[verb]
    about = "case" if about_case else "open"
    beside.start(turn, form.code, fresh=True, reference=reference, about=about, version=version)


def start_adding(turn: Turn, by: By, reference: str) -> None:
    """Ask which case a report belongs to; cases nearby are suggested."""
    version = _version_here(turn, by, reference, about_case=False)
    page = triage.open_report(turn.session, by, reference)
    profile = turn.reference.profile
    suggested = [[line.reference, texts.case_label(line, profile)] for line in page.suggestions]
    code = staff_form.ADD_TO_CASE.code
    more = {"suggested": suggested, "version": version}
    beside.start(turn, code, fresh=True, reference=reference, about="open", **more)


def _is_case(turn: Turn, by: By, reference: str) -> bool:
    try:
        reports.line(turn.session, by.staff, reference)
    except NotFound:
        return True
    return False


def _version_here(turn: Turn, by: By, reference: str, *, about_case: bool) -> int:
    """Return the version that a form is about; refuses what chat may not show."""
    line = (cases.line if about_case else reports.line)(turn.session, by.staff, reference)
    if line.restriction is not None:
        raise NotFound("case.not_found" if about_case else "report.not_found")
    return line.version


def _check_may(turn: Turn, by: By, verb: str, reference: str) -> None:
    """Refuse at once what would be refused when all is typed."""
    check_still_apart(turn.session, by.staff, reference)
    closed = cases.line(turn.session, by.staff, reference).state is CaseState.CLOSED
    if verb == "close" and closed:
        raise Refusal("case.already_closed")
    if verb == "reopen" and not closed:
        raise Refusal("case.not_closed")


def _ask(session: Session, by: By, answers: Answers) -> str:
    message.ask(session, by, answers["reference"], answers["text"], answers.get("version"))
    return "Your question is on its way." + of_record(session, answers["reference"])


def _reply(session: Session, by: By, answers: Answers) -> str:
    message.reply(session, by, answers["reference"], answers["text"], answers.get("version"))
    return "Your reply is on its way." + of_record(session, answers["reference"])


def _note(session: Session, by: By, answers: Answers) -> str:
    return noted(session, by, answers["reference"], answers["text"])


def noted(session: Session, by: By, reference: str, words: str) -> str:
    """Keep a note; return what to say, also whom it names in vain."""
    note = message.note(session, by, reference, words)
    return "Noted." + not_told(mentions.untold(session, by.staff, note))


def _signpost(session: Session, by: By, answers: Answers) -> str:
    reason, words = ClosedReason(answers["reason"]), answers["words"] or ""
    triage.signpost(session, by, answers["reference"], reason, words, answers.get("version"))
    return f"The report is signposted. {TOLD}" + of_record(session, answers["reference"])


def _reject(session: Session, by: By, answers: Answers) -> str:
    reason, words = ClosedReason(answers["reason"]), answers["words"] or ""
    triage.reject(session, by, answers["reference"], reason, words, answers.get("version"))
    return f"The report is rejected. {TOLD}" + of_record(session, answers["reference"])


def _close(session: Session, by: By, answers: Answers) -> str:
    outcome, words = Outcome(answers["outcome"]), answers["words"]
    case.close(session, by, answers["reference"], outcome, words, answers.get("version"))
    told = "Those who reported it in chat are told; tell anybody else yourself."
    return f"The case is closed. {told}" + of_record(session, answers["reference"])


def _reopen(session: Session, by: By, answers: Answers) -> str:
    case.reopen(session, by, answers["reference"], answers["text"], answers.get("version"))
    return "The case is open again."


def _add(session: Session, by: By, answers: Answers) -> str:
    chosen = answers["case"]
    typed = chosen["words"] if isinstance(chosen, dict) else chosen
    reference = reference_number.parse(typed) or reference_number.find(typed)
    if reference is None:
        raise Refusal("reference.unknown")
    added = triage.add_to_case(session, by, answers["reference"], reference, answers.get("version"))
    return f"The report is in case {added.reference} now."


def _finish(deed: Deed) -> Callable[[Turn, Draft], None]:
    """Return what ends a form: do the deed and say so, or say why not. Typed words stay in the chat."""

    def finish(turn: Turn, draft: Draft) -> None:
        by = worker(turn)
        if by is None:
            turn.draft = None
            general.unknown_command(turn)
            return
        reference = draft.answers["reference"]
        ways: list[list[Button]] = [[(f"Open {reference}", StaffTap(draft.answers["about"], reference))]]
        try:
            with whole(turn.session):
                said = deed(turn.session, by, draft.answers)
        except Refusal as refusal:
            said, ways = f"{sentence(refusal)} Nothing was done.", ways_on(refusal) or ways
        turn.show(said, ways)
        forms.close(turn, draft)

    return finish


def _no_review(_turn: Turn, _draft: Draft) -> str:
    return ""


def _no_file(_turn: Turn, _draft: Draft) -> bool:
    return False


DEEDS: tuple[tuple[Form, Deed], ...] = (
    (staff_form.ASK, _ask),
    (staff_form.REPLY, _reply),
    (staff_form.NOTE, _note),
    (staff_form.SIGNPOST, _signpost),
    (staff_form.REJECT, _reject),
    (staff_form.CLOSE, _close),
    (staff_form.REOPEN, _reopen),
    (staff_form.ADD_TO_CASE, _add),
)


def form_of(form: Form, deed: Deed) -> chat_form.ChatForm:
    """Return the form of a deed as chat knows it."""
    return chat_form.ChatForm(form, _finish(deed), _no_review, _no_file)


for _form, _deed in DEEDS:
    chat_form.register(form_of(_form, _deed))
