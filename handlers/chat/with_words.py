"""Commands that words were typed with: "/report two sofas", "/help he has a knife"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from handlers.chat import conversation, safety
from handlers.chat.command import words_after_command
from handlers.chat.conversation import NOTHING_BEFORE
from handlers.chat.resident import quiet, report, story
from handlers.chat.short_words import STORY_WORDS, tells_nothing
from handlers.chat.turn import Turn
from store.domain.asking import asks
from store.domain.draft import Draft
from store.domain.told import HOLDING, told_in
from store.domain.understanding.watched import asks_to_hide
from store.domain.understood import NOTHING, Understood


def or_words(
    command: Callable[[Turn], None], fewest: int = 1, told: int | None = None
) -> Callable[[Turn], None]:
    """Return the command that hears what was typed with it as words where they call for a safety card.

    Fewer words than `fewest` belong to the command itself; `told` or more that ask nothing are a story,
    whatever they call for.
    """

    def heard(turn: Turn) -> None:
        text = words_after_command(turn)
        read = safety.screen(turn, text) if len(text.split()) >= fewest else NOTHING
        if read.cards or (told is not None and _is_story(text, told, read)):
            conversation.keep(turn, text)
        else:
            command(turn)

    return heard


def _is_story(text: str, fewest: int, read: Understood) -> bool:
    return len(text.split()) >= fewest and read.intent is None and not asks(text)


def clear(turn: Turn) -> None:
    """Hear /clear: hide the chat; a story typed with it is kept, and nothing is said of that."""
    text = words_after_command(turn)
    if not asks_to_hide(text) and _is_story(text, STORY_WORDS, turn.services.read(text)):
        turn.held = True
        conversation.keep(turn, text)
    quiet.hide(turn)


def unless_staff(command: Callable[[Turn], None]) -> Callable[[Turn], None]:
    """Return the command of staff, whose words are about others; from anybody else they are heard."""
    resident = or_words(command, fewest=2)
    return lambda turn: (command if turn.staff is not None else resident)(turn)


def report_command(turn: Turn) -> None:
    """Hear /report; what was typed with it begins the report, or is added to the one that is open."""
    text = words_after_command(turn)
    turn.draft = told_in(turn.draft)
    if turn.draft is not None and turn.draft.form in HOLDING:
        _report_of_held(turn, turn.draft, text)
        return
    if tells_nothing(turn, text):
        report.start(turn)
        return
    if turn.draft is not None:
        report.heard_before_going_on(turn, turn.draft, text)
    else:
        safety.screen(turn, text)
        report.start_with_words(turn, story.with_part(turn, NOTHING_BEFORE, text))


def _report_of_held(turn: Turn, draft: Draft, text: str) -> None:
    """Begin a report with the words that a small form holds, and with those typed now."""
    if not tells_nothing(turn, text):
        safety.screen(turn, text)
        parts = dict(story.with_part(turn, draft.answers["parts"], text))
        draft = replace(draft, answers={**draft.answers, "parts": parts})
    report.start_with_held(turn, draft)
