"""Answer a question of the team, or add something to an own report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from handlers.chat import beside, chat_form, forms, safety
from handlers.chat.files import file_in
from handlers.chat.resident import held, report
from handlers.chat.short_words import tells_nothing
from handlers.chat.turn import Turn, said_of_album
from store.actions import evidence, message
from store.actions import report as reports
from store.domain.draft import Draft
from store.domain.errors import NotFound, Refusal
from store.domain.message import MESSAGE_MAX_CHARACTERS
from store.domain.reply_form import ADD, ANSWER, WHICH
from store.engine import now
from store.queries import deliveries, own_reports
from store.queries.own_reports import OpenQuestion

JUST_SENT = timedelta(minutes=30)
"""So long after a report words out of the blue may be more of it."""


def answer(turn: Turn, question_id: str) -> None:
    """Open the form for the answer to one question."""
    asked = own_reports.open_questions(turn.session, turn.resident)
    question = next((q for q in asked if q.id == question_id), None)
    if question is None:
        raise NotFound("question.not_found")
    beside.start(turn, ANSWER.code, fresh=True, question=question.id, reference=question.reference)


def add(turn: Turn, reference: str) -> None:
    """Open the form for an addition to one's own report."""
    one = own_reports.one(turn.session, turn.resident, reference)
    beside.start(turn, ADD.code, reference=one.reference)


def ask_which(turn: Turn, question: OpenQuestion, parts: Mapping[str, str]) -> None:
    """Ask whether words out of the blue answer the team's open question."""
    about: dict[str, Any] = {"question": question.id, "reference": question.reference}
    about |= {"asked_for": question.text, "parts": dict(parts)}
    forms.start(turn, WHICH.code, notices=safety.footer(turn), **about)


def ask_if_more(turn: Turn, parts: Mapping[str, str]) -> bool:
    """Ask whether words out of the blue go with the report that was just sent; False if none was.

    Nobody who is not safe to write to is reminded of one.
    """
    if turn.known is None or turn.known.do_not_contact:
        return False
    reference = own_reports.just_sent(turn.session, turn.known, now(turn.session) - JUST_SENT)
    if reference is None:
        return False
    forms.start(turn, WHICH.code, notices=safety.footer(turn), reference=reference, parts=dict(parts))
    return True


def _done(turn: Turn, draft: Draft, key: str) -> None:
    """Say that it is with the team; a report that waited comes back."""
    turn.say(key, reference=draft.answers["reference"])
    forms.close(turn, draft)


def _finish_answer(turn: Turn, draft: Draft) -> None:
    message.answer(turn.session, turn.resident, draft.answers["question"], draft.answers["text"])
    _done(turn, draft, "answer.sent")


def _finish_add(turn: Turn, draft: Draft) -> None:
    message.add(turn.session, turn.resident, draft.answers["reference"], draft.answers["text"])
    _done(turn, draft, "add.sent")


def _finish_which(turn: Turn, draft: Draft) -> None:
    """Send the words as the answer, or begin a report with them; files that were held go along.

    Words too long for an answer stay: they may still begin a report.
    """
    if draft.answers["which"] != "answer":
        report.start_with_held(turn, draft)
        return
    reference, files = draft.answers["reference"], draft.answers.get("files", ())
    words = "\n".join(draft.answers["parts"].values())
    if len(words) > MESSAGE_MAX_CHARACTERS:
        turn.draft = draft.without("which")
        forms.ask(turn, turn.words("message.too_long", maximum=MESSAGE_MAX_CHARACTERS))
        return
    if "question" in draft.answers:
        message.answer(turn.session, turn.resident, draft.answers["question"], words)
    else:
        message.add(turn.session, turn.resident, reference, words)
    turn.draft = None
    said = "answer.sent" if "question" in draft.answers else "add.sent"
    turn.show(turn.words(said, reference=reference))
    if files:
        _say_added(turn, reference, files)


def _heard_file(turn: Turn, draft: Draft) -> bool:
    """Add a file to the report at once; False where the message has none."""
    return _add_file(turn, draft.answers["reference"])


def more_of_album(turn: Turn) -> bool:
    """Add one more file of an album to the report that has the others; False where it is of none.

    The form may be closed by now: the words under the first of them were all that it waited for.
    """
    album = turn.message and turn.message.media_group_id
    if turn.message is None or not album or turn.known is None:
        return False
    for one in own_reports.listing(turn.session, turn.known, MOST_REPORTS):
        keys = [said_of_album(turn.chat_id, album, one.reference, outcome) for outcome in OUTCOMES]
        if deliveries.said_any(turn.session, keys) and not _is_open_for(turn, one.reference):
            _add_file(turn, one.reference)
            _add_caption(turn, one.reference, turn.message.caption or "")
            return True
    return False


def _is_open_for(turn: Turn, reference: str) -> bool:
    draft = turn.draft
    small = draft is not None and draft.form in {ADD.code, ANSWER.code}
    return small and draft is not None and draft.answers["reference"] == reference


OUTCOMES = ("add.file_sent", "files.not_asked", "files.too_big", "files.wrong_kind", "report.closed")
"""What may be said to a file for a report that is there already."""
MOST_REPORTS = 100


def _add_caption(turn: Turn, reference: str, text: str) -> None:
    """Add what was written under a later file of an album."""
    if tells_nothing(turn, text):
        return
    try:
        message.add(turn.session, turn.resident, reference, text)
    except Refusal as refusal:
        turn.say(refusal.key, **refusal.values)
    else:
        turn.say("add.sent", reference=reference)


def _add_file(turn: Turn, reference: str) -> bool:
    try:
        file = file_in(turn.message) if turn.message is not None else None
    except Refusal as refusal:
        turn.say_once(refusal.key, reference, **refusal.values)
        return True
    if file is None:
        return False
    _say_added(turn, reference, [file])
    return True


def _say_added(turn: Turn, reference: str, files: Sequence[Mapping[str, Any]]) -> None:
    """Add files to the report, and say so or why not."""
    try:
        row = reports.own(turn.session, turn.resident, reference)
        evidence.add_later(turn.session, row, turn.reference.profile, files)
    except Refusal as refusal:
        turn.say_once(refusal.key, reference, **refusal.values)
    else:
        turn.say_once("add.file_sent", reference, reference=reference)


def _no_review(_turn: Turn, _draft: Draft) -> str:
    return ""


def _or_say_why(finish: Callable[[Turn, Draft], None]) -> Callable[[Turn, Draft], None]:
    """End the form with a kind word where the store refuses: trying again would not help."""

    def finish_or_refuse(turn: Turn, draft: Draft) -> None:
        try:
            finish(turn, draft)
        except Refusal as refusal:
            turn.say(refusal.key, **refusal.values)
            forms.close(turn, draft)

    return finish_or_refuse


for _form, _finish, _file in (
    (ANSWER, _finish_answer, _heard_file),
    (ADD, _finish_add, _heard_file),
    (WHICH, _finish_which, held.hold_file),
):
    chat_form.register(chat_form.ChatForm(_form, _or_say_why(_finish), _no_review, _file))
