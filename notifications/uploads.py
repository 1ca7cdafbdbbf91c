"""Files of our store on their way out: uploaded once, then sent by what the messenger calls them.

What it calls them keeps the name of the file too: one document under two names is uploaded for each.
The first message with a file uploads it; while it does, all others with it are told that they were not
sent, and come again (`notifications.retry`). Where the messenger does not know its own name any more
(another bot has other names), the name is forgotten, and the file is uploaded anew.
"""

from __future__ import annotations

import json
import logging
from typing import Any

import obstore
from obstore.exceptions import BaseError
from obstore.store import ObjectStore
from telegram.error import BadRequest
from telegram.request import BaseRequest, RequestData

from notifications.api import KeptFileBody, NotSentError
from store.actions import campaign_file
from store.engine import Store
from store.queries import campaign_files

log = logging.getLogger(__name__)

BAD_REQUEST, DONE = 400, 200
UNKNOWN_NAMES = ("wrong file", "wrong remote file", "file identifier", "file_id")
"""What the messenger says of a name that it does not know (in lower case)."""
BAD_FILES = ("photo", "image", "file", "document")
"""Words in what it says of a file that it does not take; such a file is not uploaded for each person."""
Answer = tuple[int, bytes]
File = tuple[str, str]
"""Where its bytes lie, and the name by which its readers see it, empty where they see none."""


class Uploads(BaseRequest):
    """A transport that knows of files; everything else passes through to `inner`."""

    def __init__(self, inner: BaseRequest, store: Store, media: ObjectStore) -> None:
        self._inner = inner
        self._store = store
        self._media = media
        self._names: dict[File, str] = {}
        self._going_up: set[File] = set()
        self._refused: dict[str, Answer] = {}

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer unless a call says otherwise."""
        return self._inner.read_timeout

    async def initialize(self) -> None:
        """Nothing to do: `inner` is opened by whoever made it."""

    async def shutdown(self) -> None:
        """Nothing to do: `inner` is closed by whoever made it."""

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *more: Any, **others: Any
    ) -> Answer:
        """Send one request and return the status and the body."""
        if not isinstance(request_data, KeptFileBody):
            return await self._inner.do_request(url, method, request_data, *more, **others)
        file = request_data.key, request_data.name
        name = self._names.get(file)
        if name is None:
            if request_data.key in self._refused:
                return self._refused[request_data.key]
            if file in self._going_up:
                raise NotSentError("its file is being uploaded")
            self._going_up.add(file)
            try:
                name = await self._store.read(campaign_files.sent_as, *file)
                if name is None:
                    return await self._upload(url, request_data)
                self._names[file] = name
            finally:
                self._going_up.discard(file)
        status, body = await self._inner.do_request(url, method, request_data.named(name))
        if status == BAD_REQUEST and _says(body, UNKNOWN_NAMES):
            await self._forget(file, name)
            raise NotSentError("its file has another name now")
        return status, body

    async def _upload(self, url: str, request: KeptFileBody) -> Answer:
        """Send it with the file in it; keep what the messenger calls it."""
        content = await self._content(request.key)
        status, body = await self._inner.do_request(url, "POST", request.with_content(content))
        if status == DONE:
            await self._keep((request.key, request.name), _name_in(json.loads(body)["result"][request.field]))
        elif status == BAD_REQUEST and _says(body, BAD_FILES):
            self._refused[request.key] = status, body
        return status, body

    async def _content(self, key: str) -> bytes:
        try:
            return bytes(await (await obstore.get_async(self._media, key)).bytes_async())
        except FileNotFoundError as error:
            raise BadRequest("the file is not where it should be") from error
        except (OSError, BaseError) as error:
            raise NotSentError("the store of files does not answer") from error

    async def _keep(self, file: File, name: str) -> None:
        """Keep a name; the message has arrived, whatever becomes of that."""
        self._names[file] = name
        try:
            await self._store.write(campaign_file.keep_sent_as, *file, name)
        except Exception:
            log.exception("The name of a file is not kept.", extra={"action": "upload.not_kept"})

    async def _forget(self, file: File, name: str) -> None:
        if self._names.get(file) == name:
            del self._names[file]
            await self._store.write(campaign_file.forget_sent_as, file[0], name)


def _says(body: bytes, words: tuple[str, ...]) -> bool:
    said = body.decode(errors="replace").lower()
    return any(word in said for word in words)


def _name_in(sent: Any) -> str:
    """Return the name of a document, or of the largest size of a picture."""
    return str((sent[-1] if isinstance(sent, list) else sent)["file_id"])
