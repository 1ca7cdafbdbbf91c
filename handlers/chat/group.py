"""Groups, and being blocked or let in again."""

from __future__ import annotations

from telegram import ChatMember, Message

from handlers.chat.turn import Turn
from store.actions import delivery, resident
from store.domain.delivery import DeliveryState

GONE = frozenset({ChatMember.BANNED, ChatMember.LEFT})


def membership(turn: Turn) -> None:
    """Remember that a person blocked us or let us in again; say nothing in strange groups."""
    change = turn.update.my_chat_member
    if change is None or change.chat.type != change.chat.PRIVATE:
        return
    gone = change.new_chat_member.status in GONE
    resident.mark_blocked(turn.session, change.chat.id, blocked=gone)
    if gone:
        delivery.cancel_for_chat(turn.session, change.chat.id, DeliveryState.BLOCKED)


def heard(turn: Turn) -> None:
    """Answer a command in a strange group once, quoting nothing, and leave it; the staff group is quiet.

    An edited message, or a command to another bot, is no business of ours.
    """
    message = turn.update.message
    if message is None or turn.chat_id == turn.services.staff_chat_id:
        return
    if _is_for_us(message):
        turn.say("chat.private_only")
        turn.call("leaveChat", chat_id=turn.chat_id)


def _is_for_us(message: Message) -> bool:
    command = (message.text or "").split(maxsplit=1)[:1]
    if not command or not command[0].startswith("/"):
        return False
    _, at, name = command[0].partition("@")
    return not at or name.casefold() == message.get_bot().username.casefold()
