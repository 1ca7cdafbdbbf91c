from __future__ import annotations

import pytest

from store.domain.campaign_file import (
    CAPTION_MAX_UNITS,
    MAX_FILE_BYTES,
    CampaignFile,
    FileKind,
    check_captions,
    check_shape,
    checked_seen,
    file_name,
    judged,
    key_of,
)
from store.domain.delivery import units
from store.domain.errors import Refusal
from store.domain.meeting_document import PDF, Content
from tests.support.campaigns import NOON, facts
from tests.support.triage_factory import PROFILE

JPEG, PNG, PAPER, GIF = b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"%PDF-1.7", b"GIF89a"


def test_what_a_file_holds_says_what_it_is() -> None:
    assert judged(JPEG) is judged(PNG) is FileKind.PICTURE
    assert judged(PAPER) is FileKind.DOCUMENT


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"", "campaign_file.needs_file"),
        (PAPER + b"." * MAX_FILE_BYTES, "campaign_file.too_large"),
        (GIF, "campaign_file.wrong_kind"),
        (b"words", "campaign_file.wrong_kind"),
    ],
)
def test_what_cannot_go_with_a_campaign_is_refused(content: bytes, key: str) -> None:
    with pytest.raises(Refusal) as refused:
        judged(content)
    assert refused.value.key == key


def test_a_picture_that_the_messenger_would_not_take_is_refused() -> None:
    check_shape(20, 1)
    check_shape(1, 20)
    with pytest.raises(Refusal, match=r"campaign_file\.too_narrow"):
        check_shape(1, 21)


def test_a_picture_says_what_it_shows_and_a_document_reads_itself_out() -> None:
    assert checked_seen(FileKind.PICTURE, " A shed ") == "A shed"
    assert checked_seen(FileKind.DOCUMENT, "A shed") == ""
    with pytest.raises(Refusal, match=r"campaign_file\.needs_seen"):
        checked_seen(FileKind.PICTURE, " ")
    with pytest.raises(Refusal, match=r"campaign\.too_long"):
        checked_seen(FileKind.PICTURE, "a" * 301)


def test_words_under_a_file_are_counted_as_the_messenger_does_with_their_placeholders_filled() -> None:
    assert units("ab🔒") == 4
    email = len(PROFILE.district.email)
    fits = {"en": "a" * (CAPTION_MAX_UNITS - email) + "{email}", "pl": "🔒" * (CAPTION_MAX_UNITS // 2)}
    check_captions(facts(texts=fits), PROFILE.district)
    for longer in (fits | {"en": "b" + fits["en"]}, fits | {"pl": "b" + fits["pl"]}):
        with pytest.raises(Refusal) as refused:
            check_captions(facts(texts=longer), PROFILE.district)
        assert refused.value.values["long"] == CAPTION_MAX_UNITS + 1


def test_a_file_has_a_place_and_a_name_of_its_own() -> None:
    assert key_of("ab12") == "campaigns/ab/ab12"
    picture = CampaignFile("key", Content("image/jpeg", 9, "5e"), "A shed", NOON)
    paper = CampaignFile("key", Content(PDF, 9, "5e"), "", NOON)
    assert file_name("K7M-4XQ-9PC", picture.kind) == "K7M-4XQ-9PC.jpg"
    assert file_name("K7M-4XQ-9PC", paper.kind) == "K7M-4XQ-9PC.pdf"
