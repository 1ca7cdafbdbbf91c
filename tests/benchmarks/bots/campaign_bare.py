"""Nothing but an HTTP client that posts as fast as it may: no queue, no record, the list in memory."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import aiohttp

from tests.benchmarks.bots.watch import arguments, listen
from tests.benchmarks.campaign import WORDS, read

AT_ONCE = 200


async def run() -> None:
    """Send to everybody, then wait to be killed."""
    place = arguments()
    chats = iter(read(place.folder).chats)
    url = f"{place.url}/bot{place.token}/sendMessage"
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=AT_ONCE)) as session:
        listen()
        await asyncio.gather(*(_post(session, url, chats) for _ in range(AT_ONCE)))
        await asyncio.Event().wait()


async def _post(session: aiohttp.ClientSession, url: str, chats: Iterator[int]) -> None:
    for chat in chats:
        answer: dict[str, object] = {}
        while not answer.get("ok"):
            async with session.post(url, json={"chat_id": chat, "text": WORDS}) as response:
                answer = await response.json()
            if not answer.get("ok"):
                await asyncio.sleep(1)


if __name__ == "__main__":
    asyncio.run(run())
