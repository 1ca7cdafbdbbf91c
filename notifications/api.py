"""Calls to the Bot API as they lie in the outbox: a method and the JSON to send with it."""

from __future__ import annotations

import json
from typing import IO, Any

from telegram.error import NetworkError
from telegram.request import RequestData

FILES = {"sendDocument": "document", "sendPhoto": "photo"}
"""The parameter that is a file, by method: a mapping that `document` or `kept_file` makes."""

_NAMED = frozenset({"document"})
"""Files of which the reader sees the name, which the messenger keeps from the upload on."""


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

    __slots__ = ("_content", "_field", "_file", "_params")

    def __init__(self, field: str, params: dict[str, Any], content: bytes) -> None:
        super().__init__()
        self._field, self._file, self._content = field, params[field], content
        self._params = {name: value for name, value in params.items() if name != field}
        self.contains_files = True

    @property
    def json_parameters(self) -> dict[str, str]:
        """The fields beside the file: words as they are, everything else as JSON."""
        return {name: v if isinstance(v, str) else json.dumps(v) for name, v in self._params.items()}

    @property
    def multipart_data(self) -> dict[str, tuple[str, bytes | IO[bytes], str]]:
        """The file: its name, content and type."""
        return {self._field: (self._file["file_name"], self._content, self._file["media_type"])}


class KeptFileBody(RequestData):  # type: ignore[misc]  # final for type checkers only
    """Request data with a file of our store, which `notifications.uploads` puts in or names."""

    __slots__ = ("_params", "field", "key", "name")

    def __init__(self, field: str, params: dict[str, Any]) -> None:
        super().__init__()
        self.field = field
        self.key: str = params[field]["key"]
        self.name: str = params[field]["file_name"] if field in _NAMED else ""
        self._params = params

    def named(self, file_id: str) -> JsonBody:
        """Return the request with what the messenger calls the file."""
        return JsonBody(json.dumps(self._params | {self.field: file_id}))

    def with_content(self, content: bytes) -> FileBody:
        """Return the request with the file in it."""
        return FileBody(self.field, self._params, content)


def document(file_name: str, text: str, media_type: str) -> dict[str, str]:
    """Return a small text file as a parameter of `sendDocument`, as it lies in the outbox."""
    return {"file_name": file_name, "text": text, "media_type": media_type}


def kept_file(key: str, file_name: str, media_type: str) -> dict[str, str]:
    """Return a file of our store as a parameter of `sendPhoto` or `sendDocument`."""
    return {"key": key, "file_name": file_name, "media_type": media_type}


def body_of(method: str, params: str) -> RequestData:
    """Return the request data of a call whose parameters are this JSON text."""
    field = FILES.get(method)
    if field is None:
        return JsonBody(params)
    known = json.loads(params)
    if "key" in known[field]:
        return KeptFileBody(field, known)
    return FileBody(field, known, known[field]["text"].encode())
