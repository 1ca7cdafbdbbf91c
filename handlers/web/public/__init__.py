"""Pages for everybody: no sign-in, nothing that only staff may know."""

from __future__ import annotations

from handlers.web.public import campaigns, meeting_documents, meetings, you_said

ROUTES = (*you_said.ROUTES, *meetings.ROUTES, *meeting_documents.ROUTES, *campaigns.ROUTES)
"""Those of fixed names first: a meeting's reference could be anything."""
