from __future__ import annotations

import pytest

from store.domain.evidence_file import (
    MEDIA_TYPE_MAX_CHARACTERS,
    PICTURE_TYPES,
    TAKEN_TYPES,
    copy_key,
    download_name,
    may_be_taken,
    original_key,
    sniff,
)


@pytest.mark.parametrize(
    ("start", "media_type"),
    [
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"RIFF\0\0\0\0WEBP", "image/webp"),
        (b"RIFF\0\0\0\0WAVE", "audio/wav"),
        (b"\0\0\0\x18ftypheic", "image/heic"),
        (b"\0\0\0\x18ftypisom", "video/mp4"),
        (b"%PDF-1.7", "application/pdf"),
        (b"PK\x03\x04", None),
        (b"<html>", None),
        (b"", None),
    ],
)
def test_the_first_bytes_say_what_a_file_is(start: bytes, media_type: str | None) -> None:
    assert sniff(start) == media_type


def test_what_a_file_says_of_itself_decides_whether_it_is_fetched() -> None:
    assert may_be_taken(None)
    assert may_be_taken("image/png")
    assert may_be_taken("application/pdf")
    assert not may_be_taken("application/zip")
    assert not may_be_taken("image/" + "x" * MEDIA_TYPE_MAX_CHARACTERS)


def test_a_file_always_lies_in_the_same_place() -> None:
    assert original_key("abcdef") == "originals/ab/abcdef"
    assert copy_key("abcdef") == "copies/ab/abcdef.jpg"


def test_a_download_is_named_by_us_with_the_ending_of_what_it_is() -> None:
    names = {download_name("0123456789", media_type) for media_type in TAKEN_TYPES}
    assert len(names) == len(TAKEN_TYPES)
    assert not any(name.endswith(".bin") for name in names)
    assert download_name("0123456789", "video/mp4") == "evidence-01234567.mp4"
    assert download_name("0123456789", None) == "evidence-01234567.bin"
    assert PICTURE_TYPES < TAKEN_TYPES
