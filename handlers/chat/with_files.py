"""Messages with a picture or document: for the form that asked, else as anything that is said."""

from __future__ import annotations

from handlers.chat import conversation
from handlers.chat.staff import campaign_file
from handlers.chat.turn import Turn


def said(turn: Turn) -> None:
    """Hear a message with a file; of an album of which one went to a campaign the others go nowhere."""
    if not campaign_file.is_left_over(turn):
        conversation.said(turn)
