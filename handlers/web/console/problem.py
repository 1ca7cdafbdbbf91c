"""What a form holds when a page comes: what was typed and refused, or the words of a template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.web.wording import sentence
from store.domain.errors import Changed, Refusal
from store.domain.timeline import TimelineLine

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

    @property
    def seen(self) -> datetime | None:
        """When the page was made from which the refused form was sent; None where it does not say."""
        try:
            seen = datetime.fromisoformat(self.typed.get("seen", ""))
        except ValueError:
            return None
        return seen if seen.tzinfo else None

    def since(self, story: Sequence[TimelineLine]) -> list[TimelineLine]:
        """Return what of a story happened since that page was made; the last of it at least."""
        seen = self.seen
        later = [line for line in story if seen is not None and line.at > seen]
        return later or list(story[-1:])

    def sent(self, form: str, field: str, present: str) -> str:
        """Return what a hidden field of this form holds.

        A form refused for another reason keeps what it had: nobody has been told yet of what
        changed since.
        """
        return self.typed.get(field, present) if form == self.form and not self.stale else present

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
