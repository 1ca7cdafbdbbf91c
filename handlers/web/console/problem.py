"""What to put right: said at the top of the page, beside the form, with what was typed kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.web.wording import sentence
from store.domain.errors import Refusal


@dataclass(frozen=True, slots=True)
class Problem:
    """A refused form: which one, why, and what was typed into it."""

    form: str
    text: str
    typed: Mapping[str, str]

    def of(self, form: str, field: str) -> str:
        """Return what was typed into this field, empty for another form's."""
        return self.typed.get(field, "") if form == self.form else ""


NO_PROBLEM = Problem("", "", {})


def problem_of(form: str, refusal: Refusal, typed: Mapping[str, str]) -> Problem:
    """Return the problem that a refusal is for a form."""
    return Problem(form, sentence(refusal), typed)
