"""A command as the shell gives it, run in this process: a new interpreter for each costs a second."""

from __future__ import annotations

import asyncio
import io
import os
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from unittest import mock

from bot.__main__ import main


async def command(*words: str | Path, **settings: str | Path) -> tuple[int, str]:
    """Run `python -m bot WORDS` with these settings; return its exit status and all that it printed."""

    def run() -> tuple[int, str]:
        said, complaint = io.StringIO(), io.StringIO()
        with redirect_stdout(said), redirect_stderr(complaint):
            status = main([str(word) for word in words])
        return status, (said.getvalue() + complaint.getvalue()).strip()

    with mock.patch.dict(os.environ, {name: str(value) for name, value in settings.items()}):
        return await asyncio.to_thread(run)
