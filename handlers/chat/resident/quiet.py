"""Be left alone: no messages unless one writes first, and a chat that others may look at emptied."""

from __future__ import annotations

from handlers.chat.turn import Turn
from notifications.buttons import Button, OwnTap
from store.actions import resident
from store.domain.concern import may_be_watched
from store.domain.draft import HIDDEN, Draft
from store.domain.report_form import REPORT
from store.domain.understanding.watched import asks_to_hide
from store.queries import chat

DELETED_AT_ONCE = 100
"""The Bot API deletes no more messages in one call (deleteMessages)."""


def buttons(turn: Turn) -> list[list[Button]]:
    """Return the buttons for being left alone, or being written to again, and for hiding the chat."""
    silent = turn.known is not None and turn.known.do_not_contact
    wish = ("quiet.again", "speak") if silent else ("quiet.button", "quiet")
    return [[(turn.words(key), OwnTap(verb))] for key, verb in (wish, ("hide.button", "hide"))]


def hide_row(turn: Turn, draft: Draft) -> list[list[Button]]:
    """Return the button that hides the chat, for those whose phone others may read."""
    watched = turn.resident.do_not_contact or may_be_watched(draft.answers)
    return [[(turn.words("hide.button"), OwnTap("hide"))]] if watched else []


def quiet(turn: Turn) -> None:
    """Write to this person only in answer to them, from now on."""
    if not turn.resident.do_not_contact:
        turn.known = resident.set_do_not_contact(turn.session, turn.resident, True)
    turn.show(turn.words("quiet.done"), buttons(turn))


def speak(turn: Turn) -> None:
    """Write to this person as usual again."""
    if turn.resident.do_not_contact:
        turn.known = resident.set_do_not_contact(turn.session, turn.resident, False)
    turn.show(turn.words("quiet.ended"), buttons(turn))


def heard_wish_to_hide(turn: Turn) -> bool:
    """Hide the chat at once where a message asks for nothing else; tell whether it did."""
    message = turn.message
    wished = message is not None and asks_to_hide(message.text or message.caption or "")
    if wished:
        hide(turn)
    return wished


def hide(turn: Turn) -> None:
    """Delete everything in this chat that the messenger lets us delete, and say nothing more.

    Nothing is written here first from then on: it would show what was hidden. An open report stays, and
    nothing of it is said to whoever says hello: the phone may be in other hands. Who reports or tells
    something is asked whether to go on with it.
    """
    if not turn.resident.do_not_contact:
        turn.known = resident.set_do_not_contact(turn.session, turn.resident, True)
    numbers = chat.messages_of(turn.session, turn.chat_id)
    tapped = turn.query.message if turn.query is not None else None
    if tapped is not None and tapped.message_id not in numbers:  # sent, but not yet written down as such
        numbers.append(tapped.message_id)
    resident.hidden(turn.session, turn.resident, len(numbers))
    for first in range(0, len(numbers), DELETED_AT_ONCE):
        some = numbers[first : first + DELETED_AT_ONCE]
        turn.call("deleteMessages", chat_id=turn.chat_id, message_ids=some)
    if turn.draft is not None and turn.draft.form == REPORT.code:
        turn.draft = turn.draft.asking(HIDDEN)
