"""What belongs to a meeting besides what it is: its papers, who came, and the poster at its door."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handlers.web.console.problem import Problem
from handlers.web.visit import Visit
from store.domain.attendance import here_from
from store.domain.deep_link import address, at_door, make
from store.domain.meeting import Meeting, MeetingKind, MeetingState
from store.domain.meeting_document import ENDINGS, DocumentKind, shown
from store.domain.turnout import MOST_CAME, Turnout
from store.queries import attendances, meeting_documents, turnouts


async def parts_of(visit: Visit, meeting: Meeting, problem: Problem) -> dict[str, Any]:
    """Return what the page of a meeting says of what belongs to it."""
    papers = await visit.store.read(meeting_documents.attached, visit.staff, meeting.id)
    crowd = await visit.store.read(attendances.crowd, visit.staff, meeting.id)
    turnout = await visit.store.read(turnouts.of, visit.staff, meeting.id)
    now = visit.store.clock.now()
    known = problem.typed if problem.form == "turnout" else _fields(meeting, turnout, crowd.here)
    return {
        "papers": papers,
        "public_papers": [kind for kind in papers if shown(meeting, kind, now)],
        "next_paper": DocumentKind.MINUTES if meeting.starts_at <= now else DocumentKind.AGENDA,
        "paper_endings": ",".join(ENDINGS),
        "crowd": crowd,
        "turnout": turnout,
        "turnout_fields": known,
        "most_came": MOST_CAME,
        "door": _door(visit, meeting),
    }


def _fields(meeting: Meeting, turnout: Turnout | None, here: int) -> Mapping[str, str]:
    """Return what the form holds; until something is written down, those who were counted at the door."""
    if turnout is not None:
        counts = {"in_person": turnout.in_person, "online": turnout.online}
        return {name: str(count) for name, count in counts.items()} | {"partners": turnout.partners}
    kind = meeting.facts.kind
    in_person = "0" if kind is MeetingKind.ONLINE else str(here or "")
    online = "" if kind in {MeetingKind.ONLINE, MeetingKind.HYBRID} else "0"
    return {"in_person": in_person, "online": online, "partners": ""}


def _door(visit: Visit, meeting: Meeting) -> dict[str, Any] | None:
    """Return the link of the poster and from when it counts; None where there is no door, or nobody comes."""
    over = meeting.ends_at <= visit.store.clock.now()
    if meeting.state is not MeetingState.PUBLISHED or meeting.facts.kind is MeetingKind.ONLINE or over:
        return None
    payload, bot = make(at_door(meeting.reference)), visit.site.config.bot_username
    return {"payload": payload, "link": address(bot, payload) if bot else "", "opens": here_from(meeting)}
