"""PTB with its AIORateLimiter told to try again after a 429."""

from __future__ import annotations

import asyncio

from tests.benchmarks.bots.campaign_ptb import run

MAX_RETRIES = 5

if __name__ == "__main__":
    asyncio.run(run(MAX_RETRIES))
