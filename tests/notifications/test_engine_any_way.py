"""Whatever befalls the sending engine: nothing twice, nothing lost, nothing too fast, nothing unwanted.

`./dev bench engine` does the same hundreds of times.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings

from tests.notifications.engine import PEOPLE, live
from tests.notifications.engine_steps import LIVES
from tests.support.databases import SqliteDatabases
from tests.support.virtual import VirtualLoop

ON_ITS_WAY = (
    ("far", 2.5),
    ("trouble", ("too_many", 3)),
    ("trouble", ("refuse", 1)),
    ("campaign", 0),
    ("go on", 2.0),
)
"""A campaign has begun, and its first messages will be refused by the messenger while something is done."""

TO_A_DIGEST = (
    ("campaign", 0),
    ("campaign", 0),
    ("campaign", 0),
    ("go on", 4.0),
    ("stand still", 21),
    ("far", 2.5),
    ("go on", 0.3),
)
"""Three campaigns wait for the digests of some, which are being sent."""


@pytest.mark.slow
@pytest.mark.timeout(240)
@settings(
    max_examples=15,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),
)
@example(steps=[*ON_ITS_WAY, ("pause", 0), ("go on", 4.0), ("go on", 4.0)])
@example(steps=[*ON_ITS_WAY, ("cancel", 0), ("go on", 4.0), ("go on", 4.0)])
@example(steps=[*ON_ITS_WAY, ("stop", 0), ("stop", 1), ("go on", 4.0), ("go on", 4.0)])
@example(steps=[*TO_A_DIGEST, ("go on", 4.0), ("pause", 1), ("go on", 4.0), ("resume", 1)])
@example(steps=[*TO_A_DIGEST, ("trouble", ("drop_reply", 3)), ("go on", 4.0), ("kill", 0.5)])
@example(steps=[*TO_A_DIGEST, ("trouble", ("too_many", 2)), ("go on", 0.3), ("cancel", 0), ("stop", 1)])
@example(steps=[*ON_ITS_WAY, *(("leave", who) for who in range(PEOPLE)), ("go on", 4.0), ("go on", 4.0)])
@given(steps=LIVES)
def test_the_engine_keeps_its_promises(
    sqlite_databases: SqliteDatabases, steps: Sequence[tuple[str, Any]]
) -> None:
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        url = runner.run(sqlite_databases.migrated())
        runner.run(live(url, steps))
        runner.run(sqlite_databases.drop(url))
