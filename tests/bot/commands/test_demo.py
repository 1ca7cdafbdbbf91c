"""The demonstration, as a newcomer starts it: a real process."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest

ROOT = Path(__file__).parents[3]
ANSWER_SECONDS = 10.0
RESTING_MIB = 150
RESTS_AFTER_SECONDS = 2
"""By then everything that runs by itself has run once."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Demo:
    process: asyncio.subprocess.Process
    welcome: str
    web_url: str

    def seconds(self) -> float:
        """Return how long it has computed: what it took to be ready, whatever else the machine does."""
        spent = Path(f"/proc/{self.process.pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        return (int(spent[11]) + int(spent[12])) / os.sysconf("SC_CLK_TCK")

    def resident_mib(self) -> float:
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


def _unmeasured() -> dict[str, str]:
    """Return the environment without what makes a process measure its coverage: its time is measured."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}


async def started(folder: Path) -> tuple[asyncio.subprocess.Process, int]:
    web_port = free_port()
    ports = ("--port", str(free_port()), "--web-port", str(web_port))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "demo", "--folder", str(folder), *ports),
        cwd=ROOT,
        env=_unmeasured() | {"TELEGRAM_BOT_TOKEN": "", "WEB_HOST": "0.0.0.0"},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    return process, web_port


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[Demo]:
    process, web_port = await started(folder)
    assert process.stdout is not None
    url = f"http://127.0.0.1:{web_port}"
    lines: list[str] = []
    async with asyncio.timeout(50):
        while not lines or "Ctrl+C" not in lines[-1]:
            lines.append((await process.stdout.readline()).decode())
        await answering(url)
    yield Demo(process, "".join(lines), url)
    if process.returncode is None:
        process.send_signal(signal.SIGTERM)
        await process.wait()


@pytest.fixture
async def demo(tmp_path: Path) -> AsyncIterator[Demo]:
    async with running(tmp_path / "demo") as one:
        yield one


async def answering(url: str) -> None:
    async with aiohttp.ClientSession() as session:
        while True:
            try:
                async with session.get(f"{url}/readyz") as answer:
                    if answer.status == 200:
                        return
            except aiohttp.ClientConnectionError:
                pass
            await asyncio.sleep(0.05)


async def test_it_is_ready_soon_says_where_to_look_and_rests_lightly(demo: Demo) -> None:
    assert demo.seconds() < ANSWER_SECONDS
    assert re.search(r"Chat: +http://127\.0\.0\.1:\d+/", demo.welcome)
    assert f"Console: {demo.web_url}/console/" in demo.welcome
    assert re.search(r"codes now: cleo \d{6}, hal \d{6}", demo.welcome)
    await asyncio.sleep(RESTS_AFTER_SECONDS)
    assert demo.resident_mib() <= RESTING_MIB


async def test_it_shows_meetings_with_a_way_into_the_chat(demo: Demo) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{demo.web_url}/meetings") as answer:
        text = await answer.text()
    assert "Ramsgate neighbourhood meeting" in text
    assert "The hall is being repaired." in text
    assert 'href="https://t.me/thanet_safety_bot"' in text


async def test_it_stops_when_it_is_told_to(demo: Demo) -> None:
    demo.process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(40):
        assert await demo.process.wait() == 0


async def test_it_refuses_a_database_that_it_did_not_make(tmp_path: Path) -> None:
    (tmp_path / "foreland.db").touch()
    process, _ = await started(tmp_path)
    _, complaint = await process.communicate()
    assert process.returncode == 1
    assert b"not the demonstration's" in complaint


async def test_who_starts_it_again_is_answered_as_before(tmp_path: Path) -> None:
    for _ in range(2):
        async with running(tmp_path / "demo") as demo, aiohttp.ClientSession() as ada:
            chat = demo.welcome.partition("Chat:")[2].split()[0] + "emulator/chats/1001"
            async with ada.post(f"{chat}/say", json={"text": "/start"}) as said:
                assert said.status == 201
            async with asyncio.timeout(10):
                await answered(ada, chat)


async def answered(session: aiohttp.ClientSession, chat: str) -> None:
    said = 0
    while said < 2:
        await asyncio.sleep(0.05)
        async with session.get(chat) as answer:
            said = len((await answer.json())["messages"])
