"""What people want to talk about at a meeting: their questions, and the agenda that is made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from store.domain.errors import Refusal
from store.domain.meeting import Meeting, MeetingState
from store.domain.questions import clean

QUESTION_MAX_CHARACTERS = 1_000
ANSWER_MAX_CHARACTERS = 2_000
MOST_EACH = 5
"""So many questions of one person wait for a look or are on one agenda: nobody fills it alone."""


class AgendaState(StrEnum):
    """Where a question stands: nobody but staff reads it before it is listed."""

    WAITING = "waiting"
    LISTED = "listed"
    MERGED = "merged"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    REPORTED = "reported"


STATE_LABELS: Mapping[AgendaState, str] = MappingProxyType(
    {
        AgendaState.WAITING: "Waits for a look",
        AgendaState.LISTED: "On the agenda",
        AgendaState.MERGED: "Part of another",
        AgendaState.DECLINED: "Not taken",
        AgendaState.WITHDRAWN: "Taken back",
        AgendaState.REPORTED: "Reported privately instead",
    }
)
MOVES: Mapping[AgendaState, frozenset[AgendaState]] = MappingProxyType(
    {
        AgendaState.WAITING: frozenset(
            {
                AgendaState.LISTED,
                AgendaState.MERGED,
                AgendaState.DECLINED,
                AgendaState.WITHDRAWN,
                AgendaState.REPORTED,
            }
        ),
        AgendaState.LISTED: frozenset({AgendaState.MERGED, AgendaState.DECLINED}),
        AgendaState.MERGED: frozenset({AgendaState.LISTED}),
        AgendaState.DECLINED: frozenset({AgendaState.LISTED, AgendaState.REPORTED}),
        AgendaState.WITHDRAWN: frozenset(),
        AgendaState.REPORTED: frozenset(),
    }
)
OPEN = frozenset({AgendaState.WAITING, AgendaState.LISTED})
"""Those that count for how many somebody may ask."""


class Step(StrEnum):
    """Where a question goes among those of the agenda."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One question for a meeting, as staff read it; never whose it is.

    `words` are those of whoever asked, in their `language`; `listed_words` those that everybody reads,
    None before somebody chose them. `asked_by` is the name of staff who put it there themselves. `cards`
    are the safety texts that the words called for. `supporters` counts people, whoever asked among them.
    `merged_into` is the id of the question that this one is part of. Times are aware UTC.
    """

    id: str
    state: AgendaState
    words: str
    language: str
    asked_at: datetime
    version: int
    listed_words: str | None = None
    answer: str | None = None
    answered_at: datetime | None = None
    supporters: int = 0
    cards: tuple[str, ...] = ()
    merged_into: str | None = None
    asked_by: str | None = None
    has_asker: bool = True
    reason: str | None = None
    report_offered_at: datetime | None = None

    @property
    def said(self) -> str:
        """The words to call it by."""
        return self.listed_words or self.words


@dataclass(frozen=True, slots=True)
class ListedItem:
    """One question of the agenda, as everybody reads it."""

    id: str
    words: str
    supporters: int
    answer: str | None = None


@dataclass(frozen=True, slots=True)
class OwnItem:
    """A question of one's own; `report_offered`: staff asked whether it should be a report."""

    id: str
    state: AgendaState
    words: str
    report_offered: bool = False
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Agenda:
    """The agenda of a meeting as one person sees it: what is listed, what is theirs, what they support."""

    meeting: Meeting
    listed: Sequence[ListedItem] = ()
    own: Sequence[OwnItem] = ()
    supported: frozenset[str] = frozenset()


def may(state: AgendaState, to: AgendaState) -> bool:
    """Tell whether a question may go from `state` to `to`; staying is no move."""
    return to in MOVES[state]


def check_may(state: AgendaState, to: AgendaState) -> None:
    """Refuse (`agenda.cannot_move`, with `state`) what `may` does not allow."""
    if not may(state, to):
        raise Refusal("agenda.cannot_move", state=STATE_LABELS[state])


def open_for_questions(meeting: Meeting, now: datetime) -> bool:
    """Tell whether something may be sent ahead to a meeting: it takes place, and has not begun."""
    return meeting.state is MeetingState.PUBLISHED and now < meeting.starts_at


def checked_question(said: str) -> str:
    """Return a question as it is kept. Refusals: `agenda.no_words`, `agenda.too_long` (`longest`)."""
    return _checked(said, QUESTION_MAX_CHARACTERS)


def checked_answer(said: str) -> str:
    """Return an answer or a reason as it is kept. Refusals: `agenda.no_words`, `agenda.too_long`."""
    return _checked(said, ANSWER_MAX_CHARACTERS)


def check_room(open_ones: int) -> None:
    """Refuse (`agenda.enough`, with `most`) one more question of somebody who has so many there."""
    if open_ones >= MOST_EACH:
        raise Refusal("agenda.enough", most=MOST_EACH)


def swapped(order: Sequence[str], item: str, step: Step) -> tuple[str, ...]:
    """Return the order with one item a step up or down; at the end already, as it was."""
    at = order.index(item)
    to = at - 1 if step is Step.UP else at + 1
    moved = list(order)
    if 0 <= to < len(moved):
        moved[at], moved[to] = moved[to], moved[at]
    return tuple(moved)


def _checked(said: str, longest: int) -> str:
    kept = clean(said)
    if not any(character.isalnum() for character in kept):
        raise Refusal("agenda.no_words")
    if len(kept) > longest:
        raise Refusal("agenda.too_long", longest=longest, length=len(kept))
    return kept
