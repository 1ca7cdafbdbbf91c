"""Calls to the Bot API as they lie in the outbox: a method and the JSON to send with it."""

from __future__ import annotations

import json
from typing import IO, Any

from telegram.error import NetworkError
from telegram.request import RequestData

DOCUMENT = "document"
"""The parameter of a file that is to be uploaded: a mapping that `document` makes."""


class NotSentError(NetworkError):
    """The connection was refused: the request certainly did not arrive."""


class JsonBody(RequestData):  # type: ignore[misc]  # final for type checkers only
    """Request data that is JSON text already."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        super().__init__()
        self._text = text

    @property
    def json_payload(self) -> bytes:
        """The body as it is sent."""
        return self._text.encode()


class FileBody(RequestData):  # type: ignore[misc]  # final for type checkers only
    """Request data with a file to upload, and its other parameters as the form's fields."""

    __slots__ = ("_file", "_params")

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__()
        self._file = params[DOCUMENT]
        self._params = {name: value for name, value in params.items() if name != DOCUMENT}
        self.contains_files = True

    @property
    def json_parameters(self) -> dict[str, str]:
        """The fields beside the file: words as they are, everything else as JSON."""
        return {name: v if isinstance(v, str) else json.dumps(v) for name, v in self._params.items()}

    @property
    def multipart_data(self) -> dict[str, tuple[str, bytes | IO[bytes], str]]:
        """The file: its name, content and type."""
        file = self._file
        return {DOCUMENT: (file["file_name"], file["text"].encode(), file["media_type"])}


def document(file_name: str, text: str, media_type: str) -> dict[str, str]:
    """Return a small text file as a parameter of `sendDocument`, as it lies in the outbox."""
    return {"file_name": file_name, "text": text, "media_type": media_type}


def body_of(method: str, params: str) -> RequestData:
    """Return the request data of a call whose parameters are this JSON text."""
    return FileBody(json.loads(params)) if method == "sendDocument" else JsonBody(params)
