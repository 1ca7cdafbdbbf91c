from __future__ import annotations

from dataclasses import replace

import pytest

from store.domain.errors import Refusal
from store.domain.evidence import (
    REASON_LABELS,
    EvidenceState,
    EvidenceView,
    WhyRefused,
    check_open,
    may_download,
    may_show_copy,
)
from store.domain.evidence_file import HEIF_TYPES
from tests.support.triage_factory import MORNING

PICTURE = EvidenceView(
    id="e1",
    report_id="r1",
    kind="photo",
    name=None,
    size=5,
    media_type="image/jpeg",
    state=EvidenceState.KEPT,
    reason=None,
    sha256="5e",
    created_at=MORNING,
    has_copy=True,
    has_original=True,
)
VIDEO = replace(PICTURE, kind="video", media_type="video/mp4", has_copy=False)


def test_a_picture_is_shown_as_its_copy_and_its_original_stays_sealed() -> None:
    assert may_show_copy(PICTURE)
    assert not may_download(PICTURE)
    assert not may_download(replace(PICTURE, has_copy=False))


def test_what_cannot_be_stripped_is_downloaded_and_never_shown() -> None:
    assert may_download(VIDEO)
    assert not may_show_copy(VIDEO)


@pytest.mark.parametrize("media_type", sorted(HEIF_TYPES))
def test_a_picture_that_cannot_be_stripped_is_not_given_out_even_if_it_was_kept_once(media_type: str) -> None:
    assert not may_download(replace(VIDEO, media_type=media_type))


@pytest.mark.parametrize("file", [PICTURE, VIDEO])
def test_nothing_in_quarantine_opens(file: EvidenceView) -> None:
    locked = replace(file, quarantine_reason="of a child")
    assert locked.quarantined
    assert not may_show_copy(locked)
    assert not may_download(locked)
    with pytest.raises(Refusal) as refusal:
        check_open(locked)
    assert refusal.value.key == "evidence.quarantined"


def test_only_what_is_kept_opens() -> None:
    check_open(PICTURE)
    with pytest.raises(Refusal) as refusal:
        check_open(replace(PICTURE, state=EvidenceState.WAITING))
    assert refusal.value.key == "evidence.not_kept"


def test_staff_are_told_why_a_file_is_not_there() -> None:
    refused = replace(PICTURE, state=EvidenceState.REFUSED, reason=WhyRefused.BROKEN_PICTURE)
    assert refused.why == "A picture that is broken or not all there."
    failed = replace(PICTURE, state=EvidenceState.FAILED, reason="TimedOut")
    assert "TimedOut" in (failed.why or "")
    assert replace(PICTURE, state=EvidenceState.WAITING, reason="TimedOut").why is None
    assert PICTURE.why is None
    assert set(REASON_LABELS) == set(WhyRefused)
