"""What residents read of what came of a meeting: each priority, who does it, and what was done."""

from __future__ import annotations

from collections.abc import Iterable

from notifications.dates import day_in_words
from notifications.pieces import MESSAGE_MAX_UNITS, shortened
from notifications.wording import say
from store.domain.delivery import units
from store.domain.meeting import Meeting, MeetingPriority
from store.domain.meeting_sharing import SharedMeeting

IN_MESSAGE, IN_CARD = 300, 160
"""Of the words of a priority and of a result so many characters: the page has them all."""


def title(language: str) -> str:
    """Return what all of it is called: "You said, we did"."""
    return say(language, "subscribe.topic.you_said")


def message(meeting: Meeting, told: Iterable[MeetingPriority], language: str) -> str:
    """Return the message to those who hear of it."""
    day = day_in_words(meeting.starts_at, language)
    heading = f"{title(language)}\n{meeting.facts.title}, {day}"
    return f"{heading}\n\n{_listed(told, language, IN_MESSAGE)}"


def came_of_it(shared: SharedMeeting, language: str) -> str:
    """Return what came of a meeting, for its card; empty where nothing is shared."""
    if not shared.priorities:
        return ""
    return f"{say(language, 'sharing.came_of_it')}\n\n{_listed(shared.priorities, language, IN_CARD)}"


def last_time(shared: SharedMeeting | None, language: str) -> str:
    """Return what came of the meeting before, for the card of the next one; empty where nothing is known."""
    if shared is None:
        return ""
    heading = say(language, "sharing.last_time", day=day_in_words(shared.meeting.starts_at, language))
    return f"{heading}\n\n{_listed(shared.priorities, language, IN_CARD)}"


def first_point(shared: SharedMeeting | None, language: str) -> str:
    """Return in one line what a meeting begins with; empty where nothing is known."""
    if shared is None:
        return ""
    return say(language, "sharing.first_point", done=shared.done, count=len(shared.priorities))


def beneath(text: str, *parts: str) -> str:
    """Return the text of a card with what fits beneath it into one message: its page has all of it."""
    for part in filter(None, parts):
        longer = f"{text}\n\n{part}"
        text = longer if units(longer) <= MESSAGE_MAX_UNITS else text
    return text


def _listed(told: Iterable[MeetingPriority], language: str, longest: int) -> str:
    return "\n\n".join(_one(number, one, language, longest) for number, one in enumerate(told, 1))


def _one(number: int, one: MeetingPriority, language: str, longest: int) -> str:
    lines = [f"{number}. {shortened(one.text, longest)}", say(language, "sharing.owner", owner=one.owner)]
    if one.result is None:
        lines.append(say(language, "sharing.not_done"))
    else:
        lines.append(say(language, "sharing.done", result=shortened(one.result, longest)))
    return "\n".join(lines)
