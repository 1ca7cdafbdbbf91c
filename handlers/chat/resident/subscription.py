"""A subscription that there is: what comes, shown with what can be changed, and its end."""

from __future__ import annotations

from handlers.chat import forms
from handlers.chat.keyboards import stacked
from handlers.chat.short_words import asks_to_stop
from handlers.chat.turn import Turn
from notifications.buttons import Button, OwnTap
from notifications.dates import day_in_words
from notifications.stop_row import NEWS, STOP
from store.actions import subscription
from store.domain.subscription import Subscription, Topic, WhyStopped
from store.domain.subscription_form import CHANGE, PAUSE, SETTINGS, SUBSCRIBE, hours_shown, places_named
from store.engine import now
from store.queries import subscriptions

WHY = "why."
GO_ON = "go_on"


def running(turn: Turn) -> Subscription | None:
    """Return this person's subscription if it was not stopped."""
    had = subscriptions.of(turn.session, turn.known.id) if turn.known is not None else None
    return had if had is not None and had.stopped_at is None else None


def lines(turn: Turn, wish: Subscription) -> list[str]:
    """Return what comes, from where, how often and in which language, a line each."""
    topics = (turn.words(f"subscribe.topic.{topic.value}") for topic in Topic if topic in wish.topics)
    named = ", ".join(name for _, name in places_named(turn.reference.profile, wish.places))
    said = {
        "topics": ", ".join(topics),
        "where": named or turn.words("subscribe.everywhere"),
        "often": turn.words(f"subscribe.often.{wish.frequency.value}"),
    }
    told = [f"{turn.words(f'subscribe.label.{code}')}: {words}" for code, words in said.items()]
    return [*told, f"{turn.words('start.language')}: {turn.words('language.name')}"]


def show(turn: Turn, had: Subscription, *notices: str, fresh: bool = False) -> None:
    """Show what comes, with a button for everything that can be changed.

    `fresh` leaves the message whose button was tapped as it is.
    """
    quiet = had.quiet.start != had.quiet.end
    hours = hours_shown(had.quiet) if quiet else turn.words("subscribe.never_quiet")
    told = [
        turn.words("subscribe.yours"),
        *lines(turn, had),
        f"{turn.words('subscribe.label.quiet')}: {hours}",
    ]
    if had.paused_until is not None and had.is_paused(now(turn.session)):
        told.append(turn.words("subscribe.paused", day=day_in_words(had.paused_until, turn.language)))
    tell = turn.tell if fresh else turn.show
    tell("\n\n".join([*notices, "\n".join(told), *silent(turn)]), _buttons(turn, had))


def silent(turn: Turn) -> list[str]:
    """Return what to say to somebody who asked not to be written to first: nothing comes."""
    return [turn.words("subscribe.silent")] if turn.resident.do_not_contact else []


def speak_row(turn: Turn) -> list[list[Button]]:
    """Return the button with which they may be written to again, where they asked not to be."""
    return [[(turn.words("quiet.again"), OwnTap("speak"))]] if turn.resident.do_not_contact else []


def _buttons(turn: Turn, had: Subscription) -> list[list[Button]]:
    paused = had.is_paused(now(turn.session))
    settings: list[Button] = [
        (turn.words(f"subscribe.label.{code}"), OwnTap(NEWS, code)) for code in SETTINGS if code != PAUSE
    ]
    settings.append((turn.words("start.language"), OwnTap("languages")))
    wait = ("subscribe.go_on", GO_ON) if paused else ("subscribe.label.pause", PAUSE)
    settings.append((turn.words(wait[0]), OwnTap(NEWS, wait[1])))
    return [*stacked(settings), [(turn.words("subscribe.stop"), OwnTap(NEWS, STOP))], *speak_row(turn)]


def go_on(turn: Turn) -> None:
    """End a pause."""
    had = subscription.pause(turn.session, turn.resident, None)
    if had is not None:
        show(turn, had, turn.words("subscribe.changed"))


def stop(turn: Turn) -> None:
    """End the news at once, say so, and ask once why; whoever stopped before is told that nothing comes."""
    if not ended(turn):
        silence: list[list[Button]] = [[(turn.words("quiet.button"), OwnTap("quiet"))]]
        turn.tell(turn.words("subscribe.stopped_before"), [] if turn.resident.do_not_contact else silence)
    elif turn.draft is not None:
        _go_on_with_form(turn)


def ended(turn: Turn) -> bool:
    """End the news if any comes, and say so; tell whether any did."""
    if turn.known is None or not subscription.stop(turn.session, turn.known):
        return False
    why: list[Button] = [
        (turn.words(f"subscribe.why.{why.value}"), OwnTap(NEWS, WHY + why.value)) for why in WhyStopped
    ]
    turn.tell(turn.words("subscribe.stopped"), stacked(why))
    return True


def _go_on_with_form(turn: Turn) -> None:
    """Ask the open question again; a form about the news that were stopped is closed."""
    if turn.draft is not None and turn.draft.form in {CHANGE.code, SUBSCRIBE.code}:
        forms.close(turn, turn.draft)
    else:
        forms.ask(turn, fresh=True)


def why(turn: Turn, reason: str) -> None:
    """Keep why somebody stopped."""
    if reason in list(WhyStopped):
        subscription.say_why(turn.session, turn.resident, WhyStopped(reason))
        turn.show(turn.words("subscribe.why_thanks"))


def heard_stop(turn: Turn) -> bool:
    """End the news where a message says STOP in any language; False where no news was ever asked for.

    With news stopped before, STOP is about the form that is open.
    """
    text = (turn.message and turn.message.text) or ""
    if turn.known is None or not asks_to_stop(text):
        return False
    had = subscriptions.of(turn.session, turn.known.id)
    if had is None or (had.stopped_at is not None and turn.draft is not None):
        return False
    stop(turn)
    return True


def stop_command(turn: Turn) -> None:
    """Hear /stop: it ends the news, and where there are none, whatever form is open."""
    if running(turn) is not None:
        stop(turn)
    else:
        forms.cancel(turn)
