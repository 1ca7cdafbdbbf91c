"""A form as chat knows it, and all that there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from handlers.chat.form_keyboard import LABELS, Labels
from handlers.chat.turn import Turn
from store.domain.draft import Draft
from store.domain.errors import Refusal
from store.domain.questions import Form


def _as_it_is(_turn: Turn, draft: Draft, _code: str) -> Draft:
    return draft


def _no_more(_turn: Turn, _draft: Draft, _text: str) -> bool:
    return False


def _refused(turn: Turn, refusal: Refusal) -> str:
    return turn.words(refusal.key, **refusal.values)


@dataclass(frozen=True, slots=True)
class ChatForm:
    """A form as chat knows it: its questions, what ends it, and how its review reads.

    `settled` is what else an answer (its question's code) brings, also to be said (`Turn.notices`);
    `more_words` hears words that answer no question, and tells whether it took them; `keep_words`
    takes them in any case; `add_words` takes them and says nothing; `stopped` does what stopping means
    where that is more than to forget the answers, and tells whether it did; `heard_place` hears a place
    that was named or shared where options are ticked; `refused` words what its answers are refused for.
    `precious`: it is asked again before much is lost. `screened`: what is typed may call for a safety card,
    as the words of staff about others do not.
    """

    form: Form
    finish: Callable[[Turn, Draft], None]
    review: Callable[[Turn, Draft], str]
    heard_file: Callable[[Turn, Draft], bool]
    labels: Labels = LABELS
    changeable: Callable[[Turn, Draft], Sequence[tuple[str, str]]] | None = None
    settled: Callable[[Turn, Draft, str], Draft] = _as_it_is
    more_words: Callable[[Turn, Draft, str], bool] = _no_more
    keep_words: Callable[[Turn, Draft, str], bool] = _no_more
    add_words: Callable[[Turn, Draft, str], None] = lambda _turn, _draft, _text: None
    stopped: Callable[[Turn, Draft], bool] = lambda _turn, _draft: False
    refused: Callable[[Turn, Refusal], str] = _refused
    precious: bool = False
    screened: bool = True
    heard_place: Callable[[Turn, Draft, Mapping[str, Any]], None] = lambda _turn, _draft, _place: None


FORMS: dict[str, ChatForm] = {}


def register(form: ChatForm) -> None:
    """Make a form known under its code."""
    FORMS[form.form.code] = form
