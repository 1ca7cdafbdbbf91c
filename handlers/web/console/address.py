"""Where a report or case lies in the console."""

from __future__ import annotations

from handlers.web.visit import Visit
from store.domain import reference_number


def reference_of(visit: Visit) -> str:
    """Return the reference in the path, as we write it."""
    typed = visit.part("reference")
    return reference_number.parse(typed) or typed
