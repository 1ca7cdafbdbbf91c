"""The one tree of errors. A refusal is a key with values; the edge turns it into words."""

from __future__ import annotations


class ForelandError(Exception):
    """Everything this program raises on purpose."""


class Refusal(ForelandError):
    """The request was understood and is refused; `key` names the sentence, `values` fill it."""

    def __init__(self, key: str, **values: str | int) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class NotFound(Refusal):
    """There is no such record, or this person may not know of it."""


class NotAllowed(Refusal):
    """The record exists and the person may know of it, but may not do this."""


class Unreadable(Refusal):
    """What is kept of the record does not make sense any more."""


class Changed(Refusal):
    """Somebody else changed the record first; nothing was written."""
