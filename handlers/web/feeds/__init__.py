"""What other programs follow: calendars of meetings."""

from __future__ import annotations

from handlers.web.feeds import meetings

ROUTES = meetings.ROUTES
