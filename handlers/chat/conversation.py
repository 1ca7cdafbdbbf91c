"""What a message or a tap of a resident means, given what they are in the middle of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from handlers.chat import forms, hearing, places, safety
from handlers.chat.chat_form import FORMS
from handlers.chat.command import words_after_command
from handlers.chat.files import file_in, has_file
from handlers.chat.resident import (
    general,
    held,
    lead,
    my_reports,
    quiet,
    reply,
    report,
    story,
    subscribe,
    subscription,
)
from handlers.chat.short_words import STORY_WORDS, is_greeting, tells_nothing
from handlers.chat.turn import Turn
from notifications.buttons import FormTap, OwnTap, read
from notifications.stop_row import NEWS
from store.domain.asking import asks
from store.domain.draft import ASKED, HIDDEN, Draft
from store.domain.errors import Refusal
from store.domain.kept_form import CRISIS, KEPT, UNSUBSCRIBE
from store.domain.questions import Kind, clean
from store.domain.report_form import REPORT, STORY_STEPS
from store.domain.told import HOLDING
from store.domain.written_language import written_in
from store.queries import own_reports

NOTHING_BEFORE: Mapping[str, str] = MappingProxyType({})
_VERBS: dict[str, Callable[[Turn, str], None]] = {
    "report": lambda turn, _: report.start(turn),
    "resume": lambda turn, _: report.resume(turn),
    "carry_on": lambda turn, _: _carry_on(turn),
    "restart": report.restart,
    "mine": lambda turn, _: my_reports.listing(turn),
    "privacy": lambda turn, _: general.privacy(turn),
    "languages": lambda turn, _: general.languages(turn),
    "language": general.language,
    "language_kept": lambda turn, _: general.keep_language(turn),
    "see": my_reports.see,
    "withdraw": my_reports.withdraw,
    "withdraw_yes": my_reports.withdraw_yes,
    "add": reply.add,
    "answer": reply.answer,
    "quiet": lambda turn, _: quiet.quiet(turn),
    "speak": lambda turn, _: quiet.speak(turn),
    "hide": lambda turn, _: quiet.hide(turn),
    NEWS: subscribe.tapped,
}


def _carry_on(turn: Turn) -> None:
    """Go on under a card that stood alone; what it left no room for can be offered now."""
    if turn.draft is not None:
        turn.wrote = written_in(turn.draft.answers.get("what", ""))
    report.resume(turn, fresh=True)


def tapped(turn: Turn) -> None:
    """Hear a tap: a form's button, or one on something of one's own; forged data gets a word."""
    tap = read((turn.query and turn.query.data) or "")
    try:
        match tap:
            case FormTap():
                forms.tapped(turn, tap)
            case OwnTap(verb=verb) if verb in _VERBS:
                _VERBS[verb](turn, tap.subject)
            case _:
                turn.answer(turn.words("form.already_done"))
    except Refusal as refusal:
        turn.answer(turn.words(refusal.key, **refusal.values))


def said(turn: Turn) -> None:
    """Hear a message that is no command."""
    message = turn.message
    if message is None or quiet.heard_wish_to_hide(turn) or subscription.heard_stop(turn):
        return
    if message.caption:  # before anything is asked: it may call for a card that stands alone
        hearing.screen(turn, message.caption)
    caption = message.caption or ""
    if reply.more_of_album(turn) or _form_took_file(turn, caption):
        return
    draft = turn.draft
    text = message.text or ("" if tells_nothing(turn, caption) else caption)
    if text:
        _words(turn, text)
        _file_with_words(turn)
    elif message.venue or message.location:
        _place(turn)
    elif draft is None:
        _out_of_the_blue(turn)
    else:
        forms.ask(turn, turn.words("form.only_words"))


def _file_with_words(turn: Turn) -> None:
    """Keep the file whose caption has just opened a form."""
    draft = turn.draft
    if not turn.opened_now or draft is None:
        return
    if draft.form == REPORT.code:
        report.heard_file(turn, draft, quietly=True)
    else:
        held.hold_file(turn, draft, quietly=True)


def _form_took_file(turn: Turn, caption: str) -> bool:
    """Give a file to the open form, and what was written under it: an answer, or more of the story."""
    draft = turn.draft
    if draft is None or turn.message is None or not has_file(turn.message):
        return False
    if _takes_words(turn, draft):
        took = FORMS[draft.form].heard_file(turn, draft)
        if took and caption and not turn.ended:
            _words(turn, caption)
        return took
    # Before the file is answered: that may ask for more of them.
    if not tells_nothing(turn, caption):
        _add_to_story(turn, draft, caption)
    return FORMS[draft.form].heard_file(turn, turn.draft or draft)


def _takes_words(turn: Turn, draft: Draft) -> bool:
    """Tell whether a caption may answer the question at hand, or is heard as more of what was told."""
    question = forms.question_of(turn, draft)
    return draft.form != REPORT.code or question.kind is Kind.WORDS or question.code in STORY_STEPS


def _add_to_story(turn: Turn, draft: Draft, text: str) -> None:
    """Add words that were said beside the question at hand."""
    try:
        story.add(turn, draft, text)
    except Refusal as refusal:
        turn.say(refusal.key, **refusal.values)
    else:
        if not turn.held:
            turn.say("report.added_words")


def keep(turn: Turn, text: str) -> None:
    """Keep words that a safety card was shown for, though they answer nothing."""
    draft = turn.draft
    if draft is not None and draft.form == REPORT.code:
        _add_to_story(turn, draft, text)
        forms.ask(turn, fresh=True)
    else:
        _words(turn, text)


def _out_of_the_blue(turn: Turn) -> None:
    """Begin a report with a file; for anything else say what can be done here."""
    try:
        has_file = turn.message is not None and file_in(turn.message) is not None
    except Refusal as refusal:
        turn.say(refusal.key, **refusal.values)
        return
    if has_file:
        report.start_with_file(turn)
    else:
        general.what_now(turn)


def edited(turn: Turn) -> None:
    """Hear an edited message: change the answer it gave, or say why that is not possible.

    One without words (a live location that moves on) is nothing that the person did.
    """
    text = turn.message and (turn.message.text or turn.message.caption)
    if not text:
        turn.by_itself = True
        return
    if quiet.heard_wish_to_hide(turn):
        return
    text = words_after_command(turn) or text
    draft = turn.draft
    if draft and draft.form in HOLDING and story.number(turn) in draft.answers["parts"]:
        _held_anew(turn, draft, text, draft.answers["parts"])
    elif not hearing.edited(turn, text):
        safety.screen(turn, text)
        turn.say("report.edited_after")
        if turn.cards:
            keep(turn, text)


def _words(turn: Turn, text: str) -> None:
    asked = turn.draft.answers.get(ASKED) if turn.draft is not None else None
    if asked == HIDDEN and tells_nothing(turn, text):
        _nothing_told(turn, text)
        return
    beside = hearing.beside_the_form(turn, text)
    if beside is not None:
        _BESIDE[beside](turn)
        return
    if asked in {"resume", HIDDEN} and turn.draft is not None and turn.draft.form == REPORT.code:
        report.heard_before_going_on(turn, turn.draft, "" if is_greeting(turn, text) else text)
        return
    if turn.draft is not None and turn.draft.form in HOLDING and not hearing.picks(turn, text):
        led_on = turn.draft.form == KEPT.code
        before = lead.just_kept(turn, turn.draft) if led_on else turn.draft.answers["parts"]
        _held_anew(turn, turn.draft, text, before)
    elif turn.draft is not None:
        hearing.heard_words(turn, text)
    else:
        _free_text(turn, text)


def _held_anew(turn: Turn, draft: Draft, text: str, before: Mapping[str, str]) -> None:
    """Hear words while it is not clear what those `before` were: all of them are heard together."""
    if is_greeting(turn, text):
        general.what_now(turn)
    elif tells_nothing(turn, text):
        safety.screen(turn, text)
        forms.ask(turn)
    else:
        if before:
            safety.carry(turn, draft)
        turn.draft = None
        _free_text(turn, text, before)
        held.carry(turn, turn.draft, draft.answers.get("files", ()))


def _free_text(turn: Turn, text: str, before: Mapping[str, str] = NOTHING_BEFORE) -> None:
    """Hear words out of the blue: screen them, then see what they may be about.

    `before` are the messages that belong to these words, by their numbers.
    """
    if is_greeting(turn, text) or not any(character.isalnum() for character in clean(text)):
        _nothing_told(turn, text)
        return
    parts = story.with_part(turn, before, text)
    read = safety.screen(turn, "\n".join(parts.values()))
    asked = own_reports.open_questions(turn.session, turn.resident)
    intent = lead.intent_of(read)
    if intent == UNSUBSCRIBE:
        subscription.ended(turn)
    if asked:
        reply.ask_which(turn, asked[0], parts)
    elif intent == CRISIS or (intent is not None and not _tells_of_something(turn, before, text)):
        lead.on(turn, intent, parts)
    elif not reply.ask_if_more(turn, parts):
        report.start_with_words(turn, parts)


def _nothing_told(turn: Turn, text: str) -> None:
    """Say what can be done here to somebody who told nothing; a sign alone (SOS) may call for a card."""
    if not is_greeting(turn, text):
        safety.screen(turn, text)
    if not turn.held:
        general.what_now(turn)


def _tells_of_something(turn: Turn, before: Mapping[str, str], text: str) -> bool:
    """Tell whether a message that came right after one that is no report is one by itself."""
    if not before or asks(text) or len(text.split()) < STORY_WORDS:
        return False
    return lead.intent_of(turn.services.read(text)) is None


_BESIDE = {
    "resume": report.resume,
    "restart": report.start_again,
    "delete": forms.delete,
}


def _place(turn: Turn) -> None:
    message = turn.message
    if message is None:
        return
    venue, location = message.venue, message.location
    point = venue.location if venue else location
    words = ", ".join(part for part in (venue.title, venue.address) if part) if venue else ""
    if point is not None and turn.draft is None:
        try:
            found = places.at_point(turn, point.latitude, point.longitude, clean(words))
        except Refusal as refusal:
            turn.say(refusal.key, general.ways_on(turn), **refusal.values)
            return
        report.start_with_place(turn, found)
    elif point is not None:
        hearing.heard_point(turn, point.latitude, point.longitude, clean(words))
