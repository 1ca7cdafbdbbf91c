"""Pages for everybody: no sign-in, nothing that only staff may know."""

from __future__ import annotations

from handlers.web.public import meetings

ROUTES = meetings.ROUTES
