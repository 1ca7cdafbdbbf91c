"""Lists that staff named, to come back to them; shared ones are there for all who work reports."""

from __future__ import annotations

from dataclasses import dataclass

from store.domain.errors import Refusal
from store.domain.finding import Kind

NAME_MAX_CHARACTERS = 60
MAX_VIEWS = 50
"""Views of one person: more than can be told apart are no help."""


@dataclass(frozen=True, slots=True)
class SavedView:
    """One such list: `query` is its filter as an address has it. `version` goes up with every change."""

    id: str
    owner_id: str
    owner_name: str
    name: str
    kind: Kind
    query: str
    shared: bool
    version: int


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works reports, to choose from."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What a list offers to choose from: who may hold a record, and the views saved so far."""

    colleagues: tuple[Colleague, ...]
    views: tuple[SavedView, ...]


def checked_name(name: str) -> str:
    """Return a name without the blanks around it. Refusals: `view.needs_name`, `view.name_too_long`."""
    said = " ".join(name.split())
    if not said:
        raise Refusal("view.needs_name")
    if len(said) > NAME_MAX_CHARACTERS:
        raise Refusal("view.name_too_long", maximum=NAME_MAX_CHARACTERS)
    return said
