"""What a form holds when a page comes: what was typed and refused, or the words of a template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.web.wording import sentence
from store.domain.errors import Changed, Refusal

BAD_FILTER = "finding.bad_value"
"""The refusal of an address that asks for what means nothing."""


@dataclass(frozen=True, slots=True)
class Problem:
    """A form with words in it: which one, what is wrong with them (empty: nothing), and the words.

    `beneath` is what they say in English, where they are in another language. `stale` where
    somebody else changed the record meanwhile.
    """

    form: str
    text: str
    typed: Mapping[str, str]
    beneath: str = ""
    stale: bool = False

    def of(self, form: str, field: str) -> str:
        """Return what was typed into this field, empty for another form's."""
        return self.typed.get(field, "") if form == self.form else ""

    def or_known(self, field: str, _known: str | None) -> str:
        """Return what was typed into this field of the refused form."""
        return self.typed.get(field, "")

    def known(self, _field: str, known: str | None) -> str:
        """Return what is known, for a form that was not refused."""
        return known or ""


NO_PROBLEM = Problem("", "", {})


def problem_of(form: str, refusal: Refusal, typed: Mapping[str, str]) -> Problem:
    """Return the problem that a refusal is for a form."""
    return Problem(form, sentence(refusal), typed, stale=isinstance(refusal, Changed))
