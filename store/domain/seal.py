"""The chain over the events, and what can be wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

SEAL_WITHIN = timedelta(seconds=1)
UNSEALED_IS_TROUBLE_AFTER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Head:
    """The last link: its number and its hash. Kept outside the database, it shows a cut tail."""

    seq: int
    hash: str

    def __str__(self) -> str:
        return f"{self.seq}:{self.hash}"


def parse_head(text: str) -> Head:
    """Return the head that `NUMBER:HASH` names; `ValueError` for anything else."""
    seq, _, chain = text.strip().partition(":")
    if len(chain) != len("0" * 64) or not seq.isdecimal():
        message = f"not a head: {text!r}"
        raise ValueError(message)
    return Head(int(seq), chain)
