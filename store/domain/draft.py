"""A form that somebody is filling in."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

ASKED = "asked"
"""The answer that is none: a question beside the form which typed words would answer."""
HIDDEN = "hidden"
"""Beside a form whose chat was hidden: nothing of it is said until somebody reports or tells something."""
THEN = "then"
"""The answer that is none: the category of the link that asked whether to go on with the open report."""
TOLD_AT = "told_at"
"""The answer that is none: when the last message of a story was sent (seconds since 1970), until a tap."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Where somebody is in a form. `answers` holds plain JSON values by question code.

    `sources` says which message gave which answer, so that an edit finds its question;
    `version` goes up with every change, so that an old button is recognised.
    """

    form: str
    step: str
    version: int = 1
    answers: Mapping[str, Any] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)

    def moved(self, step: str, **answers: Any) -> Draft:
        """Return the draft one version on, at `step`, with these answers set."""
        return replace(self, step=step, version=self.version + 1, answers={**self.answers, **answers})

    def without(self, *codes: str) -> Draft:
        """Return the draft with these answers taken out."""
        return replace(self, answers={k: v for k, v in self.answers.items() if k not in codes})

    def from_message(self, message_id: int, code: str) -> Draft:
        """Return the draft knowing that this message gave the answer to `code`."""
        return replace(self, sources={**self.sources, str(message_id): code})

    def asking(self, what: str) -> Draft:
        """Return the draft with a question beside the form open: "resume" or "stop"; or `HIDDEN`."""
        return replace(self, answers={**self.answers, ASKED: what})

    def noting(self, code: str, known: Mapping[str, Any]) -> Draft:
        """Return the draft with these entries added to the table that it keeps under `code`."""
        return replace(self, answers={**self.answers, code: {**self.answers.get(code, {}), **known}})

    def packed(self) -> str:
        """Return answers and sources as JSON text, for the row."""
        return json.dumps([self.answers, self.sources], ensure_ascii=False, separators=(",", ":"))


def unpacked(form: str, step: str, version: int, packed: str) -> Draft:
    """Return the draft that a row holds."""
    answers, sources = json.loads(packed)
    return Draft(form, step, version, answers, sources)
