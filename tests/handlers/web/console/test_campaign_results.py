"""Why a message did not get through, in words that staff understand."""

from __future__ import annotations

import aiohttp
import pytest

from handlers.web.console.campaign_results import why

BROKEN = (
    aiohttp.ServerDisconnectedError,
    aiohttp.ClientConnectionResetError,
    aiohttp.ClientOSError,
    aiohttp.ClientPayloadError,
)


@pytest.mark.parametrize("error", BROKEN)
def test_a_broken_connection_is_said_in_plain_words(error: type[aiohttp.ClientError]) -> None:
    assert why(error.__name__) == "The connection broke before an answer came"


def test_what_has_no_plain_words_is_said_as_the_messenger_says_it() -> None:
    assert why("Bad Request: TOPIC_CLOSED") == "Bad Request: TOPIC_CLOSED"
