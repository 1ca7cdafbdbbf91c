from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from store.domain.errors import Refusal
from store.domain.meeting import Meeting, MeetingState
from store.domain.meeting_document import (
    DOCX,
    MAX_DOCUMENT_BYTES,
    ODT,
    PDF,
    DocumentKind,
    MeetingDocument,
    check_time,
    file_name,
    judged,
    key_of,
    shown,
    words,
)
from tests.support.meetings import FACTS
from tests.support.papers import NOTES, PAPER, TAKEN, WORD, content, odt, zipped

START = datetime(2026, 12, 1, 18, 30, tzinfo=UTC)
AGENDA, MINUTES = DocumentKind


def meeting(state: MeetingState = MeetingState.PUBLISHED) -> Meeting:
    return Meeting("m1", "K7M-4XQ-9PC", state, START, FACTS, 1)


@pytest.mark.parametrize("name", TAKEN)
def test_a_paper_of_a_kind_we_take_is_known_by_its_bytes(name: str) -> None:
    file, media_type = TAKEN[name]
    assert judged(name, file) == media_type
    assert judged(f"Agenda of May{name.upper()}", file) == media_type


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("a.pdf", NOTES),
        ("a.txt", PAPER),
        ("a.docx", odt()),
        ("a.odt", WORD),
        ("a", PAPER),
        ("pdf", PAPER),
        ("a.exe", PAPER),
        ("a.txt", b"MZ\x90\x00\x03"),
        ("a.txt", b"words\x1b[2J"),
        ("a.txt", "caf\u00e9".encode("latin-1")),
        ("a.docx", b"PK\x03\x04 is no archive"),
        ("a.docx", zipped("[Content_Types].xml", "xl/workbook.xml")),
        ("a.docx", zipped("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin")),
        ("a.odt", odt(media_type=ODT[:-4] + "math")),
        ("a.odt", odt(media_type="application/zip")),
        ("a.odt", odt(first="content.xml2")),
        ("a.odt", zipped()),
        ("a.odt", odt()[:100] + b"PK\x05\x06" + bytes(18)),
    ],
)
def test_a_paper_whose_name_and_bytes_differ_is_of_no_kind_we_take(name: str, file: bytes) -> None:
    with pytest.raises(Refusal, match="wrong_kind"):
        judged(name, file)


def test_a_text_may_have_lines_and_a_mark_of_its_order() -> None:
    assert judged("a.txt", b"\xef\xbb\xbf" + NOTES) == "text/plain"


@pytest.mark.parametrize(
    ("file", "key"),
    [(b"", "needs_file"), (b"%PDF-" + bytes(MAX_DOCUMENT_BYTES), "too_large")],
)
def test_an_empty_and_a_too_large_file_are_refused(file: bytes, key: str) -> None:
    with pytest.raises(Refusal, match=key):
        judged("a.pdf", file)


def test_an_agenda_comes_before_the_start_and_minutes_after_it() -> None:
    check_time(AGENDA, MeetingState.DRAFT, begun=False)
    check_time(MINUTES, MeetingState.PUBLISHED, begun=True)
    for kind, state, begun, key in (
        (AGENDA, MeetingState.PUBLISHED, True, "agenda_too_late"),
        (MINUTES, MeetingState.PUBLISHED, False, "minutes_too_early"),
        (AGENDA, MeetingState.CANCELLED, False, "meeting.cancelled"),
    ):
        with pytest.raises(Refusal, match=key):
            check_time(kind, state, begun=begun)


def test_everybody_reads_the_papers_of_a_published_meeting_and_minutes_only_once_it_has_begun() -> None:
    before, after = START - timedelta(minutes=1), START
    assert shown(meeting(), AGENDA, before)
    assert shown(meeting(), AGENDA, after)
    assert not shown(meeting(), MINUTES, before)
    assert shown(meeting(), MINUTES, after)
    for state in (MeetingState.DRAFT, MeetingState.CANCELLED):
        assert not any(shown(meeting(state), kind, after) for kind in DocumentKind)


def test_a_paper_has_a_plain_name_and_a_place_of_its_own() -> None:
    assert file_name(MINUTES, "K7M-4XQ-9PC", DOCX) == "minutes-K7M-4XQ-9PC.docx"
    assert key_of("abcdef") == "documents/ab/abcdef"
    assert MeetingDocument(AGENDA, "key", content(), START).type_label == "PDF"
    assert content().media_type == PDF


def test_a_story_says_what_a_file_is() -> None:
    assert words(None) == "none"
    assert words(content()) == "PDF, 1 KB"
    assert words(content(b"%PDF-" + bytes(2_500_000))) == "PDF, 2,441 KB"
