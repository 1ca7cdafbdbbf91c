"""Colleagues named in a note: `@username`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

_NAMED = re.compile(r"(?<![\w@.])@([a-z0-9][a-z0-9._-]{0,62}[a-z0-9]|[a-z0-9])", re.IGNORECASE)
MOST_MENTIONED = 10


@dataclass(frozen=True, slots=True)
class MentionLine:
    """One note in which somebody was named, for their desk: never its words. `at` is aware UTC."""

    kind: str
    reference: str
    by_name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Untold:
    """Whom a note names without telling them: names of no account, and people who may not open the record."""

    unknown: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()


def named_in(text: str) -> tuple[str, ...]:
    """Return the usernames that a note names, in lower case, each once, in order."""
    return tuple(dict.fromkeys(name.lower() for name in _NAMED.findall(text)))[:MOST_MENTIONED]
