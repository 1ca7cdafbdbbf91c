from __future__ import annotations

import pytest

from store.domain.evidence_file import (
    HEIF_TYPES,
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
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "image/heic"),
        (b"\0\0\0\x18ftypheix", "image/heic"),
        (b"\0\0\0\x18ftyphevc", "image/heic"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "image/heif"),
        (b"\0\0\0\x14ftypmif1\0\0\0\0miaf", "image/heif"),
        (b"\0\0\0\x18ftypavif\0\0\0\0mif1miaf", "image/avif"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0heicmp42", "image/heic"),
        (b"\0\0\0\x18ftypisom", "video/mp4"),
        (b"\0\0\0\x18ftypiso6", "video/mp4"),
        (b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", "video/mp4"),
        (b"\0\0\0\x18ftypNDSC\0\0\0\0NDSCmp42", "video/mp4"),
        (b"\0\0\0\x10ftypisom\0\0\0\0heic", "video/mp4"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "video/quicktime"),
        (b"\0\0\0\x18ftyp3gp5\0\0\0\0isom3gp5", "video/3gpp"),
        (b"\0\0\0\x18ftypM4A \0\0\0\0isommp42", "audio/mp4"),
        (b"\0\0\0\x18ftypcrx \0\0\0\0crx ", None),
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
    assert not HEIF_TYPES & TAKEN_TYPES
