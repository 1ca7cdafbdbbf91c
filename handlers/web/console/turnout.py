"""Who came to a meeting, written down by staff."""

from __future__ import annotations

from handlers.web.console.deeds import routes_of
from handlers.web.console.meeting_page import meeting_page
from handlers.web.console.meetings import PATH, path_of
from handlers.web.visit import Visit
from store.actions import turnout
from store.domain.recurrence_form import number
from store.domain.turnout import MOST_CAME, Turnout


async def record(visit: Visit, reference: str) -> str:
    """Write down who came."""
    form = visit.form
    in_person, online = (number(form, name, 0, MOST_CAME) for name in ("in_person", "online"))
    told = Turnout(in_person, online, form.get("partners", ""))
    await visit.store.write(turnout.set_turnout, visit.by, reference, told, visit.version)
    return path_of(reference)


ROUTES = (routes_of(PATH, "meeting.not_found", meeting_page)("turnout", "turnout-kept", record),)
