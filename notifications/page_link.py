"""Addresses of our public pages, as they are handed to somebody: with the language they read."""

from __future__ import annotations

LANG = "lang"
"""So is the language called in the address of a page."""


def page_link(public_url: str, path: str, language: str = "") -> str:
    """Return the address of a page; without a language the browser's own decides."""
    return f"{public_url.rstrip('/')}{path}{f'?{LANG}={language}' if language else ''}"
