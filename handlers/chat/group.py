"""Groups and channels, and being blocked or let in again.

Anywhere but in the staff group the bot says once that it works in private, and leaves. It keeps
nothing of what is said there: the update is emptied once handled, and no answer quotes it.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime

from telegram import ChatMember, Message

from handlers.chat.turn import Turn
from store.actions import delivery, resident, unsent
from store.domain.delivery import STAFF_KIND, DeliveryState, Lane, Outgoing
from store.queries import deliveries

log = logging.getLogger(__name__)

GONE = frozenset({ChatMember.BANNED, ChatMember.LEFT})
LEAVING = "group.leave"
MOVED = f"{STAFF_KIND}group_moved"
MOVED_WORDS = (
    "This group has a new number. Please have STAFF_CHAT_ID set to {chat_id} and the bot started again: "
    "until then nobody can work with buttons here."
)
QUIET_MINUTES = 10
"""After it said goodbye the bot is silent so long: what was written meanwhile needs no second answer."""
MINUTE_SECONDS = 60


def membership(turn: Turn) -> None:
    """Remember that a person blocked us or let us in again; leave a group that somebody put us into."""
    change = turn.update.my_chat_member
    if change is None:
        return
    gone = change.new_chat_member.status in GONE
    if change.chat.type != change.chat.PRIVATE:
        if not gone and change.old_chat_member.status in GONE and not _is_staff_group(turn):
            _leave(turn, change.date, again=True)
        return
    resident.mark_blocked(turn.session, change.chat.id, blocked=gone)
    if gone:
        unsent.cancel_for_chat(turn.session, change.chat.id, DeliveryState.BLOCKED)


def heard(turn: Turn) -> None:
    """Leave a strange group in which somebody speaks to the bot; the staff group is quiet.

    An edited message, or a command to another bot, is no business of ours.
    """
    message = turn.update.message
    if message is None:
        return
    staff_chat_id = turn.services.staff_chat_id
    if turn.chat_id == staff_chat_id:
        if message.migrate_to_chat_id:
            _stay(turn, message.migrate_to_chat_id)
    elif message.migrate_from_chat_id and message.migrate_from_chat_id == staff_chat_id:
        _stay(turn, turn.chat_id)
    elif _is_for_us(message) and not _is_staff_group(turn):
        _leave(turn, message.date)


def _is_staff_group(turn: Turn) -> bool:
    """Tell whether this is the staff group, also under the number it got when it grew."""
    if turn.chat_id == turn.services.staff_chat_id:
        return True
    return deliveries.said_any(turn.session, [_moved_key(turn.chat_id)])


def _stay(turn: Turn, chat_id: int) -> None:
    """Tell staff, once, what to do about the new number; that it was said marks the group as theirs."""
    params = {"chat_id": chat_id, "text": MOVED_WORDS.format(chat_id=chat_id)}
    told = Outgoing(Lane.REPLY, chat_id, MOVED, "sendMessage", params, key=_moved_key(chat_id))
    delivery.queue(turn.session, [told])
    log.warning("The staff group has a new number: set STAFF_CHAT_ID", extra={"action": "staff_group.moved"})


def _moved_key(chat_id: int) -> str:
    return f"moved:{chat_id}"


def _leave(turn: Turn, at: datetime, *, again: bool = False) -> None:
    """Say where the bot works, and go; said a moment ago, only go if it was let in `again`."""
    minute = int(at.timestamp()) // MINUTE_SECONDS
    around = 1 if again else QUIET_MINUTES
    keys = [_left_key(turn, one) for one in range(minute - around, minute + around + 1)]
    going = Outgoing(Lane.REPLY, turn.chat_id, LEAVING, "leaveChat", {"chat_id": turn.chat_id})
    if not deliveries.said_any(turn.session, keys):
        link = f"https://t.me/{turn.update.get_bot().username}"
        params = {"chat_id": turn.chat_id, "text": turn.words("chat.private_only", link=link)}
        goodbye = Outgoing(Lane.REPLY, turn.chat_id, LEAVING, "sendMessage", params)
        delivery.queue(turn.session, [goodbye, replace(going, key=_left_key(turn, minute))])
    elif again:
        delivery.queue(turn.session, [going])


def _left_key(turn: Turn, minute: int) -> str:
    return f"left:{turn.chat_id}:{minute}"


def _is_for_us(message: Message) -> bool:
    """Tell whether a message is a command to this bot, names it, or answers it."""
    bot = message.get_bot()
    answered = message.reply_to_message and message.reply_to_message.from_user
    words = (message.text or message.caption or "").casefold().split()
    mine = f"@{bot.username.casefold()}"
    if words and words[0].startswith("/"):
        _, at, name = words[0].partition("@")
        return not at or f"@{name}" == mine
    named = any(word.strip(".,:;!?") == mine for word in words)
    return named or bool(answered and answered.id == bot.id)
