"""Subscribe to news, and change what comes: the forms, and what opens them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from handlers.chat import beside, chat_form, forms
from handlers.chat.form_keyboard import Labels
from handlers.chat.resident import general, news_words, subscription
from handlers.chat.turn import Turn
from notifications.buttons import Button
from notifications.stop_row import OPEN, STOP, stop_row
from store.actions import subscription as actions
from store.domain.day_ahead import day_ahead
from store.domain.draft import Draft
from store.domain.errors import Refusal
from store.domain.questions import TICKED
from store.domain.subscription import Topic, pause_end
from store.domain.subscription_form import (
    CHANGE,
    NOTHING_YET,
    OFTEN,
    PAUSE,
    PAUSE_DAYS,
    SETTING,
    SETTINGS,
    SUBSCRIBE,
    TOPICS,
    WHERE,
    to_change,
    wished,
)
from store.domain.working_days import london_date
from store.engine import now


def start(turn: Turn, *, fresh: bool = False) -> None:
    """Hear /subscribe: open the form, or go on with it; whoever subscribed is shown what comes."""
    had = subscription.running(turn)
    if had is not None:
        subscription.show(turn, had, fresh=fresh)
        return
    if turn.draft is not None and turn.draft.form == SUBSCRIBE.code:
        forms.ask(turn, fresh=True)
        return
    turn.resident  # noqa: B018 - met now
    beside.start(turn, SUBSCRIBE.code, fresh=fresh)


def join(turn: Turn, code: str) -> None:
    """Follow a link to the news of a topic or an area: it is ticked already."""
    question = TOPICS if code in list(Topic) else WHERE
    if question == WHERE and code not in {area.code for area in turn.reference.profile.areas}:
        turn.say("link.unknown")
        general.start(turn)
        return
    had = subscription.running(turn)
    if had is None:
        turn.resident  # noqa: B018 - met now
        known: dict[str, Any] = {question: [code], TICKED: {question: [code]}}
        beside.start(turn, SUBSCRIBE.code, **known)
    elif code in had.topics or code in had.places or (question == WHERE and not had.places):
        subscription.show(turn, had)
    else:
        answers = to_change(turn.reference.profile, had, question)
        answers[TICKED][question].append(code)
        beside.start(turn, CHANGE.code, **answers)


def tapped(turn: Turn, what: str) -> None:
    """Hear a tap on something about the news."""
    if what == STOP:
        subscription.stop(turn)
    elif what == subscription.GO_ON:
        subscription.go_on(turn)
    elif what.startswith(subscription.WHY):
        subscription.why(turn, what.removeprefix(subscription.WHY))
    elif what in SETTINGS:
        _change(turn, what)
    else:
        start(turn, fresh=what == OPEN)


def _change(turn: Turn, setting: str) -> None:
    had = subscription.running(turn)
    if had is None:
        start(turn)
    else:
        beside.start(turn, CHANGE.code, **to_change(turn.reference.profile, had, setting))


def _review(turn: Turn, draft: Draft) -> str:
    """Return what comes, and what is agreed to with one tap: these words are kept."""
    district = turn.reference.profile.district
    consent = turn.words("subscribe.consent", partnership=district.partnership, council=district.council)
    said = subscription.lines(turn, wished(NOTHING_YET, draft.answers))
    return "\n\n".join([turn.words("subscribe.review"), "\n".join(said), consent])


def _changeable(turn: Turn, _draft: Draft) -> Sequence[tuple[str, str]]:
    return [(code, turn.words(f"subscribe.label.{code}")) for code in (TOPICS, WHERE, OFTEN)]


def _finish(turn: Turn, draft: Draft) -> None:
    """Subscribe, and say how to change or end it; what waited beside the form comes back."""
    consent = actions.Consent(_review(turn, draft), turn.language)
    actions.subscribe(turn.session, turn.resident, wished(NOTHING_YET, draft.answers), consent)
    rows: list[list[Button]] = [stop_row(turn.language), *subscription.speak_row(turn)]
    turn.show("\n\n".join([turn.words("subscribe.done"), *subscription.silent(turn)]), rows)
    forms.close(turn, draft)


def _settled(turn: Turn, draft: Draft, code: str) -> Draft:
    """Return the draft with the day on which a pause ends. Refusals: those of `pause_end`."""
    if code != PAUSE:
        return draft
    today, answer = london_date(now(turn.session)), draft.answers[PAUSE]
    named = isinstance(answer, dict)
    day = day_ahead(answer["words"], today) if named else today + timedelta(PAUSE_DAYS[answer])
    if day is None:
        raise Refusal("subscribe.no_day")
    pause_end(day, today)
    return replace(draft, answers={**draft.answers, PAUSE: day.isoformat()})


def _finish_change(turn: Turn, draft: Draft) -> None:
    """Change the one setting, and show what comes now; it may have been stopped in between."""
    had, notices = subscription.running(turn), [turn.words("subscribe.changed")]
    if had is not None and draft.answers[SETTING] == PAUSE:
        today = london_date(now(turn.session))
        until = pause_end(date.fromisoformat(draft.answers[PAUSE]), today)
        actions.pause(turn.session, turn.resident, until)
    elif had is not None and (wish := wished(had, draft.answers)).is_wider_than(had):
        agreed = turn.words("subscribe.agreed_more")
        words = "\n\n".join(["\n".join(subscription.lines(turn, wish)), agreed])
        actions.change(turn.session, turn.resident, wish, actions.Consent(words, turn.language))
        notices.append(agreed)
    elif had is not None:
        actions.change(turn.session, turn.resident, wished(had, draft.answers))
    _back(turn, draft, *notices)


def _left(turn: Turn, draft: Draft) -> bool:
    """Go back to what comes, unchanged."""
    _back(turn, draft)
    return True


def _back(turn: Turn, draft: Draft, *notices: str) -> None:
    had = subscription.running(turn)
    if had is None:
        turn.show(turn.words("subscribe.stopped_before"))
    else:
        subscription.show(turn, had, *notices)
    forms.close(turn, draft)


chat_form.register(
    chat_form.ChatForm(
        SUBSCRIBE,
        _finish,
        _review,
        news_words.heard_file,
        labels=Labels(send="subscribe.agree"),
        changeable=_changeable,
        more_words=news_words.more,
        keep_words=news_words.keep,
        heard_place=news_words.heard_place,
    )
)
chat_form.register(
    chat_form.ChatForm(
        CHANGE,
        _finish_change,
        _review,
        news_words.heard_file,
        labels=Labels(leave="form.back"),
        settled=_settled,
        more_words=news_words.more,
        keep_words=news_words.keep,
        stopped=_left,
        heard_place=news_words.heard_place,
    )
)
