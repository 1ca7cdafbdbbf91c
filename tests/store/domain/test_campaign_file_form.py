"""What is asked of a picture or a document that is sent to the chat."""

from __future__ import annotations

from store.domain import questions as engine
from store.domain.campaign_file_form import CAMPAIGN_FILE, FILE, HAS, OFF, SHOWS, is_picture
from store.domain.draft import Draft
from store.domain.evidence_file import COPY_TYPE
from store.domain.meeting_document import PDF
from tests.support.triage_factory import PROFILE

PICTURE = {"key": "a", "media_type": COPY_TYPE, "size": 1, "sha256": "x"}
PAPER = {**PICTURE, "key": "b", "media_type": PDF}


def test_only_of_a_picture_it_is_asked_what_it_shows() -> None:
    draft = Draft(CAMPAIGN_FILE.code, FILE, 1, {HAS: ""})
    assert is_picture(PICTURE)
    assert not is_picture(OFF)
    assert engine.settle(CAMPAIGN_FILE, PROFILE, draft, FILE, PICTURE).step == SHOWS
    assert engine.complete(CAMPAIGN_FILE, PROFILE, engine.settle(CAMPAIGN_FILE, PROFILE, draft, FILE, PAPER))


def test_another_file_has_words_of_its_own() -> None:
    draft = Draft(CAMPAIGN_FILE.code, SHOWS, 1, {HAS: "", FILE: PICTURE, SHOWS: "A shed"})
    other = engine.settle(CAMPAIGN_FILE, PROFILE, draft, FILE, {**PICTURE, "key": "c"})
    assert SHOWS not in other.answers


def test_what_is_there_is_named_and_can_be_taken_off() -> None:
    has = engine.first(CAMPAIGN_FILE, PROFILE, {HAS: "a PDF"})
    assert [option.code for option in has.options] == [OFF]
    assert "It has a PDF now." in str(has.prompt)
    assert engine.first(CAMPAIGN_FILE, PROFILE, {HAS: ""}).options == ()
