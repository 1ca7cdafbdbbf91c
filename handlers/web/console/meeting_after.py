"""What belongs to a meeting besides what it is: its papers."""

from __future__ import annotations

from typing import Any

from handlers.web.visit import Visit
from store.domain.meeting import Meeting
from store.domain.meeting_document import ENDINGS, DocumentKind, shown
from store.queries import meeting_documents


async def parts_of(visit: Visit, meeting: Meeting) -> dict[str, Any]:
    """Return what the page of a meeting says of it."""
    papers = await visit.store.read(meeting_documents.attached, visit.staff, meeting.id)
    now = visit.store.clock.now()
    return {
        "papers": papers,
        "public_papers": [kind for kind in papers if shown(meeting, kind, now)],
        "next_paper": DocumentKind.MINUTES if meeting.starts_at <= now else DocumentKind.AGENDA,
        "paper_endings": ",".join(ENDINGS),
    }
