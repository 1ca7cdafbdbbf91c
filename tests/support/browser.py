"""A Chromium of this machine, driven by Playwright; it reaches nothing but loopback."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from playwright.async_api import Browser, async_playwright

from tests.support.postgres import missing

_NAMES = ("chromium", "chromium-browser", "google-chrome")
_ARGUMENTS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1]",
    "--no-first-run",
    "--no-sandbox",
]


def find_chromium() -> str | None:
    """Return the program: `CHROMIUM`, else the first of the usual names."""
    given = os.environ.get("CHROMIUM")
    return given or next(filter(None, map(shutil.which, _NAMES)), None)


@asynccontextmanager
async def running_browser() -> AsyncIterator[Browser]:
    """Yield a headless browser; `context.close()` is the caller's."""
    program = find_chromium()
    if program is None:
        missing("a Chromium: `./dev test` installs Debian's where it may, or name one in CHROMIUM")
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=program, args=_ARGUMENTS)
        yield browser
        await browser.close()
