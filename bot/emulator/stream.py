"""What changed since a number: at once, after a while, or as a stream of server-sent events."""

from __future__ import annotations

import json
from collections.abc import Iterator

from aiohttp import web

from bot.emulator.objects import JsonDict
from bot.emulator.world import Change, World

HEARTBEAT_SECONDS = 15.0
LONGEST_WAIT_SECONDS = 30.0


def describe(change: Change) -> JsonDict:
    """A change as JSON."""
    return {"seq": change.seq, "kind": change.kind, "chat_id": change.chat_id, "content": change.content}


def changes_since(world: World, since: int, chat_id: int | None = None) -> list[JsonDict]:
    """Everything kept that came after a number, oldest first."""
    return [describe(change) for change in _newer(world, since) if chat_id in {None, change.chat_id}]


def _newer(world: World, since: int) -> Iterator[Change]:
    behind = world.seq - since
    if behind > 0:
        start = max(0, len(world.changes) - behind)
        yield from (world.changes[index] for index in range(start, len(world.changes)))


async def wait_for_changes(world: World, query: dict[str, str]) -> JsonDict:
    """The answer to a long poll: `since`, `chat` and `timeout` (seconds) come from the query."""
    since = int(query.get("since", 0))
    chat_id = int(query["chat"]) if "chat" in query else None
    left = min(float(query.get("timeout", 0)), LONGEST_WAIT_SECONDS)
    until = world.clock.monotonic() + left
    while not (found := changes_since(world, since, chat_id)) and left > 0:
        if not await world.signal.wait(left):
            break
        left = until - world.clock.monotonic()
    return {"seq": world.seq, "changes": found, "complete": since >= world.seq - len(world.changes)}


async def stream_changes(world: World, request: web.BaseRequest, since: int) -> web.StreamResponse:
    """Server-sent events until the reader goes away or the emulator ends."""
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
    await response.prepare(request)
    gone = world.seq - len(world.changes)
    if not gone <= since <= world.seq:
        # Too old, or of an emulator before this one: the reader must look at everything again.
        since = world.seq
        await response.write(f"id: {since}\nevent: reset\ndata: {{}}\n\n".encode())
    await response.write(b": welcome\n\n")
    while not world.closed:
        for change in changes_since(world, since):
            since = change["seq"]
            data = json.dumps(change, ensure_ascii=False)
            await response.write(f"id: {since}\ndata: {data}\n\n".encode())
        if world.seq <= since and not await world.signal.wait(HEARTBEAT_SECONDS):
            await response.write(b": still here\n\n")
    return response
