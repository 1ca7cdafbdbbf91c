"""Words that answer or steer but tell nothing: greetings, numbers, yes and no, "back" and "skip"."""

from __future__ import annotations

from functools import cache
from itertools import chain

from handlers.chat.form_keyboard import BACK, CANCEL, DONE, SEND, SKIP
from handlers.chat.turn import Turn
from notifications.wording import say
from store.domain.folded import folded
from store.domain.questions import Kind, clean
from store.domain.reference import LANGUAGES

STEERING = (
    ("form.words_back", BACK, None),
    ("form.words_cancel", CANCEL, None),
    ("form.words_skip", SKIP, None),
    ("form.words_done", DONE, Kind.FILES),
    ("form.words_done", DONE, Kind.TICKS),
    ("form.words_send", SEND, Kind.REVIEW),
)
"""Wording key, what it does, and the kind of question at which it does it (None: at every one)."""
STORY_WORDS = 5
"""So many words that ask nothing and are like no other kind of message tell of something."""
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


def asks_to_stop(text: str) -> bool:
    """Tell whether a message asks, in any language, for no more news and for nothing else."""
    return _asked(text) in _ways_to_stop()


@cache
def _ways_to_stop() -> frozenset[str]:
    ways = (say(language, "subscribe.words_stop").split("|") for language in LANGUAGES)
    return frozenset(map(_asked, chain.from_iterable(ways)))


def _asked(text: str) -> str:
    """Return the words without accents and without "please" in any language."""
    return " ".join(word for word in folded(clean(text)).split() if word not in _PLEASE)


_PLEASE = frozenset(["please", "pls", "plz", "prosze", "prosim", "va", "te", "rog", "будь", "ласка", "прошу"])


def _said(text: str) -> str:
    return " ".join(clean(text).casefold().replace("\u2019", "'").strip(" .!?").split())


def _spoken(turn: Turn, key: str) -> set[str]:
    """Return the ways to say this, in the person's language and in English."""
    return {way.casefold() for language in (turn.language, "en") for way in say(language, key).split("|")}
