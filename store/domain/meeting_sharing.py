"""What came of meetings and who hears it: priorities are shared, corrected, and shared again once done.

Words of a shared priority are corrected for everybody at once. A result is public once it was shared,
and a message that waits never says one that staff have changed since.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from store.domain.meeting import Meeting, MeetingPriority

SOON = timedelta(days=14)
"""So long before the next meeting every priority of the last one should have a result."""


class SharingState(StrEnum):
    """Where a sharing is: what waits is worded anew, people are told one after the other, all are told."""

    REWORDING = "rewording"
    TELLING = "telling"
    TOLD = "told"


SHARING_OPEN = frozenset({SharingState.REWORDING, SharingState.TELLING})


@dataclass(frozen=True, slots=True)
class Kept:
    """A priority as staff have it, and what of it was shared.

    Sharings of a meeting are numbered from 1: `shared_in` is the first that had it (None: none yet),
    `told_in` the one of its last news, `shared_result` the result as it was shared.
    """

    priority: MeetingPriority
    shared_in: int | None = None
    told_in: int | None = None
    shared_result: str | None = None

    @property
    def is_new(self) -> bool:
        """Tell whether there is anything to share: itself, or a result that is new or another."""
        result = self.priority.result
        return self.shared_in is None or (result is not None and result != self.shared_result)

    @property
    def told_result(self) -> str | None:
        """The result that may be told: the one that was shared, while staff still say the same."""
        return self.shared_result if self.shared_result == self.priority.result else None


@dataclass(frozen=True, slots=True)
class SharedMeeting:
    """A meeting with its priorities as everybody may read them."""

    meeting: Meeting
    priorities: tuple[MeetingPriority, ...]

    @property
    def done(self) -> int:
        """How many of them have a result."""
        return sum(one.result is not None for one in self.priorities)


def carried(before: Sequence[Kept], told: Sequence[MeetingPriority]) -> tuple[Kept, ...]:
    """Return what staff say now, each with what was shared of the one that it was before.

    The same text is the same priority wherever it stands; what is left over stands where it stood.
    """
    was = dict(enumerate(before))
    now: dict[int, Kept] = {}
    for at, one in enumerate(told):
        same = next((there for there, kept in was.items() if kept.priority.text == one.text), None)
        if same is not None:
            now[at] = _became(was.pop(same), one)
    for at, one in enumerate(told):
        if at not in now:
            now[at] = _became(was.pop(at, Kept(one)), one)
    return tuple(now[at] for at in range(len(told)))


def _became(kept: Kept, one: MeetingPriority) -> Kept:
    return replace(kept, priority=one, shared_result=kept.shared_result if one.result else None)


def shared(kept: Iterable[Kept], number: int) -> tuple[Kept, ...]:
    """Return the priorities as they are once the sharing with this number has them."""
    return tuple(
        replace(one, shared_in=one.shared_in or number, told_in=number, shared_result=one.priority.result)
        if one.is_new
        else one
        for one in kept
    )


def public(kept: Iterable[Kept]) -> tuple[MeetingPriority, ...]:
    """Return what everybody may read."""
    return tuple(replace(one.priority, result=one.shared_result) for one in kept if one.shared_in is not None)


def news(kept: Iterable[Kept], since: int) -> tuple[MeetingPriority, ...]:
    """Return what somebody is told who heard nothing from the sharing `since` on, in the words of now."""
    told = []
    for one in kept:
        number = one.told_in if one.told_result else one.shared_in
        if number is not None and number >= since:
            told.append(replace(one.priority, result=one.told_result))
    return tuple(told)


def same_words(before: Iterable[Kept], after: Iterable[Kept]) -> bool:
    """Tell whether what waits to be told is still true after a change."""
    return _said(before) == _said(after)


def _said(kept: Iterable[Kept]) -> list[object]:
    return [
        (one.shared_in, one.told_in, one.priority.text, one.priority.owner, one.told_result)
        for one in kept
        if one.shared_in is not None
    ]


class ToDo(StrEnum):
    """What is to be done about a meeting that was held."""

    CHOOSE = "choose"
    SHARE = "share"
    ANSWER = "answer"


TO_DO_LABELS = {
    ToDo.CHOOSE: "Write down its priorities",
    ToDo.SHARE: "Share what came of it",
    ToDo.ANSWER: "Say what came of each priority: the next meeting is soon",
}


def last_of(meeting: Meeting, held: Iterable[Meeting]) -> Meeting | None:
    """Return the meeting before this one: of its series, else of the same area; `held` the newest first."""
    before = [one for one in held if one.starts_at < meeting.starts_at]
    same = (one for one in before if one.series_id is not None and one.series_id == meeting.series_id)
    there = (one for one in before if one.facts.area == meeting.facts.area)
    return next(same, None) or next(there, None)


def to_do(kept: Collection[Kept], next_at: datetime | None, now: datetime) -> tuple[ToDo, ...]:
    """Return what is to be done about a held meeting; `next_at` is the start of the next one like it."""
    if not kept:
        return (ToDo.CHOOSE,)
    found = []
    if any(one.is_new for one in kept):
        found.append(ToDo.SHARE)
    soon = next_at is not None and next_at - now < SOON
    if soon and any(one.priority.result is None for one in kept):
        found.append(ToDo.ANSWER)
    return tuple(found)
