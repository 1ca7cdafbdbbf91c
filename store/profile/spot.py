"""Where something stands in a profile, so that an error can name file, entry and field."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from store.domain.errors import ForelandError

T_co = TypeVar("T_co", covariant=True)


class ProfileError(ForelandError):
    """A profile file is wrong; the message says where and what, in words for whoever edits it."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a profile: file, entry (its code or number) and field, the last two perhaps empty."""

    file: str
    entry: str = ""
    field: str = ""

    def into(self, field: str) -> Spot:
        """Return the spot one field deeper, as in `questions.needle.text`."""
        return replace(self, field=f"{self.field}.{field}" if self.field else field)

    def error(self, problem: str) -> ProfileError:
        """Return (not raise) the error that says what is wrong here."""
        place = ": ".join(part for part in (self.file, self.entry, self.field) if part)
        return ProfileError(f"{place}: {problem}")


@dataclass(frozen=True, slots=True)
class Found(Generic[T_co]):
    """One entry of a profile together with where it was found."""

    value: T_co
    spot: Spot
