"""Papers of meetings for tests: files of every kind that is taken, and some that only say so."""

from __future__ import annotations

import hashlib
import zipfile
from io import BytesIO
from typing import Any

import obstore

from store.actions import evidence_files, meeting_document
from store.domain.meeting_document import DOCX, ODT, PDF, TEXT, Content, DocumentKind, judged
from store.domain.staff import By
from store.engine import Session
from tests.support.house import House
from tests.support.triage_factory import Town

PAPER = b"%PDF-1.7\n1. Lights on the seafront\n%%EOF\n"
NOTES = "1. Welcome\r\n2. Lights – the Marina\r\n".encode()


def zipped(*names: str, kept: bytes = b"words") -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        for name in names:
            file.writestr(name, kept)
    return packed.getvalue()


def odt(first: str = "mimetype", media_type: str = ODT) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        file.writestr(first, media_type)
        file.writestr("content.xml", "<words/>")
    return packed.getvalue()


WORD = zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml")
TAKEN = {"a.pdf": (PAPER, PDF), "a.docx": (WORD, DOCX), "a.odt": (odt(), ODT), "a.txt": (NOTES, TEXT)}


def content(file: bytes = PAPER, name: str = "paper.pdf") -> Content:
    return Content(judged(name, file), len(file), hashlib.sha256(file).hexdigest())


class Upload(BytesIO):
    """A file as a form sends it."""

    def __init__(self, file: bytes = PAPER, name: str = "Paper of ours.pdf") -> None:
        super().__init__(file)
        self.name = name


def attached(
    session: Session, by: By, reference: str, kind: DocumentKind = DocumentKind.AGENDA, file: bytes = PAPER
) -> str:
    """Attach a file in one go; return its key."""
    key = meeting_document.reserve(session, by, reference, kind)
    meeting_document.attach(session, by, reference, kind, (key, content(file)))
    return key


async def lying(
    town: Town | House, media: Any, by: By, reference: str, kind: DocumentKind = DocumentKind.AGENDA
) -> None:
    """Attach a file whose bytes lie in the store too."""
    await obstore.put_async(media, await town.write(attached, by, reference, kind), PAPER)


def marked(session: Session) -> list[str]:
    """Return the keys of objects that are to be deleted now."""
    return [file.key for file in evidence_files.doomed(session)]
