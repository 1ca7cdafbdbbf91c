"""Render any form in chat and hear the answers: one way for every form there is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from handlers.chat import safety
from handlers.chat.chat_form import FORMS
from handlers.chat.form_keyboard import (
    AT_REVIEW,
    BACK,
    CANCEL,
    CHANGE,
    DELETE,
    DONE,
    GO_TO,
    PHOTO_PLACE,
    REMOVE,
    SEND,
    SKIP,
    SKIP_GROUP,
    USE,
    keyboard,
)
from handlers.chat.keyboards import stacked
from handlers.chat.turn import Turn
from notifications.buttons import FormTap, Keyboard, OwnTap
from notifications.wording import translated
from store.domain import questions as engine
from store.domain.draft import ASKED, HIDDEN, TOLD_AT, Draft
from store.domain.errors import Refusal
from store.domain.questions import Kind, Question
from store.domain.told import WAITING, set_aside, waiting_in
from store.engine import now

MUCH_ANSWERS = 3
VERSIONS_FROM = datetime(2020, 1, 1, tzinfo=UTC)


def start(turn: Turn, code: str, *, fresh: bool = False, notices: Sequence[str] = (), **answers: Any) -> None:
    """Open a form for this person, with what is known already, and ask its first question.

    `fresh` leaves the message whose button was tapped as it is; `notices` are said first.
    """
    form = FORMS[code].form
    version = max(turn.draft.version + 1 if turn.draft else 1, _seconds(turn))
    question = engine.first(form, turn.reference.profile, answers)
    turn.draft = Draft(code, question.code, version, answers)
    if not turn.held:
        ask(turn, *notices, fresh=fresh)


def _seconds(turn: Turn) -> int:
    """Return the seconds since 2020: versions that begin there never meet those of an older form."""
    return int((now(turn.session) - VERSIONS_FROM).total_seconds())


def ask(turn: Turn, *notices: str, fresh: bool = False) -> None:
    """Ask the question the draft stands at; `fresh` asks in a message of its own.

    Under a card that stands alone, and of a form that was hidden, only the notices are said.
    """
    if turn.draft is None:
        return
    tell = turn.tell if fresh else turn.show
    if not turn.held and turn.draft.answers.get(ASKED) != HIDDEN:
        tell(*_asked(turn, turn.draft, *notices))
    elif notices:
        tell("\n\n".join(notices))


def ask_later(turn: Turn, after: timedelta) -> None:
    """Ask the question the draft stands at once the chat has been quiet for so long."""
    if turn.draft is not None:
        turn.tell_later(after, *_asked(turn, turn.draft))


def _asked(turn: Turn, draft: Draft, *notices: str) -> tuple[str, Keyboard]:
    question = question_of(turn, draft)
    if question.card is not None:
        safety.notice(turn, question.card)
    parts = [*notices, *turn.notices, *(translated(turn.language, n) for n in question.notices)]
    if question.kind is Kind.REVIEW:
        parts.append(FORMS[draft.form].review(turn, draft))
    else:
        parts.append(translated(turn.language, question.prompt, **question.values))
    if found := found_in(draft, question.code):
        parts.append(turn.words("found.written", words=found["words"]))
    chat_form = FORMS[draft.form]
    asked = chat_form.form.questions(turn.reference.profile, draft.answers)
    rows = keyboard(
        turn.language, draft, question, asked, chat_form.labels, changeable=bool(chat_form.changeable)
    )
    return "\n\n".join(parts), rows


def found_in(draft: Draft, code: str) -> Mapping[str, Any] | None:
    """Return what the person's own words seem to answer to this question, for them to confirm."""
    found: Mapping[str, Any] | None = draft.answers.get("found", {}).get(code)
    return found


def tapped(turn: Turn, tap: FormTap) -> None:
    """Hear a tap on a form's button; an old one is recognised and answered kindly."""
    draft = turn.draft
    if turn.aside is not None and tap.form == turn.aside.form:
        bring_back(turn)
        return
    if draft is None or draft.form != tap.form:
        turn.answer(turn.words("form.already_done"))
        return
    if tap.version != draft.version or tap.step != question_of(turn, draft).code:
        just_now = tap.version == draft.version - 1
        turn.answer(turn.words("form.already_done" if just_now else "form.old_button"))
        if not just_now:
            ask(turn, fresh=True)
        return
    try:
        act(turn, draft, tap)
    except Refusal as refusal:
        turn.answer(FORMS[draft.form].refused(turn, refusal))


def act(turn: Turn, draft: Draft, tap: FormTap) -> None:
    """Do what a button of the question at hand (or its typed word) says; may refuse."""
    draft = draft.without(ASKED, TOLD_AT)
    if tap.value.startswith(AT_REVIEW) and question_of(turn, draft).kind is not Kind.REVIEW:
        raise Refusal("form.old_button")
    deed = _DEEDS.get(tap.value)
    if deed is not None:
        deed(turn, draft)
        return
    moved = _moved(turn, draft, tap.value)
    if moved is None:
        go_on(turn, _settled(turn, draft, tap.value))
    else:
        turn.draft = moved
        ask(turn)


