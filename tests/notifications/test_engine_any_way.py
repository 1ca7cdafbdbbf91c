"""Whatever befalls the sending engine: nothing twice, nothing lost, nothing too fast, nothing unwanted.

`./dev bench engine` does the same hundreds of times.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings

from store.domain.delivery import Lane
from tests.notifications.engine_life import PEOPLE, live
from tests.notifications.engine_steps import LIVES
from tests.support.databases import SqliteDatabases
from tests.support.virtual import VirtualLoop

ON_ITS_WAY = (
    ("far", 2.5),
    ("trouble", ("too_many", 3)),
    ("trouble", ("refuse", 1)),
    ("campaign", ("plain", 0, 2)),
    ("go on", 2.0),
)
"""A campaign has begun, and its first messages will be refused by the messenger while something is done."""

TO_A_DIGEST = (
    ("campaign", ("plain", 0, 2)),
    ("campaign", ("plain", 0, 2)),
    ("campaign", ("plain", 0, 2)),
    ("go on", 4.0),
    ("stand still", 21),
    ("far", 2.5),
    ("go on", 0.3),
)
"""Three campaigns wait for the digests of some, which are being sent."""

AN_ALERT = (
    ("alert", (0, 2, False, False)),
    ("go on", 1.0),
    ("trouble", ("drop_reply", 2)),
    ("go on", 0.4),
)
"""An alert goes out; of the first who have it nobody knows that they do."""

MANY = tuple(("campaign", (form, 0, 2)) for form in ("plain", "spread", "short", "plain", "ward", "polish"))
"""More campaigns than anybody gets in a week."""

FULL_HANDS = (*(("say", (5, Lane.CASE, 4)) for _ in range(3)), ("go on", 1.4))
"""The sender has as much in hand as it takes, all for one person, who gets one message a second."""

AT_NIGHT = (("say", (5, Lane.CASE, 1)), ("say", (5, Lane.REMINDER, 1)), ("alert", (1, 2, False, True)))

WITH_A_PICTURE = (("campaign", ("picture", 0, 2)), ("trouble", ("garble", 1)), ("go on", 1.2))
"""A picture has gone up, and nobody heard under what name."""


@pytest.mark.slow
@pytest.mark.timeout(240)
@settings(
    max_examples=8,
    derandomize=True,
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
@example(steps=[("campaign", ("plain", 1, 2)), ("go on", 1.0), ("pause", 0), ("go on", 1.0), ("resume", 0)])
@example(steps=[*AN_ALERT, ("follow", (0, 1, (2, True, 0.05))), ("go on", 4.0), ("retry", 0)])
@example(
    steps=[*AN_ALERT, ("kill", 0.5), ("follow", (0, 0, (2, False, 0.05))), ("follow", (1, 0, (2, True, 3.0)))]
)
@example(
    steps=[("stand still", 15), ("alert", (0, 2, True, True)), ("alert", (0, 2, True, False)), ("go on", 4.0)]
)
@example(steps=[*MANY, ("in part", 2), ("kill", 0.5), ("go on", 4.0), ("stand still", 60), ("go on", 4.0)])
@example(steps=[*WITH_A_PICTURE, ("kill", 0.0), ("go on", 1.2), ("trouble", ("forget", 2)), ("go on", 4.0)])
@example(steps=[("campaign", ("document", 0, 2)), ("trouble", ("reject", 3)), ("go on", 4.0), ("retry", 0)])
@example(steps=[("campaign", ("later", 0, 2)), ("edit", (0, 1)), ("submit", 0), ("approve", (0, 1, False))])
@example(
    steps=[("pattern", (1, 0, True)), ("stand still", 21), ("go on", 4.0), ("cancel", 0), ("go on", 4.0)]
)
@example(steps=[*FULL_HANDS, ("alert", (1, 2, True, True)), ("go on", 4.0), ("say", (3, Lane.REPLY, 1))])
@example(
    steps=[("campaign", ("plain", 0, 2)), ("go on", 0.05), ("stand still", 10), *AT_NIGHT, ("go on", 4.0)]
)
@given(steps=LIVES)
def test_the_engine_keeps_its_promises(
    sqlite_databases: SqliteDatabases, steps: Sequence[tuple[str, Any]]
) -> None:
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        url = runner.run(sqlite_databases.migrated())
        runner.run(live(url, steps))
        runner.run(sqlite_databases.drop(url))
