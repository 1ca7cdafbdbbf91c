"""Groups, and being blocked or let in again."""

from __future__ import annotations

from telegram import ChatMember

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
    """Answer a command in a strange group once, quoting nothing; the staff group is quiet."""
    message = turn.message
    if message is None or turn.chat_id == turn.services.staff_chat_id:
        return
    if (message.text or "").startswith("/"):
        turn.say("chat.private_only")
