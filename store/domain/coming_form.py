"""A small form of residents: what they need at a meeting that they come to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from store.domain.attendance import NEEDS_MAX_CHARACTERS
from store.domain.questions import Form, Kind, Question
from store.domain.reference import Profile


def _needs(_profile: Profile, _answers: Mapping[str, Any]) -> list[Question]:
    return [Question("needs", Kind.WORDS, "coming.needs_ask", longest=NEEDS_MAX_CHARACTERS)]


NEEDS = Form("coming_needs", _needs)
"""Answer `reference`, the meeting's, is set when the form opens."""
