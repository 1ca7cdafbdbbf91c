"""A round over many things, each in a unit of work of its own: one that fails holds up none of the others."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Round:
    """One round. `at` is the id of what is worked on; `failed` are those left out of the rest of it, and why.

    `waiting` (ids) did not fail, but there is nothing to do about them before the next round.
    A unit of work says what it begins with, and takes nothing that failed.
    """

    at: str | None = None
    failed: dict[str, Exception] = field(default_factory=dict)
    waiting: set[str] = field(default_factory=set)

    def begin(self) -> None:
        """Say that nothing is worked on yet: what fails now is no fault of one thing."""
        self.at = None

    def leave_out(self, trouble: Exception) -> bool:
        """Leave out what is worked on, as it failed; tell whether there was anything."""
        if self.at is None:
            return False
        self.failed[self.at] = trouble
        return True

    def end(self) -> None:
        """Raise why the first one failed, if any did: whoever asked for the round is to know."""
        for trouble in self.failed.values():
            raise trouble
