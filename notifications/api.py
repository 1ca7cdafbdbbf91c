"""Calls to the Bot API as they lie in the outbox: a method and the JSON to send with it."""

from __future__ import annotations

from telegram.error import NetworkError
from telegram.request import RequestData


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
