from __future__ import annotations

import asyncio
import traceback

import pytest
from telegram.error import NetworkError

from bot.transport import AiohttpRequest
from notifications.api import NotSentError
from tests.faults.process import free_port

TOKEN = "1234567890:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"


async def _trouble(url: str) -> NetworkError:
    request = AiohttpRequest()
    await request.initialize()
    try:
        with pytest.raises(NetworkError) as caught:
            await request.do_request(url, "POST")
    finally:
        await request.shutdown()
    return caught.value


@pytest.mark.parametrize(
    "url", ["http://[bad/bot{}/x", "http://127.0.0.1:{{}}/bot{}/x", "gopher://x/bot{}/x"]
)
async def test_an_error_of_the_line_does_not_tell_the_token(url: str) -> None:
    error = await _trouble(url.format(TOKEN).format(free_port()))
    assert TOKEN not in "".join(traceback.format_exception(error, chain=False))
    assert error.__suppress_context__


async def test_a_refused_connection_is_told_from_others() -> None:
    assert isinstance(await _trouble(f"http://127.0.0.1:{free_port()}/bot{TOKEN}/x"), NotSentError)


async def test_an_answer_that_is_no_http_is_an_error_of_the_line() -> None:
    async def garble(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"what?\r\n\r\n")
        writer.close()

    async with await asyncio.start_server(garble, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        error = await _trouble(f"http://127.0.0.1:{port}/bot{TOKEN}/x")
    assert TOKEN not in "".join(traceback.format_exception(error))
