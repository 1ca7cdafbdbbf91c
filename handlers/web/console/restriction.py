"""The form that says to whom a report or a case opens."""

from __future__ import annotations

from handlers.web.visit import Visit
from store.domain.errors import Refusal
from store.domain.reference import Restriction

LIFTED = "none"
"""What is chosen to lift a restriction."""


def asked_restriction(visit: Visit) -> tuple[Restriction | None, str]:
    """Return the kind that was chosen (None: none) and why. Refusal: `record.choose_restriction`."""
    chosen = visit.form.get("kind", "")
    if chosen not in {LIFTED, *Restriction}:
        raise Refusal("record.choose_restriction")
    return None if chosen == LIFTED else Restriction(chosen), visit.form.get("reason", "")
