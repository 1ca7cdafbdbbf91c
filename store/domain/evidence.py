"""Files that belong to a report."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from store.domain.errors import NotAllowed, Refusal
from store.domain.evidence_file import HEIF_TYPES, PICTURE_TYPES
from store.domain.timeline import TimelineLine


class EvidenceState(StrEnum):
    """What became of a file: still to be fetched, kept, refused, or never got."""

    WAITING = "waiting"
    KEPT = "kept"
    REFUSED = "refused"
    FAILED = "failed"


class WhyRefused(StrEnum):
    """Why a file that we could have is not kept."""

    KIND = "kind"
    TOO_LARGE = "too_large"
    TOO_MANY_PIXELS = "too_many_pixels"
    BROKEN_PICTURE = "broken_picture"
    HEIF = "heif"


REASON_LABELS: Mapping[WhyRefused, str] = MappingProxyType(
    {
        WhyRefused.KIND: "Not a kind of file we keep.",
        WhyRefused.TOO_LARGE: "Larger than we can take.",
        WhyRefused.TOO_MANY_PIXELS: "A picture with more pixels than we open.",
        WhyRefused.BROKEN_PICTURE: "A picture that is broken or not all there.",
        WhyRefused.HEIF: "A HEIC or AVIF picture, whose place and camera we cannot take out. "
        "The reporter was asked to send it as a photo.",
    }
)


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A file as staff see it in a list; opening it is another deed.

    `size` is in bytes, of the original. `name` is None for an anonymous report: a file's name can
    tell who it was. `reason` says why it was refused (`WhyRefused`) or what failed. `has_copy`
    and `has_original` tell what is still there; a copy is a picture made anew, without the
    metadata of its original. `quarantine_reason` and `keep_reason` are words of staff; `version`
    goes up with every change.
    """

    id: str
    report_id: str
    kind: str
    name: str | None
    size: int | None
    media_type: str | None
    state: EvidenceState
    reason: str | None
    sha256: str | None
    created_at: datetime
    kept_at: datetime | None = None
    has_copy: bool = False
    has_original: bool = False
    quarantine_reason: str | None = None
    keep_reason: str | None = None
    version: int = 1

    @property
    def quarantined(self) -> bool:
        """Whether nobody may look at it, share it or export it."""
        return self.quarantine_reason is not None

    @property
    def why(self) -> str | None:
        """What to tell staff of a file that is not kept."""
        if self.reason in set(WhyRefused):
            return REASON_LABELS[WhyRefused(self.reason)]
        if self.state is EvidenceState.FAILED:
            return f"It could not be fetched ({self.reason}). The reporter was asked to send it again."
        return None


@dataclass(frozen=True, slots=True)
class EvidencePage:
    """A file's own page: what it is, the reference of the report it came with, what was done with it."""

    file: EvidenceView
    reference: str
    story: tuple[TimelineLine, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenedFile:
    """Where the bytes of a file lie, for somebody whose look at it was recorded."""

    key: str
    file: EvidenceView


def check_open(file: EvidenceView) -> None:
    """Refuse what nobody may open: `evidence.quarantined`, `evidence.not_kept`."""
    if file.quarantined:
        raise NotAllowed("evidence.quarantined")
    if file.state is not EvidenceState.KEPT:
        raise Refusal("evidence.not_kept")


def may_show_copy(file: EvidenceView) -> bool:
    """Tell whether there is a picture to show."""
    return file.has_copy and not file.quarantined


def may_download(file: EvidenceView) -> bool:
    """Tell whether the file itself may be had: a picture's original is sealed, its copy is shown."""
    is_picture = file.media_type in PICTURE_TYPES | HEIF_TYPES
    return file.has_original and not is_picture and not file.quarantined
