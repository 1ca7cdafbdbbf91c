"""How many came to a meeting, and who was there of the partners: written down by staff afterwards."""

from __future__ import annotations

from dataclasses import dataclass

from store.domain.errors import Refusal
from store.domain.meeting import WORDS_MAX_CHARACTERS, Meeting, MeetingState

MOST_CAME = 10_000


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many people came, and which partners in words (services, councillors), never residents."""

    in_person: int
    online: int
    partners: str = ""

    @property
    def came(self) -> int:
        """How many came in all."""
        return self.in_person + self.online


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting that was held: how many had said that they come, and who came (None: not written down)."""

    meeting: Meeting
    said: int
    turnout: Turnout | None


def checked(told: Turnout) -> Turnout:
    """Return it without the blanks around the words.

    Refusals: `meeting.bad_number` (`least`, `most`), `meeting.too_long` (`maximum`).
    """
    if not all(0 <= count <= MOST_CAME for count in (told.in_person, told.online)):
        raise Refusal("meeting.bad_number", least=0, most=MOST_CAME)
    partners = told.partners.strip()
    if len(partners) > WORDS_MAX_CHARACTERS:
        raise Refusal("meeting.too_long", maximum=WORDS_MAX_CHARACTERS)
    return Turnout(told.in_person, told.online, partners)


def may_be_told(state: MeetingState, *, begun: bool) -> bool:
    """Tell whether it can be written down: of a published meeting, once it has begun."""
    return state is MeetingState.PUBLISHED and begun


def change(before: Turnout | None, after: Turnout) -> str:
    """Return what differs, in plain words."""
    was = _fields(before) if before else dict.fromkeys(_fields(after), "none")
    return "; ".join(
        f"{label}: {was[label]} → {now}" for label, now in _fields(after).items() if was[label] != now
    )


def _fields(told: Turnout) -> dict[str, str]:
    counts = {"In person": str(told.in_person), "Online": str(told.online)}
    return counts | {"Partners": told.partners or "none"}
