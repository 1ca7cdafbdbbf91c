"""Words that answer or steer but tell nothing: greetings, numbers, yes and no, "back" and "skip"."""

from __future__ import annotations

from handlers.chat.form_keyboard import BACK, CANCEL, DONE, SEND, SKIP
from handlers.chat.turn import Turn
from notifications.wording import say
from store.domain.questions import Kind, clean

STEERING = (
    ("form.words_back", BACK, None),
    ("form.words_cancel", CANCEL, None),
    ("form.words_skip", SKIP, None),
    ("form.words_done", DONE, Kind.FILES),
    ("form.words_send", SEND, Kind.REVIEW),
)
"""Wording key, what it does, and the kind of question at which it does it (None: at every one)."""
_GREETING = "chat.words_greeting"
_ANSWERS = ("form.yes", "form.no", *(key for key, _, _ in STEERING))


def is_greeting(turn: Turn, text: str) -> bool:
    """Tell whether somebody only says hello or thank you: that is no report."""
    return _said(text) in _spoken(turn, _GREETING)


def tells_nothing(turn: Turn, text: str) -> bool:
    """Tell whether these words could only answer or steer: they are no part of a story."""
    said = _said(text)
    if not any(character.isalpha() for character in said):
        return True
    return any(said in _spoken(turn, key) for key in (_GREETING, *_ANSWERS))


def _said(text: str) -> str:
    return " ".join(clean(text).casefold().replace("\u2019", "'").strip(" .!?").split())


def _spoken(turn: Turn, key: str) -> set[str]:
    """Return the ways to say this, in the person's language and in English."""
    return {way.casefold() for language in (turn.language, "en") for way in say(language, key).split("|")}
