"""The agenda and the minutes of a meeting in chat: a button each that sends the link in words."""

from __future__ import annotations

from handlers.chat.turn import Turn
from notifications.buttons import Button, OwnTap, read
from notifications.dates import span_in_words
from notifications.page_link import page_link
from store.domain.errors import NotFound, Refusal
from store.domain.meeting import Meeting
from store.domain.meeting_document import DocumentKind
from store.queries import meeting_documents
from store.queries.meeting_documents import Documents

PAPER = "paper"


def paper_row(turn: Turn, meeting: Meeting, papers: Documents) -> list[list[Button]]:
    """Return a row with a button for each paper that there is; no row where there is none."""
    buttons: list[Button] = [
        (turn.words(f"paper.button.{kind.value}"), OwnTap(PAPER, f"{meeting.reference}.{kind.value}"))
        for kind in papers
    ]
    return [buttons] if buttons else []


def tapped(turn: Turn) -> None:
    """Hear a tap: send the link in words; what has gone is answered kindly."""
    tap = read((turn.query and turn.query.data) or "")
    reference, _, kind = tap.subject.partition(".") if isinstance(tap, OwnTap) else ("", "", "")
    try:
        _tell(turn, reference, kind)
    except Refusal as refusal:
        turn.answer(turn.words(refusal.key, **refusal.values))


def _tell(turn: Turn, reference: str, said: str) -> None:
    if said not in set(DocumentKind):
        raise NotFound("meeting_document.not_found", reference=reference)
    paper = meeting_documents.public(turn.session, reference, DocumentKind(said))
    meeting = paper.meeting
    link = page_link(turn.services.public_url, f"/meetings/{meeting.reference}/{said}", turn.language)
    when = span_in_words(meeting.starts_at, meeting.ends_at, turn.language)
    turn.say(f"paper.{said}", title=meeting.facts.title, when=when, link=link)
