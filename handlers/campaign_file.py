"""A campaign's picture or document: what somebody sent, made into what is kept, in web and chat alike."""

from __future__ import annotations

import hashlib

from handlers.imaging import UnusablePictureError, clean_copy, size_of
from store.domain.campaign_file import FileKind, check_shape, judged
from store.domain.errors import Refusal
from store.domain.evidence_file import COPY_TYPE
from store.domain.meeting_document import PDF, Content


def made(body: bytes) -> tuple[Content, bytes]:
    """Return a file as it is kept: a picture made anew, with nothing but pixels in it.

    It may take a second of one processor and belongs into a thread. Refusals: those of `judged` and
    `check_shape`, `campaign_file.broken_picture`.
    """
    kind = judged(body)
    if kind is FileKind.PICTURE:
        try:
            body = clean_copy(body)
        except UnusablePictureError as error:
            raise Refusal("campaign_file.broken_picture") from error
        check_shape(*size_of(body))
    media_type = COPY_TYPE if kind is FileKind.PICTURE else PDF
    return Content(media_type, len(body), hashlib.sha256(body).hexdigest()), body
