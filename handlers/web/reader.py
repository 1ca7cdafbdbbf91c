"""Whoever reads a public page: in which language, and how it says things to them.

A language in the address wins, then what the browser asks for, then English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from aiohttp import web
from markupsafe import Markup, escape
from yarl import URL

from notifications import dates, meeting_card
from notifications.page_link import LANG
from notifications.wording import say, say_many
from store.domain.meeting import Meeting
from store.domain.reference import LANGUAGES

STAFF_WRITE = "en"
"""The language in which staff write what everybody reads."""
KIB = 1024
_WISH = re.compile(r"\s*([A-Za-z]{2,3})(?:-[A-Za-z0-9-]*)?\s*(?:;\s*q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?")
"""One language of an Accept-Language and how much it is wished for (RFC 9110, 12.5.4)."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader of `language`. Where it was `chosen`, in the address, links keep it. `at` is that address."""

    language: str
    chosen: bool
    at: URL

    def say(self, key: str, **values: object) -> Markup:
        """Return a sentence; what fills it is escaped, unless it is markup."""
        return escape(say(self.language, key)).format(**values)

    def many(self, key: str, count: int) -> str:
        """Return a sentence with the plural that `count` takes."""
        return say_many(self.language, key, count)

    def day(self, at: datetime) -> str:
        """Return a date with its year."""
        return dates.date_in_words(at, self.language)

    def span(self, meeting: Meeting) -> str:
        """Return the day of a meeting, with its year, and from when to when it is."""
        return dates.span_in_words(meeting.starts_at, meeting.ends_at, self.language, year=True)

    def clock(self, at: datetime) -> str:
        """Return the time of the day."""
        return dates.time_in_words(at, self.language)

    def kind(self, meeting: Meeting) -> str:
        """Return how people take part."""
        return meeting_card.kind(meeting, self.language)

    def size(self, size: int) -> str:
        """Return a size in bytes in the unit people use."""
        from babel.units import format_unit

        kib = size / KIB
        unit, count = ("kilobyte", max(round(kib), 1)) if kib < KIB else ("megabyte", round(kib / KIB, 1))
        return format_unit(count, f"digital-{unit}", "short", locale=self.language)

    @property
    def written(self) -> Markup:
        """The attribute of what staff wrote, where that is another language than the page's."""
        return Markup("") if self.language == STAFF_WRITE else Markup(' lang="{}"').format(STAFF_WRITE)

    def quoted(self, words: str) -> Markup:
        """Return what staff wrote, for the middle of a sentence."""
        return Markup("<span{}>{}</span>").format(self.written, words) if self.written else escape(words)

    def link(self, path: str, **query: str) -> str:
        """Return the address of one of our own pages: in the same language, where that was chosen."""
        query |= {LANG: self.language} if self.chosen else {}
        return f"{path}?{urlencode(query)}" if query else path

    def languages(self) -> Iterator[tuple[str, str, str]]:
        """Return each language with its own name, and where this page can be read in it."""
        for code in LANGUAGES:
            yield code, say(code, "language.name"), f"?{self.at.update_query({LANG: code}).raw_query_string}"


def reader_of(request: web.Request) -> Reader:
    """Return who reads; what nobody speaks in an address is as if it were not there."""
    chosen = _spoken(request.query.get(LANG, ""))
    language = chosen or accepted(request.headers.get("Accept-Language", "")) or "en"
    return Reader(language, bool(chosen), request.rel_url)


def accepted(header: str) -> str:
    """Return which of our languages a browser likes best, the first of equals; empty where none."""
    best, liked = "", 0.0
    for one in header.split(","):
        found = _WISH.fullmatch(one)
        language = _spoken(found[1]) if found else ""
        much = float(found[2] or 1) if found else 0.0
        if language and much > liked:
            best, liked = language, much
    return best


def told(answer: web.Response, reader: Reader) -> web.Response:
    """Say on an answer in which language it is, and that others would get another."""
    answer.headers["Content-Language"] = reader.language
    answer.headers["Vary"] = "Accept-Language"
    return answer


def _spoken(asked: str) -> str:
    """Return the language if we speak it, also written `PL` or `pl-PL`; else nothing."""
    code = asked.partition("-")[0].lower()
    return code if code in LANGUAGES else ""
