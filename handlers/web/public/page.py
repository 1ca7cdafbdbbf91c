"""How every public page is made: in the language of whoever reads it, and to be kept for a while."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from handlers.web import fresh
from handlers.web.reader import Reader, told
from handlers.web.visit import Visit
from notifications.page_link import page_link
from store.domain.reference import LANGUAGES

KEPT_SECONDS = 60
"""So short that a joining link is on the page when it should be."""
_IN = (*LANGUAGES, "x-default")
"""Where else a page is: in each language, and where the browser decides."""


def answered(visit: Visit, reader: Reader, template: str, path: str, **values: Any) -> web.Response:
    """Return a page; `path` is its address without a language, which it tells search engines."""
    base = visit.site.config.public_url
    values |= {
        "reader": reader,
        "path": path,
        "canonical": page_link(base, path, reader.language if reader.chosen else ""),
        "alternates": {code: page_link(base, path, "" if code == "x-default" else code) for code in _IN},
    }
    page = visit.page(template, **values)
    return told(fresh.kept(visit, page, KEPT_SECONDS), reader)
