"""What every sender of the benchmark is to send: the same words, once to each of so many people."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

FIRST_CHAT = 10_000
WORDS = "Burglaries in sheds are up in your ward. Lock the shed and mark your tools. Reply STOP to stop."


@dataclass(frozen=True, slots=True)
class Campaign:
    """One message to each of `recipients` people, at most `per_second` of them in a second.

    `began` tells a restarted bot how much of its day is over (Unix seconds).
    """

    recipients: int
    per_second: int = 30
    began: float = field(default_factory=time.time)

    @property
    def chats(self) -> range:
        """Whom it goes to."""
        return range(FIRST_CHAT, FIRST_CHAT + self.recipients)


def write(campaign: Campaign, folder: Path) -> None:
    """Leave it where the sender looks for it."""
    _file(folder).write_text(json.dumps(asdict(campaign)), encoding="utf-8")


def read(folder: Path) -> Campaign:
    """Return what is to be sent."""
    return Campaign(**json.loads(_file(folder).read_text(encoding="utf-8")))


def _file(folder: Path) -> Path:
    return folder / "campaign.json"
