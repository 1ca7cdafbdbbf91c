"""Answer a question of the team, or add something to an own report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from handlers.chat import beside, forms
from handlers.chat.files import file_in
from handlers.chat.resident import report as report_form
from handlers.chat.turn import Turn
from store.actions import evidence, message
from store.actions import report as reports
from store.domain.draft import Draft
from store.domain.errors import NotFound, Refusal
from store.domain.reply_form import ADD, ANSWER, WHICH
from store.queries import own_reports
from store.queries.own_reports import OpenQuestion


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
    about |= {"asked_for": question.text, "parts": dict(parts), "cards": turn.cards}
    forms.start(turn, WHICH.code, **about)


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
    """Send the words as the answer, or begin a report with them."""
    if draft.answers["which"] == "answer":
        words = "\n".join(draft.answers["parts"].values())
        message.answer(turn.session, turn.resident, draft.answers["question"], words)
        turn.draft = None
        turn.show(turn.words("answer.sent", reference=draft.answers["reference"]))
    else:
        turn.draft = None
        turn.cards = {**draft.answers["cards"], **turn.cards}
        report_form.start_with_words(turn, draft.answers["parts"])


def _heard_file(turn: Turn, draft: Draft) -> bool:
    """Add a file to the report at once; False where the message has none."""
    if turn.message is None:
        return False
    try:
        file = file_in(turn.message)
    except Refusal as refusal:
        turn.say(refusal.key, **refusal.values)
        return True
    if file is None:
        return False
    try:
        row = reports.own(turn.session, turn.resident, draft.answers["reference"])
        evidence.add_later(turn.session, row, turn.reference.profile, [file])
    except Refusal as refusal:
        turn.say(refusal.key, **refusal.values)
        return True
    turn.say("add.file_sent", reference=row.reference)
    return True


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


for _form, _finish in (
    (ANSWER, _finish_answer),
    (ADD, _finish_add),
    (WHICH, _finish_which),
):
    forms.register(forms.ChatForm(_form, _or_say_why(_finish), _no_review, _heard_file))
