"""The buttons under a question of a form, and what each of them carries."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.chat.keyboards import stacked
from notifications.buttons import Button, FormTap, OwnTap
from notifications.wording import translated
from store.domain.concern import may_be_watched
from store.domain.draft import Draft
from store.domain.evidence_file import PICTURE_TYPES
from store.domain.questions import Kind, Option, Question, ticked
from store.domain.reference import Text

BACK, SKIP, CANCEL, DONE, REMOVE = "~b", "~s", "~x", "~d", "~r"
SEND, CHANGE, GO_TO = "~ok", "~c", "~g."
DELETE, SKIP_GROUP = "~xx", "~sa"
USE, PHOTO_PLACE = "~u", "~p"
AT_REVIEW = (SEND, CHANGE, GO_TO)
OPTION_FIRST = 2
"""A choice with more options than this shows their numbers, for those who would rather type."""

TICKED, NOT_TICKED = "☑", "☐"


@dataclass(frozen=True, slots=True)
class Labels:
    """What the buttons say that send a form and leave it: wording keys, or words with their languages."""

    send: str | Text = "report.send"
    leave: str | Text = "form.cancel"


LABELS = Labels()


def keyboard(
    language: str,
    draft: Draft,
    question: Question,
    asked: Sequence[Question],
    labels: Labels,
    *,
    changeable: bool,
) -> list[list[Button]]:
    """Return the buttons under a question of a form whose questions are `asked`."""

    def button(label: str | Text, value: str, before: str = "") -> Button:
        shown = before + translated(language, label)
        return shown, FormTap(draft.form, question.code, draft.version, value)

    rows = stacked([button(o.label, o.code, mark) for o, mark in _marked(draft, question)])
    if question.code in draft.answers.get("found", {}):
        rows.insert(0, [button("found.use", USE)])
    if question.kind is Kind.REVIEW:
        rows.append([button(labels.send, SEND)])
        if changeable:
            rows.append([button("report.change", CHANGE)])
    rows += [[button(label, value)] for label, value in _deeds(draft, question)]
    if _more_of_group(question, asked, draft):
        rows.append([button("form.skip_rest", SKIP_GROUP)])
    rows.append([*_navigation(draft, question, asked, button), button(labels.leave, CANCEL)])
    if may_be_watched(draft.answers):
        rows.append([(translated(language, "hide.button"), OwnTap("hide"))])
    return rows


def _marked(draft: Draft, question: Question) -> list[tuple[Option, str]]:
    """Return the options with what stands before each: its number, and whether it is ticked."""
    numbered = len(question.options) > OPTION_FIRST
    chosen = ticked(draft, question.code)
    marks = {code: f"{TICKED} " if code in chosen else f"{NOT_TICKED} " for code in _ticks(question)}
    return [
        (option, (f"{number}. " if numbered else "") + marks.get(option.code, ""))
        for number, option in enumerate(question.options, 1)
    ]


def _ticks(question: Question) -> list[str]:
    return [option.code for option in question.options] if question.kind is Kind.TICKS else []


def _deeds(draft: Draft, question: Question) -> list[tuple[str, str]]:
    """Return what ends the ticking, or what can be done with the files that are there."""
    if question.kind is Kind.TICKS and ticked(draft, question.code):
        return [("form.done", DONE)]
    return _file_deeds(draft) if question.kind is Kind.FILES and draft.answers.get("evidence") else []


def _file_deeds(draft: Draft) -> list[tuple[str, str]]:
    """Return what can be done with the files; only one sent as a file can hold its place."""
    deeds = [("form.done", DONE), ("files.remove", REMOVE)]
    if any(may_hold_its_place(file) for file in draft.answers["evidence"]):
        used = draft.answers.get("photo_place")
        deeds.insert(1, ("files.no_place" if used else "files.use_place", PHOTO_PLACE))
    return deeds


def may_hold_its_place(file: Mapping[str, Any]) -> bool:
    """Tell whether the messenger left in a picture where it was taken: only in one sent as a file.

    Of the kinds of picture, only those that we can open are of use.
    """
    return file["kind"] == "document" and file.get("media_type") in PICTURE_TYPES


def _navigation(
    draft: Draft, question: Question, asked: Sequence[Question], button: Callable[[str, str], Button]
) -> list[Button]:
    row = [] if asked[0].code == question.code else [button("form.back", BACK)]
    has_files = question.kind is Kind.FILES and draft.answers.get("evidence")
    if question.skippable and not has_files:
        row.append(button("form.skip", SKIP))
    return row


def _more_of_group(question: Question, asked: Sequence[Question], draft: Draft) -> bool:
    """Tell whether other questions of the same group are open, so that all can be skipped at once."""
    return bool(question.group) and any(
        q.group == question.group and q.code not in draft.answers and q.code != question.code for q in asked
    )
