"""Who else has a page open: so that two do not work past each other."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

HERE_FOR = timedelta(minutes=2)
"""Somebody whose browser was heard of within this time still has the page open."""


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who has the same page open, since when (UTC)."""

    name: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Company:
    """`others` have the page open too."""

    others: tuple[Colleague, ...] = ()


ALONE = Company()
