"""A member of staff's own account: link this chat to it, and sign in to the console."""

from __future__ import annotations

from handlers.chat import menu
from handlers.chat.command import words_after_command
from handlers.chat.staff.access import tell_protected
from handlers.chat.turn import Turn
from notifications.cards import NO_PREVIEW
from store.actions import staff
from store.domain.errors import NotFound
from store.domain.staff import Staff

LINK_PREFIX = "staff_"


def code_of(turn: Turn) -> str | None:
    """Return the code of a staff link that was opened; None where it was no such link."""
    words = words_after_command(turn)
    return words.removeprefix(LINK_PREFIX) if words.startswith(LINK_PREFIX) else None


def link(turn: Turn, code: str) -> None:
    """Link this private chat to the account that the code was made for."""
    try:
        member = staff.link(turn.session, code, turn.user_id)
    except NotFound as refusal:
        turn.say(refusal.key)
        return
    turn.say("start.staff_linked", name=member.name)
    turn.call("setMyCommands", **menu.staff_menu(turn.user_id, member))


def sign_in(turn: Turn, member: Staff) -> None:
    """Give a link that opens the console once, within ten minutes; a second factor still follows."""
    token = staff.sign_in_link(turn.session, member)
    address = f"{turn.services.public_url}/console/sign-in/link/{token}"
    text = f"Sign in here. The link works once, for ten minutes:\n{address}"
    tell_protected(turn, text, link_preview_options=NO_PREVIEW)