def _moved(turn: Turn, draft: Draft, value: str) -> Draft | None:
    """Return the draft after a button that settles no question; None for one that does."""
    form, profile, question = FORMS[draft.form].form, turn.reference.profile, question_of(turn, draft)
    if value == BACK:
        return engine.back(form, profile, draft)
    if value == REMOVE:
        return draft.without("evidence", "album").moved(draft.step)
    if value == PHOTO_PLACE and question.kind is Kind.FILES:
        return draft.moved(draft.step, photo_place=not draft.answers.get("photo_place"))
    if value.startswith(GO_TO):
        return engine.go_to(form, profile, draft, value.removeprefix(GO_TO))
    if question.kind is Kind.TICKS and question.option(value):
        return engine.tick(draft, question, [value])
    return None


def _send(turn: Turn, draft: Draft) -> None:
    """Finish the form if nothing is open; else ask what is."""
    form, profile = FORMS[draft.form].form, turn.reference.profile
    open_one = engine.first(form, profile, draft.answers)
    if open_one.code == question_of(turn, draft).code:
        FORMS[draft.form].finish(turn, draft)
    else:
        turn.draft = draft.moved(open_one.code)
        ask(turn)


def go_on(turn: Turn, draft: Draft, *notices: str) -> None:
    """Ask the next question of the draft, or finish a form that has none left."""
    turn.draft = draft
    chat_form = FORMS[draft.form]
    if engine.complete(chat_form.form, turn.reference.profile, draft):
        chat_form.finish(turn, draft)
    elif not turn.held:
        ask(turn, *notices)


def _settled(turn: Turn, draft: Draft, value: str) -> Draft:
    form, profile = FORMS[draft.form].form, turn.reference.profile
    question = question_of(turn, draft)
    if value == SKIP:
        return engine.skip(form, profile, draft)
    if value == SKIP_GROUP and question.group:
        return engine.skip_group(form, profile, draft)
    return settle(turn, draft, question, _chosen(draft, question, value))


def _chosen(draft: Draft, question: Question, value: str) -> Any:
    """Return the answer that a button's value gives to this question."""
    if value == DONE and question.kind is Kind.FILES:
        return "done"
    if value == DONE and question.kind is Kind.TICKS:
        return engine.all_ticked(draft, question)
    if question.kind in {Kind.CHOICE, Kind.PLACE, Kind.REVIEW} and question.option(value):
        return value
    found = found_in(draft, question.code)
    if value == USE and found:
        return found["answer"]
    raise Refusal("form.old_button")


def settle(turn: Turn, draft: Draft, question: Question, answer: Any) -> Draft:
    """Return the draft with this answer, and with whatever else that brings with it."""
    chat_form = FORMS[draft.form]
    settled = engine.settle(chat_form.form, turn.reference.profile, draft, question.code, answer)
    return chat_form.settled(turn, settled, question.code)


def cancel(turn: Turn) -> None:
    """Stop the form; before much is lost, ask."""
    draft = turn.draft
    if draft is None:
        turn.show(turn.words("cancel.nothing"))
    elif FORMS[draft.form].stopped(turn, draft):
        return
    elif FORMS[draft.form].precious and len(draft.answers) >= MUCH_ANSWERS and ASKED not in draft.answers:
        turn.draft = draft.asking("stop")
        step = question_of(turn, draft).code
        turn.show(
            turn.words("cancel.sure"),
            [
                [(turn.words("cancel.delete"), FormTap(draft.form, step, draft.version, DELETE))],
                [(turn.words("report.carry_on_draft"), OwnTap("resume"))],
            ],
        )
    else:
        delete(turn)


def delete(turn: Turn) -> None:
    """Forget the form's answers; a report that waited beside it comes back."""
    if turn.draft is not None:
        turn.show(turn.words("cancel.done"))
        close(turn, turn.draft)


def close(turn: Turn, draft: Draft) -> None:
    """End a form; a report that waited inside a small one is open again, and hidden if it was.

    Where nothing waited, the form that rested is open again.
    """
    turn.draft, turn.ended = waiting_in(draft), True
    if turn.draft is None and turn.aside is not None:
        bring_back(turn)
        return
    hidden = turn.draft is not None and turn.draft.answers.get(ASKED) == HIDDEN
    if not turn.held and not hidden:
        ask(turn, turn.words("report.resumed"), fresh=True)


def bring_back(turn: Turn) -> None:
    """Go on with the form that rests; what is being told waits in it."""
    if turn.aside is not None:
        rested, turn.aside = turn.aside.without(WAITING, ASKED), None
        turn.draft = rested.moved(rested.step, **set_aside(turn.draft))
        ask(turn, turn.words("report.resumed"), fresh=True)


def question_of(turn: Turn, draft: Draft) -> Question:
    """Return the question the draft stands at."""
    return engine.current(FORMS[draft.form].form, turn.reference.profile, draft)


def _show_changeable(turn: Turn, draft: Draft) -> None:
    changeable = FORMS[draft.form].changeable
    if changeable is None:
        return
    turn.draft = draft.moved("review")
    buttons = [
        (label, FormTap(draft.form, "review", turn.draft.version, GO_TO + code))
        for code, label in changeable(turn, draft)
    ]
    back = (turn.words("form.back"), FormTap(draft.form, "review", turn.draft.version, GO_TO + "review"))
    turn.show(turn.words("report.change_which"), [*stacked(buttons), [back]])


_DEEDS: dict[str, Callable[[Turn, Draft], None]] = {
    CANCEL: lambda turn, _: cancel(turn),
    DELETE: lambda turn, _: delete(turn),
    SEND: _send,
    CHANGE: _show_changeable,
}
"""What ends the asking, or goes on in another way than with the next question."""
