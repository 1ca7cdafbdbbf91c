"""The questions that put a picture or a document to a campaign in chat, or take it off, in English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from store.domain.campaign_file import MAX_FILE_BYTES, SEEN_MAX_CHARACTERS
from store.domain.campaign_form import ask_again
from store.domain.evidence_file import BYTES_PER_MB, COPY_TYPE
from store.domain.questions import Form, Kind, Option, Question
from store.domain.reference import Profile

FILE, SHOWS, OFF = "file", "shows", "off"
"""Both questions, and the answer to the first that takes the file off. A file that came is the other answer:
`key` where its bytes lie, with `media_type`, `size` and `sha256`."""
HAS = "has"
"""The answer that is none: what the campaign has now, in words; empty for nothing."""
ALBUM = "album"
"""The answer that is none: with which others the file came."""
_ASK_SHOWS = Question(
    SHOWS,
    Kind.WORDS,
    {"en": "It is here. What does it show? Say it in a few words, for people who cannot see it."},
    longest=SEEN_MAX_CHARACTERS,
)


def _questions(_profile: Profile, answers: Mapping[str, Any]) -> list[Question]:
    has = answers[HAS]
    limit = f"{MAX_FILE_BYTES // BYTES_PER_MB} MB"
    prompt = (
        f"Send me a picture or a PDF of at most {limit}, just as you send one to anybody. One goes with a "
        "campaign, above the words. What a picture shows can stand beneath it."
    )
    options = (Option(OFF, {"en": "Take it off"}),) if has else ()
    now = f"It has {has} now. " if has else ""
    asked = [Question(FILE, Kind.CHOICE, {"en": now + prompt}, options)]
    if is_picture(answers.get(FILE)):
        asked.append(_ASK_SHOWS)
    return [*asked, *ask_again(answers)]


def is_picture(answer: Any) -> bool:
    """Tell whether the answer is a picture: then it is asked what that shows."""
    return isinstance(answer, dict) and answer["media_type"] == COPY_TYPE


CAMPAIGN_FILE = Form("campaign_file", _questions, {FILE: (SHOWS,)})
"""Set when it opens: `HAS`, and of which campaign and version."""
