from __future__ import annotations

import asyncio
import socket

import pytest
from pytest_socket import SocketConnectBlockedError

ELSEWHERE = "192.0.2.1"  # reserved for examples (RFC 5737)

REFUSED = (SocketConnectBlockedError, UserWarning)  # it warns first, and warnings are errors


def test_a_test_reaches_nothing_beyond_this_machine() -> None:
    with socket.socket() as outward, pytest.raises(REFUSED):
        outward.connect((ELSEWHERE, 80))


async def test_a_test_may_talk_to_itself() -> None:
    server = await asyncio.start_server(lambda _reader, writer: writer.close(), "127.0.0.1", 0)
    async with server:
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        assert await reader.read() == b""
        writer.close()
        await writer.wait_closed()
