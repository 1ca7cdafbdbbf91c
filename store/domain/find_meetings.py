"""The small form behind /meetings: from where somebody looks for one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from store.domain.questions import Form, Kind, Option, Question
from store.domain.reference import Profile

ALL, MINE, WHERE = "all", "mine", "where"
STORY_WORDS = 5
"""So many words that name no place are no answer: somebody tells of something."""


def _questions(profile: Profile, answers: Mapping[str, Any]) -> list[Question]:
    mine = (Option(MINE, "meetings.mine"),) if answers["mine"] else ()
    areas = tuple(Option(area.code, {"en": area.name}) for area in profile.areas)
    options = (*mine, *areas, Option(ALL, "meetings.all"))
    return [Question(WHERE, Kind.PLACE, "meetings.ask", options)]


FIND = Form("find_meetings", _questions)
"""Set when it opens: `mine`, whether they subscribed to meetings. The answer is a place, the code of an
area, `ALL` or `MINE`."""
