from __future__ import annotations

import asyncio
import sys

import aiohttp
import pytest

from bot.emulator.__main__ import build, parser


async def test_it_runs_as_a_process_of_its_own() -> None:
    arguments = ["--port", "0", "--token", "77:ABC", "--person", "ada:Ada", "--group", "desk:Safety desk"]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot.emulator", *arguments, stdout=asyncio.subprocess.PIPE
    )
    try:
        assert process.stdout
        url = (await asyncio.wait_for(process.stdout.readline(), 20)).decode().strip()
        async with aiohttp.ClientSession() as http, http.get(f"{url}/bot77:ABC/getMe") as response:
            assert (await response.json())["result"]["id"] == 77
    finally:
        process.terminate()
        await process.communicate()
    assert process.returncode == 0


def test_the_command_line_describes_the_people() -> None:
    given = ["--person", "ada:Ada:pl:5001", "--person", "ben", "--place", "Pier: north:51.3:1.4"]
    emulator = build(
        parser().parse_args(
            [*given, "--group", "desk:Desk:ben:-77", "--limits", "off", "--latency-ms", "20", "--no-log"]
        )
    )
    assert [(p.key, p.name, p.id) for p in emulator.persons.values()] == [
        ("ada", "Ada", 5001),
        ("ben", "ben", 100_001),
    ]
    assert emulator.options.places[0].name == "Pier: north"
    assert emulator.latency_seconds == pytest.approx(0.02)
    assert not emulator.limits.any
    assert list(emulator.groups["desk"].chat.members) == [100_001]
    assert emulator.groups["desk"].chat_id == -77
