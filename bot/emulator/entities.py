"""Text with HTML marks, read as the real server reads it (TDLib's parser for parse_mode HTML)."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass

from bot.emulator.errors import ApiError, bad_request
from bot.emulator.objects import JsonDict, utf16_length

TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "pre": "pre",
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "blockquote": "blockquote",
}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(lt|gt|amp|quot));?")
_TAG_NAME = re.compile(r"[^\s/>]*")
_ATTRIBUTE = re.compile(r"\s*([^\s=>]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>\"']+)))?")


@dataclass(slots=True)
class _Open:
    tag: str
    attributes: dict[str, str]
    offset: int
    at: int


def _refused(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")


def decode_references(text: str) -> str:
    """Character references as TDLib knows them: four names and numbers; others stay as they are."""
    if "&" not in text:
        return text

    def decoded(found: re.Match[str]) -> str:
        sixteen, ten, name = found.groups()
        if name:
            return _NAMED[name]
        code = int(sixteen, 16) if sixteen else int(ten)
        return chr(code) if 0 < code <= sys.maxunicode else found.group()

    return _REFERENCE.sub(decoded, text)


class _Html:
    """One pass over a marked text."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._parts: list[str] = []
        self._offset = 0
        self._open: list[_Open] = []
        self.entities: list[JsonDict] = []

    @property
    def text(self) -> str:
        return "".join(self._parts)

    def read(self) -> None:
        at = 0
        while (start := self._source.find("<", at)) >= 0:
            self._say(self._source[at:start])
            at = self._end(start) if self._source.startswith("</", start) else self._start(start)
        self._say(self._source[at:])
        if self._open:
            raise _refused(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        self.entities.sort(key=lambda e: (e["offset"], -e["length"]))

    def _byte(self, at: int) -> int:
        return len(self._source[:at].encode())

    def _say(self, raw: str) -> None:
        if raw:
            said = decode_references(raw)
            self._parts.append(said)
            self._offset += utf16_length(said)

    def _start(self, at: int) -> int:
        found = _TAG_NAME.match(self._source, at + 1)
        tag = found.group().lower() if found else ""
        if tag not in TYPES:
            raise _refused(f'Unsupported start tag "{tag}" at byte offset {self._byte(at)}')
        end = at + 1 + len(tag)
        attributes: dict[str, str] = {}
        while (found := _ATTRIBUTE.match(self._source, end)) and found.end() > end:
            value = next((group for group in found.groups()[1:] if group is not None), "")
            attributes[found[1].lower()] = decode_references(value)
            end = found.end()
        end += len(self._source[end:]) - len(self._source[end:].lstrip())
        if not self._source.startswith(">", end):
            raise _refused(f'Unclosed start tag "{tag}" at byte offset {self._byte(at)}')
        if tag == "span" and attributes.get("class") != "tg-spoiler":
            raise _refused(f'Tag "span" must have class "tg-spoiler" at byte offset {self._byte(at)}')
        self._open.append(_Open(tag, attributes, self._offset, at))
        return end + 1

    def _end(self, at: int) -> int:
        if not self._open:
            raise _refused(f"Unexpected end tag at byte offset {self._byte(at)}")
        close = self._source.find(">", at)
        if close < 0:
            raise _refused(f"Unclosed end tag at byte offset {self._byte(at)}")
        found = self._source[at + 2 : close].strip().lower()
        opened = self._open.pop()
        if found and found != opened.tag:
            expected = f'expected "</{opened.tag}>", found "</{found}>"'
            raise _refused(f"Unmatched end tag at byte offset {self._byte(at)}, {expected}")
        self._close(opened)
        return close + 1

    def _close(self, opened: _Open) -> None:
        length = self._offset - opened.offset
        if length == 0:
            return
        entity: JsonDict = {"type": TYPES[opened.tag], "offset": opened.offset, "length": length}
        if opened.tag == "a":
            url = opened.attributes.get("href", "")
            # A link without a usable address is plain text on the real server, too.
            if not url:
                return
            entity["url"] = url
        if opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = opened.attributes.get("emoji-id", "")
        if opened.tag == "blockquote" and "expandable" in opened.attributes:
            entity["type"] = "expandable_blockquote"
        self.entities.append(entity)


def parse_html(source: str) -> tuple[str, list[JsonDict]]:
    """The plain text and its entities (offsets in UTF-16 units), sorted. Raises 400."""
    html = _Html(source)
    html.read()
    return html.text, html.entities
